/** A run's past in bounded memory, whatever its length: buckets with their extremes, thinned points, and milestones. */
import { MilestoneRecorder, type MilestonesSnapshot } from './milestones';
import type { Curve, History, Points } from './telemetry';

/** Most buckets of a curve and most points of a series; even. */
export const CAPACITY = 1024;

/**
 * Weight of the newest loss in the smoothed one: of step n, 4 / (n + 3), so that the fast fall of the first steps is
 * followed closely, but never less than this.
 */
const LEAST_WEIGHT = 0.02;

/** Plain values of a `CurveRecorder`. */
export interface CurveSnapshot {
  readonly width: number;
  readonly count: number;
  readonly minimum: Float32Array;
  readonly sum: Float64Array;
  readonly maximum: Float32Array;
}

/** Buckets of equal width; when the last one is full, neighbours are merged and the width doubles. */
export class CurveRecorder {
  #width = 1;
  /** Values taken. */
  #count = 0;
  readonly #minimum = new Float32Array(CAPACITY);
  readonly #sum = new Float64Array(CAPACITY);
  readonly #maximum = new Float32Array(CAPACITY);

  static restore({ width, count, minimum, sum, maximum }: CurveSnapshot): CurveRecorder {
    const curve = new CurveRecorder();
    curve.#width = width;
    curve.#count = count;
    curve.#minimum.set(minimum);
    curve.#sum.set(sum);
    curve.#maximum.set(maximum);
    return curve;
  }

  /** The value of the next step. */
  push(value: number): void {
    if (this.#count === CAPACITY * this.#width) this.#merge();
    const bucket = Math.floor(this.#count / this.#width);
    const isFirst = this.#count % this.#width === 0;
    this.#minimum[bucket] = isFirst ? value : Math.min(this.#minimum[bucket], value);
    this.#maximum[bucket] = isFirst ? value : Math.max(this.#maximum[bucket], value);
    this.#sum[bucket] = isFirst ? value : this.#sum[bucket] + value;
    this.#count++;
  }

  view(): Curve {
    const buckets = Math.ceil(this.#count / this.#width);
    const mean = new Float32Array(buckets);
    for (let k = 0; k < buckets; k++) {
      mean[k] = this.#sum[k] / Math.min(this.#width, this.#count - k * this.#width);
    }
    return {
      width: this.#width,
      minimum: this.#minimum.slice(0, buckets),
      mean,
      maximum: this.#maximum.slice(0, buckets),
    };
  }

  snapshot(): CurveSnapshot {
    const buckets = Math.ceil(this.#count / this.#width);
    return {
      width: this.#width,
      count: this.#count,
      minimum: this.#minimum.slice(0, buckets),
      sum: this.#sum.slice(0, buckets),
      maximum: this.#maximum.slice(0, buckets),
    };
  }

  #merge(): void {
    for (let k = 0; k < CAPACITY / 2; k++) {
      this.#minimum[k] = Math.min(this.#minimum[2 * k], this.#minimum[2 * k + 1]);
      this.#maximum[k] = Math.max(this.#maximum[2 * k], this.#maximum[2 * k + 1]);
      this.#sum[k] = this.#sum[2 * k] + this.#sum[2 * k + 1];
    }
    this.#width *= 2;
  }
}

/** Plain values of a `PointsRecorder`. */
export interface PointsSnapshot extends Points {
  readonly stride: number;
  readonly taken: number;
}

/** Every stride-th point and always the newest; when there is no more room, every second one goes. */
export class PointsRecorder {
  #stride = 1;
  #taken = 0;
  /** Points that stand in the arrays, the newest included. */
  #length = 0;
  readonly #steps = new Float64Array(CAPACITY);
  readonly #values = new Float32Array(CAPACITY);

  static restore({ stride, taken, steps, values }: PointsSnapshot): PointsRecorder {
    const points = new PointsRecorder();
    points.#stride = stride;
    points.#taken = taken;
    points.#length = steps.length;
    points.#steps.set(steps);
    points.#values.set(values);
    return points;
  }

  push(step: number, value: number): void {
    const newestStays = this.#taken === 0 || (this.#taken - 1) % this.#stride === 0;
    if (newestStays) {
      if (this.#length === CAPACITY) this.#thin();
      this.#length++;
    }
    this.#steps[this.#length - 1] = step;
    this.#values[this.#length - 1] = value;
    this.#taken++;
  }

  view(): Points {
    return { steps: this.#steps.slice(0, this.#length), values: this.#values.slice(0, this.#length) };
  }

  snapshot(): PointsSnapshot {
    return { stride: this.#stride, taken: this.#taken, ...this.view() };
  }

  /** Leaves CAPACITY / 2 points; the newest was the last of an even number, so it goes. */
  #thin(): void {
    for (let k = 0; k < CAPACITY / 2; k++) {
      this.#steps[k] = this.#steps[2 * k];
      this.#values[k] = this.#values[2 * k];
    }
    this.#length = CAPACITY / 2;
    this.#stride *= 2;
  }
}

/** Plain values of a `HistoryRecorder`. */
export interface HistorySnapshot {
  readonly loss: CurveSnapshot;
  readonly smoothed: PointsSnapshot;
  readonly heldOut: PointsSnapshot;
  readonly milestones: MilestonesSnapshot;
  readonly average: { readonly count: number; readonly value: number };
}

/** Losses of a run, step by step. */
export class HistoryRecorder {
  #loss = new CurveRecorder();
  #smoothed = new PointsRecorder();
  #heldOut = new PointsRecorder();
  #milestones = new MilestoneRecorder();
  #count = 0;
  #average = NaN;

  static restore(snapshot: HistorySnapshot): HistoryRecorder {
    const history = new HistoryRecorder();
    history.#loss = CurveRecorder.restore(snapshot.loss);
    history.#smoothed = PointsRecorder.restore(snapshot.smoothed);
    history.#heldOut = PointsRecorder.restore(snapshot.heldOut);
    history.#milestones = MilestoneRecorder.restore(snapshot.milestones);
    history.#count = snapshot.average.count;
    history.#average = snapshot.average.value;
    return history;
  }

  /** Moving average of the loss; NaN before the first step. */
  get smoothedLoss(): number {
    return this.#average;
  }

  pushLoss(step: number, loss: number): void {
    this.#loss.push(loss);
    this.#count += 1;
    const weight = Math.max(LEAST_WEIGHT, 4 / (this.#count + 3));
    this.#average = this.#count === 1 ? loss : this.#average + weight * (loss - this.#average);
    this.#smoothed.push(step, this.#average);
    this.#milestones.pushLoss(loss, this.#average);
  }

  pushHeldOut(step: number, loss: number): void {
    this.#heldOut.push(step, loss);
    this.#milestones.pushHeldOut(loss);
  }

  view(): History {
    return {
      loss: this.#loss.view(),
      smoothedLoss: this.#smoothed.view(),
      heldOutLoss: this.#heldOut.view(),
      milestones: this.#milestones.view(this.#average),
    };
  }

  snapshot(): HistorySnapshot {
    return {
      loss: this.#loss.snapshot(),
      smoothed: this.#smoothed.snapshot(),
      heldOut: this.#heldOut.snapshot(),
      milestones: this.#milestones.snapshot(),
      average: { count: this.#count, value: this.#average },
    };
  }
}
