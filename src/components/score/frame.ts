/** Reading a frame: which one is on the page, and the value of a band at a column and a unit. */
import { UNIT_INTERVAL_BANDS, type BandName } from '../../model/cells';
import type { ProbeFrame } from '../../model/telemetry';
import type { Colouring, PlaygroundState } from '../../store';

/** The frame of the run on the page, once there is one. */
export const shownFrame = ({ run, frame }: PlaygroundState): ProbeFrame | null =>
  run?.description && frame?.runId === run.runId && frame.T > 0 ? frame : null;

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

/** The state that a cell carries most directly: c where it has one, else h. */
export const carriedBand = (bands: readonly BandName[]): 'c' | 'h' => (bands.includes('c') ? 'c' : 'h');

/** What the text is coloured by: the reader's choice, or the carried state where this cell lacks that band. */
export const colouringOf = (wanted: Colouring, bands: readonly BandName[]): Colouring =>
  wanted === 'surprise' || bands.includes(wanted) ? wanted : carriedBand(bands);

/** Bands without a bound of their own; their range follows the data. */
const UNBOUNDED: ReadonlySet<BandName> = new Set(['c', 'a']);

/** Both ends of a band's scale; `range` is that of unbounded bands. */
export const extentOf = (band: BandName, range: number): readonly [number, number] => {
  if (UNIT_INTERVAL_BANDS.has(band)) return [0, 1];
  return UNBOUNDED.has(band) ? [-range, range] : [-1, 1];
};

export const isUnbounded = (band: BandName): boolean => UNBOUNDED.has(band);

/** The cursor and the unit, inside the frame. */
export const clampedSelection = (
  { selection }: PlaygroundState,
  { T, H }: { readonly T: number; readonly H: number },
): { readonly cursor: number; readonly unit: number } => ({
  cursor: Math.min(T - 1, Math.max(0, selection.cursor)),
  unit: Math.min(H - 1, Math.max(0, selection.unit)),
});
