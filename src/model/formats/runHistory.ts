/** A run's past in a run file: its buckets, points and milestones as tensors, the counts that belong to them in the record. */
import { CAPACITY } from '../history';
import type { HistorySnapshot, PointsSnapshot } from '../history';
import { milestonesUpTo, unknownMilestones, type MilestonesSnapshot } from '../milestones';
import { damaged } from './damage';
import type { RunRecord } from './runRecord';
import type { StoredTensor, TensorValues } from './safetensors';
import { assertFinite } from './take';
import type { Take } from './take';

const nameOf = (part: string): string => `history.${part}`;

const flat = (values: TensorValues): StoredTensor => ({ shape: [values.length], values });

export const historyTensors = ({
  loss,
  smoothed,
  heldOut,
  milestones: { columns },
}: HistorySnapshot): [string, StoredTensor][] =>
  Object.entries({
    'loss.minimum': loss.minimum,
    'loss.sum': loss.sum,
    'loss.maximum': loss.maximum,
    'smoothed.steps': smoothed.steps,
    'smoothed.values': smoothed.values,
    'heldOut.steps': heldOut.steps,
    'heldOut.values': heldOut.values,
    'milestones.mean': columns.mean,
    'milestones.minimum': columns.minimum,
    'milestones.maximum': columns.maximum,
    'milestones.smoothed': columns.smoothed,
    'milestones.heldOut': columns.heldOut,
  }).map(([part, values]) => [nameOf(part), flat(values.slice())]);

/** What stands in the record. */
export const historyCounts = ({ loss, smoothed, heldOut, average, milestones }: HistorySnapshot) => ({
  width: loss.width,
  count: loss.count,
  smoothed: { stride: smoothed.stride, taken: smoothed.taken },
  heldOut: { stride: heldOut.stride, taken: heldOut.taken },
  average,
  since: milestones.since,
});

const isPowerOfTwo = (value: number): boolean => Number.isInteger(Math.log2(value));

/** How many points a series keeps of those it took: every stride-th, and the newest; see `PointsRecorder`. */
const kept = (taken: number, stride: number): number =>
  taken === 0 ? 0 : Math.floor((taken - 1) / stride) + 1 + ((taken - 1) % stride === 0 ? 0 : 1);

const readPoints = (take: Take, name: 'smoothed' | 'heldOut', { counters, history }: RunRecord): PointsSnapshot => {
  const { stride, taken } = history[name];
  const length = kept(taken, stride);
  if (!isPowerOfTwo(stride) || length > CAPACITY) {
    throw damaged({ kind: 'bounds', where: nameOf(`${name}.stride`), value: String(stride) });
  }
  const steps = take(nameOf(`${name}.steps`), Float64Array, [length]).slice();
  const values = take(nameOf(`${name}.values`), Float32Array, [length]).slice();
  steps.forEach((step, k) => {
    if (!(step >= (k > 0 ? steps[k - 1] : 0) && step <= counters.step)) {
      throw damaged({ kind: 'bounds', where: nameOf(`${name}.steps`), value: String(step) });
    }
  });
  assertFinite(nameOf(`${name}.values`), values);
  return { stride, taken, steps, values };
};

const readMilestones = (take: Take, { counters, history: { since } }: RunRecord): MilestonesSnapshot => {
  const { step } = counters;
  if (since === null) return unknownMilestones(step);
  const rows = milestonesUpTo(step);
  const column = (name: string): Float32Array => {
    const where = nameOf(`milestones.${name}`);
    const values = take(where, Float32Array, [rows]).slice();
    // NaN stands for what was not measured.
    if (values.some((value) => Math.abs(value) === Infinity)) throw damaged({ kind: 'not-finite', where });
    return values;
  };
  return {
    step,
    columns: {
      mean: column('mean'),
      minimum: column('minimum'),
      maximum: column('maximum'),
      smoothed: column('smoothed'),
      heldOut: column('heldOut'),
    },
    since,
  };
};

/**
 * What `historyTensors` and `historyCounts` gave.
 * @throws {FailureError} 'run-file-damaged'
 */
export const readHistory = (take: Take, record: RunRecord): HistorySnapshot => {
  const { width, count, average } = record.history;
  const buckets = Math.ceil(count / width);
  if (!isPowerOfTwo(width) || buckets > CAPACITY) {
    throw damaged({ kind: 'bounds', where: nameOf('width'), value: String(width) });
  }
  const part = <A extends Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>>(name: string, values: A): A => {
    assertFinite(nameOf(name), values);
    return values.slice() as A;
  };
  return {
    loss: {
      width,
      count,
      minimum: part('loss.minimum', take(nameOf('loss.minimum'), Float32Array, [buckets])),
      sum: part('loss.sum', take(nameOf('loss.sum'), Float64Array, [buckets])),
      maximum: part('loss.maximum', take(nameOf('loss.maximum'), Float32Array, [buckets])),
    },
    smoothed: readPoints(take, 'smoothed', record),
    heldOut: readPoints(take, 'heldOut', record),
    milestones: readMilestones(take, record),
    average,
  };
};
