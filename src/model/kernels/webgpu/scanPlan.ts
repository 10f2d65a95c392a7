/**
 * How a scan is cut: a workgroup owns some rows of the batch and goes through time alone, so that nothing ever waits for
 * another workgroup.
 */
import { CELLS, type CellName } from '../../cells';
import type { Scan } from '../kernels';
import { ceilTo } from './program';
import type { Tuning } from './tuning';

/** What a program is written for beside its plan: other directions and padding are programs of their own. */
export interface Course {
  readonly reversed: boolean;
  readonly masked: boolean;
}

export const courseOf = ({ reversed = false, mask }: Pick<Scan, 'reversed' | 'mask'>): Course => ({
  reversed,
  masked: mask !== undefined,
});

/** The time of a scan's k-th step, and the slots of the tape before and after it, as text; `p.last` is T - 1. */
export const timeText = ({ reversed }: Course) => ({
  time: reversed ? 'p.last - k' : 'k',
  before: reversed ? '(t + 1u)' : 't',
  after: reversed ? 't' : '(t + 1u)',
});

export interface ScanPlan {
  readonly cell: CellName;
  readonly H: number;
  /** Rows of a workgroup. */
  readonly rows: number;
  /** Rows whose sums a lane has in hand at once. */
  readonly block: number;
  /** Lanes that share a part. */
  readonly lanes: number;
  /** Units of a lane: those of lane l are l, l + lanes, l + 2 lanes, … */
  readonly units: number;
  /** Into how many parts the terms of a sum are cut, for as many groups of lanes. */
  readonly parts: number;
  /** A lane keeps its weights for the whole sequence, in place of reading them at every step. */
  readonly resident: boolean;
  /**
   * The state that lanes exchange stands in workgroup memory, not in the tape. On a CPU both are the same, and clearing
   * workgroup memory is written out element by element: seconds of compilation.
   */
  readonly shared: boolean;
  readonly quads: boolean;
}

/** The number of rows is a constant only where arrays have its size: then other batches share a program. */
const rowsAreConstant = ({ shared, block }: ScanPlan): boolean => shared || block > 1;

export const rowsText = (plan: ScanPlan): string => (rowsAreConstant(plan) ? `${plan.rows}u` : 'p.rows');

/** Tells the texts of two plans apart. */
export const keyOf = (plan: ScanPlan, course: Course): string =>
  Object.values({ ...plan, ...(!rowsAreConstant(plan) && { rows: '' }), ...course }).join(' ');

/** Products that a program is written out for at most where weights are resident: compilers take seconds beyond. */
const MOST_WRITTEN_OUT = 2048;
/** And the fewest for which a row's state is read, so that reading does not take most of the time. */
const ENOUGH_WRITTEN_OUT = 2048;
/** Rows whose sums fit the registers. */
const DEEP_BLOCK = 16;
const WIDE_ROWS = 2;
/** Workgroups that run side by side on a CPU come in pairs. */
const PAIR = 2;

/** Rows of a workgroup such that an even number of workgroups shares the batch evenly. */
const evenRows = (B: number, most: number): number => Math.ceil(B / (PAIR * Math.ceil(B / (PAIR * most))));

/** Units of a lane, fewest lanes first, for as many lanes as there may be. */
const unitsFor = (H: number, lanes: number, wanted: number): number => Math.max(wanted, Math.ceil(H / lanes));

const lanesFor = (H: number, units: number): number => ceilTo(Math.ceil(H / units), 4);

export const planForward = (cell: CellName, H: number, B: number, tuning: Tuning): ScanPlan => {
  const G = CELLS[cell].gates.length;
  const { lanes: most, workgroupMemory } = tuning;
  const finish = (rows: number, block: number, units: number, resident: boolean): ScanPlan => {
    const shared = tuning.cut === 'wide' && 2 * rows * ceilTo(H, 4) * 4 <= workgroupMemory;
    return { cell, H, rows, block, lanes: lanesFor(H, units), units, parts: 1, resident, shared, quads: tuning.quads };
  };
  if (tuning.cut === 'wide') return finish(Math.min(B, WIDE_ROWS), Math.min(B, WIDE_ROWS), unitsFor(H, most, 1), false);
  const fewest = unitsFor(H, most, 1);
  if (tuning.quads && H * G * fewest <= MOST_WRITTEN_OUT) {
    let units = fewest;
    while (H * G * units < ENOUGH_WRITTEN_OUT && 2 * H * G * units <= MOST_WRITTEN_OUT && units * 4 < H) units *= 2;
    return finish(evenRows(B, 64), 1, units, true);
  }
  const rows = evenRows(B, DEEP_BLOCK);
  return finish(rows, rows, fewest, false);
};

export const planBackward = (cell: CellName, H: number, B: number, tuning: Tuning): ScanPlan => {
  const N = CELLS[cell].gates.length * H;
  const { lanes: most, workgroupMemory } = tuning;
  const finish = (rows: number, block: number, units: number, wanted: number, resident: boolean): ScanPlan => {
    const lanes = lanesFor(H, units);
    const parts = Math.max(1, Math.min(wanted, Math.floor(most / lanes)));
    const shared = tuning.cut === 'wide' && rows * (ceilTo(N, 4 * parts) + parts * H) * 4 <= workgroupMemory;
    return { cell, H, rows, block, lanes, units, parts, resident, shared, quads: tuning.quads };
  };
  if (tuning.cut === 'wide') {
    const rows = Math.min(B, WIDE_ROWS);
    return finish(rows, rows, unitsFor(H, most, 1), 8, false);
  }
  if (tuning.quads) {
    // As many parts as a row's state is long for, so that each value read serves many units.
    for (const units of [8, 4, 2, 1]) {
      const lanes = lanesFor(H, units);
      for (const parts of [1, 2, 4, 8]) {
        const written = Math.ceil(N / parts) * units;
        if (lanes * parts <= most && written <= ENOUGH_WRITTEN_OUT)
          return finish(evenRows(B, 64), 1, units, parts, true);
      }
    }
  }
  const rows = evenRows(B, DEEP_BLOCK);
  return finish(rows, rows, Math.max(4, unitsFor(H, most, 1)), 4, false);
};
