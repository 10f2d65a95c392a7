/** Reading a frame: which one is on the page, and the value of a band at a column and a unit. */
import { CELLS, type BandName, type Cell } from '../../model/cells';
import type { ProbeFrame } from '../../model/telemetry';
import type { Colouring } from '../../model/view';
import { shownRun, type PlaygroundState } from '../../store';

/** The frame of the run on the page, once there is one. */
export const shownFrame = (state: PlaygroundState): ProbeFrame | null => {
  const run = shownRun(state);
  const probe = run?.readings.probe;
  return run?.description && probe && probe.T > 0 ? probe : null;
};

/** The cell of the run on the page; before there is one, of the one that is wished for. */
export const shownCell = (state: PlaygroundState): Cell =>
  CELLS[(shownRun(state)?.description?.settings ?? state.settings).cell];

/** Values of one band [T, H]; empty where the cell has no such band. */
export const bandValues = ({ bands, values, T, H }: ProbeFrame, band: BandName): Float32Array => {
  const k = bands.indexOf(band);
  return k < 0 ? values.subarray(0, 0) : values.subarray(k * T * H, (k + 1) * T * H);
};

/** NaN outside the frame. */
export const valueAt = ({ bands, values, T, H }: ProbeFrame, band: BandName, t: number, unit: number): number => {
  const k = bands.indexOf(band);
  if (k < 0 || t < 0 || t >= T || unit < 0 || unit >= H) return NaN;
  return values[(k * T + t) * H + unit] ?? NaN;
};

/** What the text is coloured by: the reader's choice, or the carried state where this cell lacks that band. */
export const colouringOf = (wanted: Colouring, { bands, carried }: Cell): Colouring =>
  wanted === 'surprise' || bands.includes(wanted) ? wanted : carried;

/** The cursor and the unit, inside the frame. */
export const clampedSelection = (
  { selection }: PlaygroundState,
  { T, H }: { readonly T: number; readonly H: number },
): { readonly cursor: number; readonly unit: number } => ({
  cursor: Math.min(T - 1, Math.max(0, selection.cursor)),
  unit: Math.min(H - 1, Math.max(0, selection.unit)),
});
