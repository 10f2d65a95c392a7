/** Frames of made-up values for the tests of the views. */
import { CELLS, type BandName, type CellName } from '../../src/model/cells';
import { TOP, type ProbeFrame } from '../../src/model/telemetry';

/** A frame whose value for band k, character t and unit u is `value(band, t, u)`. */
export const makeFrame = (
  cell: CellName,
  T: number,
  H: number,
  value: (band: BandName, t: number, unit: number) => number,
  change: Partial<ProbeFrame> = {},
): ProbeFrame => {
  const { bands } = CELLS[cell];
  const values = new Float32Array(bands.length * T * H);
  bands.forEach((band, k) => {
    for (let t = 0; t < T; t++) for (let u = 0; u < H; u++) values[(k * T + t) * H + u] = value(band, t, u);
  });
  return {
    runId: 'run',
    step: 7,
    layer: 0,
    T,
    H,
    ids: Int32Array.from({ length: T }, (_, t) => t % 3),
    bands,
    values,
    surprise: Float32Array.from({ length: T }, (_, t) => (t === 0 ? NaN : t)),
    topIds: new Int32Array(T * TOP).fill(-1),
    topProbabilities: new Float32Array(T * TOP),
    ...change,
  };
};
