/**
 * Losses at steps that are the same for every run, kept for good: so runs of whatever length can be laid side by side, row
 * by row. Milestones are the steps of at most two significant digits: 1 to 100, 110, 120 … 1000, 1100 … They are 90 for
 * each power of ten, so a run of a thousand million steps has 730.
 */
import type { Milestones } from './telemetry';

/** More than any run has. */
const CAPACITY = 1024;

/** The k-th milestone, from 1; 0 is before all of them. */
export const milestone = (k: number): number =>
  k <= 100 ? k : (11 + ((k - 101) % 90)) * 10 ** (Math.floor((k - 101) / 90) + 1);

/** How many milestones there are up to that step. */
export const milestonesUpTo = (step: number): number => {
  if (step <= 100) return step;
  const power = String(step).length - 3;
  return 100 + 90 * power + Math.floor(step / 10 ** (power + 1)) - 10;
};

const COLUMNS = ['mean', 'minimum', 'maximum', 'smoothed', 'heldOut'] as const;
type Column = (typeof COLUMNS)[number];
type Row = Readonly<Record<Column, number>>;

/** Of the steps since the last milestone; NaN where it is not known. */
export interface SinceMilestone {
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Measured after the newest step; NaN where it was not. */
  readonly heldOut: number;
}

/** Plain values of a `MilestoneRecorder`. */
export interface MilestonesSnapshot {
  readonly step: number;
  /** One value for each milestone up to there. */
  readonly columns: Readonly<Record<Column, Float32Array>>;
  readonly since: SinceMilestone;
}

const NOTHING: SinceMilestone = { sum: 0, minimum: NaN, maximum: NaN, heldOut: NaN };
const UNKNOWN: SinceMilestone = { ...NOTHING, sum: NaN };

const columnsOf = (of: (column: Column) => Float32Array): Record<Column, Float32Array> =>
  Object.fromEntries(COLUMNS.map((column) => [column, of(column)])) as Record<Column, Float32Array>;

/** Of a run of which only is known how far it has come. */
export const unknownMilestones = (step: number): MilestonesSnapshot => {
  const rows = milestonesUpTo(step);
  return {
    step,
    columns: columnsOf(() => new Float32Array(rows).fill(NaN)),
    since: milestone(rows) === step ? NOTHING : UNKNOWN,
  };
};

export class MilestoneRecorder {
  #step = 0;
  /** Milestones reached. */
  #rows = 0;
  #since = NOTHING;
  readonly #columns = columnsOf(() => new Float32Array(CAPACITY));

  static restore({ step, columns, since }: MilestonesSnapshot): MilestoneRecorder {
    const recorder = new MilestoneRecorder();
    recorder.#step = step;
    recorder.#rows = milestonesUpTo(step);
    recorder.#since = since;
    for (const column of COLUMNS) recorder.#columns[column].set(columns[column]);
    return recorder;
  }

  /** The loss of the next step, and the smoothed loss after it. */
  pushLoss(loss: number, smoothed: number): void {
    const isFirst = this.#step === milestone(this.#rows);
    const { sum, minimum, maximum } = this.#since;
    this.#step += 1;
    this.#since = isFirst
      ? { sum: loss, minimum: loss, maximum: loss, heldOut: NaN }
      : {
          sum: sum + loss,
          minimum: Math.min(minimum, loss),
          maximum: Math.max(maximum, loss),
          heldOut: NaN,
        };
    if (this.#step !== milestone(this.#rows + 1)) return;
    const row = this.#newest(smoothed);
    for (const column of COLUMNS) this.#columns[column][this.#rows] = row[column];
    this.#rows += 1;
  }

  /** Measured after the step whose loss was pushed last. */
  pushHeldOut(loss: number): void {
    this.#since = { ...this.#since, heldOut: loss };
    if (this.#rows > 0 && this.#step === milestone(this.#rows)) this.#columns.heldOut[this.#rows - 1] = loss;
  }

  /** The milestones, and the newest step where it is none. */
  view(smoothed: number): Milestones {
    const isMilestone = this.#step === milestone(this.#rows);
    const rows = this.#rows + (isMilestone ? 0 : 1);
    const steps = Float64Array.from({ length: rows }, (_, k) => (k < this.#rows ? milestone(k + 1) : this.#step));
    const columns = columnsOf((column) => this.#columns[column].slice(0, rows));
    if (!isMilestone) {
      const row = this.#newest(smoothed);
      for (const column of COLUMNS) columns[column][rows - 1] = row[column];
    }
    return { steps, ...columns };
  }

  snapshot(): MilestonesSnapshot {
    return {
      step: this.#step,
      columns: columnsOf((column) => this.#columns[column].slice(0, this.#rows)),
      since: this.#since,
    };
  }

  /** The steps since the milestone before. */
  #newest(smoothed: number): Row {
    const { sum, minimum, maximum, heldOut } = this.#since;
    return { mean: sum / (this.#step - milestone(this.#rows)), minimum, maximum, smoothed, heldOut };
  }
}
