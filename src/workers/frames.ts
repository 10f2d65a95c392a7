/** A frame is one buffer that the page handed over: everything a frame shows, packed into it and sent back. */
import type { Curve, History, Points, ProbeFrame } from '../model/telemetry';

/** Bytes that grow with a frame are asked for in these portions, so that a growing history rarely needs a new buffer. */
const PORTION = 1 << 16;

type Numbers = Float32Array | Float64Array | Int32Array;

const arraysOf = (probe: ProbeFrame | null, { loss, smoothedLoss, heldOutLoss }: History): Numbers[] => [
  loss.minimum,
  loss.mean,
  loss.maximum,
  smoothedLoss.steps,
  smoothedLoss.values,
  heldOutLoss.steps,
  heldOutLoss.values,
  ...(probe ? [probe.ids, probe.values, probe.surprise, probe.topIds, probe.topProbabilities] : []),
];

/** Every array begins at a multiple of 8 bytes. */
const padded = ({ byteLength }: Numbers): number => Math.ceil(byteLength / 8) * 8;

export interface PackedFrame {
  readonly probe: ProbeFrame | null;
  readonly history: History;
  /** The given buffer, or a larger one where that was too small. */
  readonly buffer: ArrayBuffer;
}

/** Copies probe and history into `buffer`: what is returned are views into it. */
export const packFrame = (given: ArrayBuffer, probe: ProbeFrame | null, history: History): PackedFrame => {
  const bytes = arraysOf(probe, history).reduce((sum, array) => sum + padded(array), 0);
  const buffer = given.byteLength >= bytes ? given : new ArrayBuffer(Math.ceil(bytes / PORTION) * PORTION);
  let offset = 0;
  const float32 = (values: Float32Array): Float32Array => {
    const packed = new Float32Array(buffer, offset, values.length);
    packed.set(values);
    offset += padded(values);
    return packed;
  };
  const float64 = (values: Float64Array): Float64Array => {
    const packed = new Float64Array(buffer, offset, values.length);
    packed.set(values);
    offset += padded(values);
    return packed;
  };
  const int32 = (values: Int32Array): Int32Array => {
    const packed = new Int32Array(buffer, offset, values.length);
    packed.set(values);
    offset += padded(values);
    return packed;
  };
  const curve = ({ width, minimum, mean, maximum }: Curve): Curve => ({
    width,
    minimum: float32(minimum),
    mean: float32(mean),
    maximum: float32(maximum),
  });
  const points = ({ steps, values }: Points): Points => ({ steps: float64(steps), values: float32(values) });
  return {
    buffer,
    history: {
      loss: curve(history.loss),
      smoothedLoss: points(history.smoothedLoss),
      heldOutLoss: points(history.heldOutLoss),
    },
    probe: probe && {
      ...probe,
      ids: int32(probe.ids),
      values: float32(probe.values),
      surprise: float32(probe.surprise),
      topIds: int32(probe.topIds),
      topProbabilities: float32(probe.topProbabilities),
    },
  };
};
