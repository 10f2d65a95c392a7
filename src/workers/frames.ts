/** A frame is one buffer that the page handed over: everything a frame shows, packed into it and sent back. */
import type { Run } from '../model/run';
import type { Curve, History, Metrics, Points, ProbeFrame } from '../model/telemetry';
import type { Clock } from './clock';
import { Rhythm } from './pacing';
import type { Event as WorkerEvent } from './protocol';

/** Frames take a tenth of the time, at most twelve a second; where they are slow, one each two seconds. */
const FRAMES = { share: 0.1, atLeast: 1000 / 12, atMost: 2000 };

/** Bytes that grow with a frame are asked for in these portions, so that a growing history rarely needs a new buffer. */
const PORTION = 1 << 16;

type Numbers = Float32Array | Float64Array | Int32Array;

const arraysOf = (probe: ProbeFrame | null, { loss, smoothedLoss, heldOutLoss, milestones }: History): Numbers[] => [
  loss.minimum,
  loss.mean,
  loss.maximum,
  smoothedLoss.steps,
  smoothedLoss.values,
  heldOutLoss.steps,
  heldOutLoss.values,
  milestones.steps,
  milestones.mean,
  milestones.minimum,
  milestones.maximum,
  milestones.smoothed,
  milestones.heldOut,
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
      milestones: {
        steps: float64(history.milestones.steps),
        mean: float32(history.milestones.mean),
        minimum: float32(history.milestones.minimum),
        maximum: float32(history.milestones.maximum),
        smoothed: float32(history.milestones.smoothed),
        heldOut: float32(history.milestones.heldOut),
      },
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

export interface FrameHost {
  readonly clock: Clock;
  readonly post: (event: WorkerEvent, transfer?: Transferable[]) => void;
  readonly hasBuffer: () => boolean;
  /** An empty buffer that the page has handed over, if there is one. */
  readonly takeBuffer: () => ArrayBuffer | null;
  readonly giveBuffer: (buffer: ArrayBuffer) => void;
}

/** What a frame is taken of. */
export interface FrameSubject {
  readonly runId: string;
  readonly run: Run;
  /** Symbols of the probe text. */
  readonly ids: Int32Array;
  readonly layer: number;
  /** Asked when everything queued has been done. */
  readonly metrics: () => Metrics;
  /** Whether the run is still there. */
  readonly isCurrent: () => boolean;
}

/** Sends the frames of one run. */
export class FrameSender {
  private readonly rhythm = new Rhythm(FRAMES);
  /** Whether a frame waits for nothing but a buffer. */
  isWanted = false;
  private sentStep = -1;

  constructor(private readonly host: FrameHost) {}

  /** One frame as soon as there is a buffer, whatever the rhythm. */
  want(): void {
    this.isWanted = true;
  }

  isDue(training: boolean, step: number): boolean {
    return this.isWanted || (training && step !== this.sentStep && this.rhythm.isDue(this.host.clock.now()));
  }

  /** Sends one frame where the page has left a buffer for it; whether it did anything. */
  async send({ runId, run, ids, layer, metrics, isCurrent }: FrameSubject): Promise<boolean> {
    const { clock, post, hasBuffer, takeBuffer, giveBuffer } = this.host;
    if (!hasBuffer()) return false;
    this.isWanted = false;
    // Steps in flight are no part of what a frame costs.
    await run.settle();
    const began = clock.now();
    const values = ids.length === 0 ? null : await run.probe(ids, layer);
    if (!isCurrent()) return true;
    // Taken only now: what a device never answers would keep it for good.
    const buffer = takeBuffer();
    if (buffer === null) {
      this.isWanted = true;
      return true;
    }
    let isSent = false;
    try {
      const packed = packFrame(buffer, values && { ...values, runId }, run.history);
      const now = metrics();
      post({ type: 'frame', runId, metrics: now, ...packed }, [packed.buffer]);
      isSent = true;
      this.sentStep = now.step;
      this.rhythm.done(began, clock.now());
      return true;
    } finally {
      if (!isSent) giveBuffer(buffer);
    }
  }
}
