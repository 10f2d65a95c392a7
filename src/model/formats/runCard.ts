/** A saved run at a glance: what a list of runs shows of it. */
import type { CurveSnapshot } from '../history';
import type { RunCard } from '../telemetry';
import type { SavedRun } from './runFile';

/** Points of a card's curve. */
const POINTS = 48;
const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** At most POINTS means over neighbouring buckets. */
const thinned = ({ width, count, sum }: CurveSnapshot): number[] => {
  const together = Math.ceil(sum.length / POINTS);
  return Array.from({ length: Math.ceil(sum.length / together) }, (_, k) => {
    const first = k * together;
    const last = Math.min(sum.length, first + together);
    let total = 0;
    for (let bucket = first; bucket < last; bucket++) total += sum[bucket];
    return total / (Math.min(count, last * width) - first * width);
  }).filter(Number.isFinite);
};

export const cardOf = ({ snapshot, textName }: SavedRun): RunCard => {
  const { settings, metrics, history } = snapshot;
  return {
    settings,
    textName,
    step: metrics.step,
    smoothedLoss: orNull(metrics.smoothedLoss),
    heldOutLoss: orNull(metrics.heldOutLoss),
    curve: history.loss.count === 0 ? [] : thinned(history.loss),
  };
};
