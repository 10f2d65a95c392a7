/** A run in one file: a snapshot's arrays as tensors by name, all the rest as JSON in the metadata. */
import * as v from 'valibot';
import { FailureError } from '../failures';
import type { HistorySnapshot } from '../history';
import type { HostArray } from '../kernels/kernels';
import { MOMENTS, sizeOf } from '../kernels/kernels';
import { architectureOf, parameterCount, tensorsOf } from '../parameters';
import { parseSetting, SETTING_NAMES } from '../settings';
import type { Settings } from '../settings';
import type { RunSnapshot } from '../snapshot';
import { readTensors, writeTensors } from './safetensors';
import type { StoredTensor, TensorFile, TensorValues } from './safetensors';

/** What the file's metadata call it. */
const FORMAT = 'lstm-playground-run-1';

const damaged = (cause: string): FailureError => new FailureError({ code: 'run-file-damaged', cause });

/** JSON has no NaN: a number that is none stands as null. */
const NUMBER = v.pipe(
  v.nullable(v.number()),
  v.transform((value) => value ?? NaN),
);
const COUNT = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const RECORD = v.object({
  textHash: v.string(),
  symbols: COUNT,
  settings: v.record(v.string(), v.union([v.string(), v.number()])),
  counters: v.object({ step: COUNT, position: COUNT, power1: v.number(), power2: v.number() }),
  metrics: v.object({
    step: COUNT,
    characters: COUNT,
    loss: NUMBER,
    smoothedLoss: NUMBER,
    heldOutLoss: NUMBER,
    heldOutAccuracy: NUMBER,
    accuracy: NUMBER,
    gradientNorm: NUMBER,
    learningRate: NUMBER,
    charactersPerSecond: NUMBER,
  }),
  changes: v.array(v.object({ step: COUNT, name: v.string(), from: v.string(), value: v.string() })),
  history: v.object({
    width: COUNT,
    count: COUNT,
    smoothed: v.object({ stride: COUNT, taken: COUNT }),
    heldOut: v.object({ stride: COUNT, taken: COUNT }),
    average: v.object({ count: COUNT, value: NUMBER }),
  }),
});

const flat = (values: TensorValues): StoredTensor => ({ shape: [values.length], values });

const HISTORY = 'history.';

const historyTensors = ({ loss, smoothed, heldOut }: HistorySnapshot): [string, StoredTensor][] =>
  Object.entries({
    'loss.minimum': loss.minimum,
    'loss.sum': loss.sum,
    'loss.maximum': loss.maximum,
    'smoothed.steps': smoothed.steps,
    'smoothed.values': smoothed.values,
    'heldOut.steps': heldOut.steps,
    'heldOut.values': heldOut.values,
  }).map(([name, values]) => [HISTORY + name, flat(values.slice())]);

/**
 * The snapshot's parameters by the names of `tensorsOf`, the optimizer's moments as moment.N.NAME, carried states as
 * state.h.LAYER and state.c.LAYER [B, H]. `symbols`: V.
 */
export const writeRunFile = (snapshot: RunSnapshot, symbols: number): Uint8Array<ArrayBuffer> => {
  const { settings, parameters, moments, h, c, history } = snapshot;
  const named = tensorsOf(architectureOf(settings, symbols));
  const tensors = new Map<string, StoredTensor>();
  const addAll = (prefix: string, values: HostArray) => {
    for (const { name, offset, shape } of named) {
      tensors.set(prefix + name, { shape, values: values.slice(offset, offset + sizeOf(shape)) });
    }
  };
  addAll('', parameters);
  moments.forEach((moment, k) => {
    addAll(`moment.${String(k)}.`, moment);
  });
  const addStates = (name: string, states: readonly HostArray[]) => {
    states.forEach((values, layer) => {
      tensors.set(`state.${name}.${String(layer)}`, {
        shape: [values.length / settings.units, settings.units],
        values,
      });
    });
  };
  addStates('h', h);
  if (c) addStates('c', c);
  for (const [name, tensor] of historyTensors(history)) tensors.set(name, tensor);
  const { counters, metrics, changes, textHash } = snapshot;
  const { smoothed, heldOut } = history;
  const record: v.InferInput<typeof RECORD> = {
    textHash,
    symbols,
    settings,
    counters,
    metrics,
    changes: changes.map((change) => ({ ...change })),
    history: {
      width: history.loss.width,
      count: history.loss.count,
      smoothed: { stride: smoothed.stride, taken: smoothed.taken },
      heldOut: { stride: heldOut.stride, taken: heldOut.taken },
      average: history.average,
    },
  };
  return writeTensors({ tensors, metadata: { format: FORMAT, run: JSON.stringify(record) } });
};

/** Settings as they were written; one that is missing, unknown or out of bounds makes the file unreadable. */
const parseSettings = (given: Readonly<Record<string, string | number>>): Settings => {
  const settings: Record<string, string | number> = {};
  for (const name of SETTING_NAMES) {
    if (!Object.hasOwn(given, name)) throw damaged(`its setting ${name} is missing`);
    const { value, correction } = parseSetting(name, String(given[name]));
    if (correction !== null) throw damaged(`its setting ${name} is ${String(given[name])}`);
    settings[name] = value;
  }
  return settings as Settings;
};

const parseRecord = ({ metadata }: TensorFile): v.InferOutput<typeof RECORD> => {
  if (metadata['format'] !== FORMAT) throw damaged('it is not a run of this program, or of another version of it');
  try {
    return v.parse(RECORD, JSON.parse(metadata['run'] ?? ''));
  } catch {
    throw damaged('what it says of its run cannot be read');
  }
};

interface Take {
  (name: string, type: Float32ArrayConstructor, length?: number): Float32Array<ArrayBuffer>;
  (name: string, type: Float64ArrayConstructor, length?: number): Float64Array<ArrayBuffer>;
  (name: string, type: FloatArrayConstructor, length?: number): HostArray;
}

type FloatArrayConstructor = Float32ArrayConstructor | Float64ArrayConstructor;

const takerOf = ({ tensors }: TensorFile): Take => {
  const take = (name: string, type: FloatArrayConstructor, length?: number): HostArray => {
    const values = tensors.get(name)?.values;
    if (!(values instanceof type) || (length !== undefined && values.length !== length)) {
      throw damaged(`its tensor ${name} is missing or of another size`);
    }
    return values;
  };
  return take as Take;
};

const readHistory = (take: Take, record: v.InferOutput<typeof RECORD>['history']): HistorySnapshot => {
  const points = (name: 'smoothed' | 'heldOut') => {
    const steps = take(`${HISTORY}${name}.steps`, Float64Array);
    return { ...record[name], steps, values: take(`${HISTORY}${name}.values`, Float32Array, steps.length) };
  };
  const minimum = take(`${HISTORY}loss.minimum`, Float32Array);
  return {
    loss: {
      width: record.width,
      count: record.count,
      minimum,
      sum: take(`${HISTORY}loss.sum`, Float64Array, minimum.length),
      maximum: take(`${HISTORY}loss.maximum`, Float32Array, minimum.length),
    },
    smoothed: points('smoothed'),
    heldOut: points('heldOut'),
    average: record.average,
  };
};

/**
 * What `writeRunFile` wrote, exactly.
 * @throws {FailureError} 'run-file-damaged' where it is anything else
 */
export const readRunFile = (bytes: Uint8Array): RunSnapshot => {
  const file = readTensors(bytes);
  const record = parseRecord(file);
  const settings = parseSettings(record.settings);
  const architecture = architectureOf(settings, record.symbols);
  const named = tensorsOf(architecture);
  const take = takerOf(file);
  // An engine of another precision may have written it.
  const first = file.tensors.get(named[0].name)?.values;
  const type = first instanceof Float64Array ? Float64Array : Float32Array;
  const gather = (prefix: string): HostArray => {
    // All of them are there before room is made for as many numbers as a damaged file may ask for.
    const values = named.map(({ name, shape }) => take(prefix + name, type, sizeOf(shape)));
    const all = new type(parameterCount(architecture));
    named.forEach(({ offset }, k) => {
      all.set(values[k], offset);
    });
    return all;
  };
  const rows = file.tensors.get('state.h.0')?.shape[0] ?? 0;
  const states = (name: string): HostArray[] =>
    Array.from({ length: settings.layers }, (_, layer) =>
      take(`state.${name}.${String(layer)}`, type, rows * settings.units),
    );
  const { textHash, counters, metrics, changes } = record;
  return {
    format: 1,
    textHash,
    settings,
    counters,
    metrics,
    changes,
    history: readHistory(take, record.history),
    parameters: gather(''),
    moments: Array.from({ length: MOMENTS[settings.optimizer] }, (_, k) => gather(`moment.${String(k)}.`)),
    h: states('h'),
    c: architecture.cell.hasCellState ? states('c') : null,
  };
};
