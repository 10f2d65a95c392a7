/**
 * A run in one file: a snapshot's arrays and its vocabulary as tensors by name, all the rest as JSON in the metadata, and
 * a checksum of it all. What older versions of this program wrote is read too; see runVersions.ts.
 */
import { FailureError } from '../failures';
import { MOMENTS, sizeOf } from '../kernels/kernels';
import type { HostArray } from '../kernels/kernels';
import { architectureOf, parameterCount, tensorsOf } from '../parameters';
import type { Settings } from '../settings';
import type { RunSnapshot } from '../snapshot';
import type { Vocabulary } from '../text/types';
import { CHECKSUM, emptyChecksum, isIntact, seal } from './checksum';
import { damaged } from './damage';
import { historyCounts, historyTensors, readHistory } from './runHistory';
import { parseRecord } from './runRecord';
import type { RunRecord, RunRecordInput } from './runRecord';
import { CHECKSUM_SINCE, formatOf, VERSION, versionOf } from './runVersions';
import { readHeader, readTensors, writeTensors } from './safetensors';
import type { StoredTensor, Tensors } from './safetensors';
import { assertFinite, createTaker } from './take';
import type { Take } from './take';
import { readVocabulary, vocabularyTensors } from './vocabulary';

export interface SavedRun {
  readonly snapshot: RunSnapshot;
  /** What the text was called; null where the file does not say, as those of version 1. */
  readonly textName: string | null;
  /** Null in a file of version 1: it comes from the text then. */
  readonly vocabulary: Vocabulary | null;
}

/** A run as it is saved today. */
export interface RunToSave extends SavedRun {
  readonly textName: string;
  readonly vocabulary: Vocabulary;
}

const momentName = (k: number): string => `moment.${String(k)}.`;
const stateName = (name: 'h' | 'c', layer: number): string => `state.${name}.${String(layer)}`;

/**
 * Parameters by the names of `tensorsOf`, the optimizer's moments as moment.N.NAME, carried states as state.h.LAYER and
 * state.c.LAYER [B, H], the vocabulary as vocabulary.codePoints and vocabulary.counts [V].
 */
export const writeRunFile = ({ snapshot, textName, vocabulary }: RunToSave): Uint8Array<ArrayBuffer> => {
  const { settings, parameters, moments, h, c, history, counters, metrics, changes, textHash, tunedFrom } = snapshot;
  const symbols = vocabulary.codePoints.length;
  const named = tensorsOf(architectureOf(settings, symbols));
  const tensors = new Map<string, StoredTensor>();
  const addAll = (prefix: string, values: HostArray): void => {
    for (const { name, offset, shape } of named) {
      tensors.set(prefix + name, { shape, values: values.subarray(offset, offset + sizeOf(shape)) });
    }
  };
  const addStates = (name: 'h' | 'c', states: readonly HostArray[]): void => {
    states.forEach((values, layer) => {
      tensors.set(stateName(name, layer), { shape: [values.length / settings.units, settings.units], values });
    });
  };
  addAll('', parameters);
  moments.forEach((moment, k) => {
    addAll(momentName(k), moment);
  });
  addStates('h', h);
  if (c) addStates('c', c);
  for (const [name, tensor] of [...historyTensors(history), ...vocabularyTensors(vocabulary)])
    tensors.set(name, tensor);
  tensors.set(CHECKSUM, emptyChecksum());
  const { cutDistinct, cutCount } = vocabulary;
  const record: RunRecordInput = {
    text: { name: textName, hash: textHash },
    symbols,
    vocabulary: { cutDistinct, cutCount },
    tunedFrom,
    settings,
    counters,
    metrics,
    changes: changes as RunRecordInput['changes'],
    history: historyCounts(history),
  };
  return seal(writeTensors({ tensors, metadata: { format: formatOf(VERSION), run: JSON.stringify(record) } }));
};

/** Every tensor, the checksum looked at and put aside. */
const openFile = (bytes: Uint8Array<ArrayBuffer>) => {
  const header = readHeader(bytes);
  const version = versionOf(header.metadata['format']);
  if (version === null) throw damaged({ kind: 'foreign' });
  const newer = new FailureError({ code: 'run-file-newer', version, known: VERSION });
  let all: Tensors;
  try {
    all = readTensors(bytes, header).tensors;
  } catch (error) {
    // A later version may hold what this program cannot read.
    throw version > VERSION ? newer : error;
  }
  const intact = isIntact(bytes, all);
  if (intact === false) throw damaged({ kind: 'changed' });
  if (version > VERSION) throw newer;
  if (intact === null && version >= CHECKSUM_SINCE) throw damaged({ kind: 'missing', where: CHECKSUM });
  const tensors = new Map(all);
  tensors.delete(CHECKSUM);
  return { version, tensors, json: header.metadata['run'] };
};

type FloatArrayConstructor = Float32ArrayConstructor | Float64ArrayConstructor;

/** An optimizer's moments that are means of squares. */
const SQUARES: Readonly<Record<Settings['optimizer'], number | null>> = { adam: 1, rmsprop: 0, sgd: null };

/** Parameters, moments and states, all of one type: an engine of either precision may have written them. */
const readNetwork = (take: Take, tensors: Tensors, { settings, symbols }: RunRecord) => {
  const architecture = architectureOf(settings, symbols);
  const named = tensorsOf(architecture);
  const type: FloatArrayConstructor =
    tensors.get(named[0].name)?.values instanceof Float64Array ? Float64Array : Float32Array;
  const numbers = (name: string, shape: readonly number[]): HostArray => {
    const values: HostArray = type === Float64Array ? take(name, Float64Array, shape) : take(name, Float32Array, shape);
    assertFinite(name, values);
    return values;
  };
  const gather = (prefix: string): HostArray => {
    // All of them are there before room is made for as many numbers as a damaged file may ask for.
    const parts = named.map(({ name, shape }) => numbers(prefix + name, shape));
    const all = new type(parameterCount(architecture));
    named.forEach(({ offset }, k) => {
      all.set(parts[k], offset);
    });
    return all;
  };
  const rows = tensors.get(stateName('h', 0))?.shape[0] ?? 0;
  if (rows < 1 || rows > settings.batch) throw damaged({ kind: 'size', where: stateName('h', 0) });
  const states = (name: 'h' | 'c'): HostArray[] =>
    Array.from({ length: settings.layers }, (_, layer) =>
      numbers(stateName(name, layer), [rows, settings.units]).slice(),
    );
  const parameters = gather('');
  const moments = Array.from({ length: MOMENTS[settings.optimizer] }, (_, k) => gather(momentName(k)));
  const squares = SQUARES[settings.optimizer];
  if (squares !== null) {
    const negative = moments[squares].find((value) => value < 0);
    if (negative !== undefined) throw damaged({ kind: 'bounds', where: momentName(squares), value: String(negative) });
  }
  return { parameters, moments, h: states('h'), c: architecture.cell.hasCellState ? states('c') : null };
};

/**
 * What `writeRunFile` wrote, exactly, today or in any version before. Nothing is allocated for a tensor before the file
 * has been seen to be long enough for it, and no more than the file has bytes, or twice as many where it lies askew in
 * its memory.
 * @throws {FailureError} 'run-file-damaged', or 'run-file-newer' where a later version has written it
 */
export const readRunFile = (bytes: Uint8Array<ArrayBuffer>): SavedRun => {
  const { version, tensors, json } = openFile(bytes);
  const record = parseRecord(json, version);
  const { take, finish } = createTaker(tensors);
  const { text, tunedFrom, settings, counters, metrics, changes } = record;
  const network = readNetwork(take, tensors, record);
  const history = readHistory(take, record);
  const vocabulary = record.vocabulary && readVocabulary(take, record.vocabulary, record.symbols);
  finish();
  return {
    snapshot: { format: 1, textHash: text.hash, tunedFrom, settings, counters, metrics, changes, history, ...network },
    textName: text.name,
    vocabulary,
  };
};
