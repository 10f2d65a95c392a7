/** A frame is one buffer that the page handed over: everything a frame shows, packed into it and sent back. */
import { bufferBytes, padded } from '../model/frameMemory';
import type { Subject } from '../model/inspect/reading';
import { WITH_FRAMES, type FrameReadingName, type FrameReadings } from '../model/inspect/readings';
import type { Metrics } from '../model/telemetry';
import type { Clock } from './clock';
import { Rhythm } from './pacing';
import type { WorkerEvent } from './protocol';

/** Frames take a tenth of the time, at most twelve a second; where they are slow, one each two seconds. */
const FRAMES = { share: 0.1, atLeast: 1000 / 12, atMost: 2000 };

type Numbers = Float32Array | Float64Array | Int32Array;

const isNumbers = (value: unknown): value is Numbers =>
  value instanceof Float32Array || value instanceof Float64Array || value instanceof Int32Array;

/** The value with every array in it replaced, however deep it lies. */
const withArrays = <T>(value: T, replace: (array: Numbers) => Numbers): T => {
  if (isNumbers(value)) return replace(value) as T;
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, withArrays<unknown>(part, replace)]),
  ) as T;
};

/**
 * Copies the arrays of numbers in `value` into the given buffer, or a larger one where that is too small: what is returned
 * has views into it in their places. Whatever a frame shows, its layout is written nowhere but in its type.
 */
export const pack = <T>(given: ArrayBuffer, value: T): { readonly value: T; readonly buffer: ArrayBuffer } => {
  let bytes = 0;
  withArrays(value, (array) => {
    bytes += padded(array.byteLength);
    return array;
  });
  const buffer = given.byteLength >= bytes ? given : new ArrayBuffer(bufferBytes(bytes));
  let offset = 0;
  const copied = withArrays(value, (array) => {
    const copy = new (array.constructor as new (buffer: ArrayBuffer, offset: number, length: number) => Numbers)(
      buffer,
      offset,
      array.length,
    );
    copy.set(array);
    offset += padded(array.byteLength);
    return copy;
  });
  return { value: copied, buffer };
};

export interface FrameHost {
  readonly clock: Clock;
  readonly post: (event: WorkerEvent, transfer?: Transferable[]) => void;
  readonly hasBuffer: () => boolean;
  /** An empty buffer that the page has handed over, if there is one. */
  readonly takeBuffer: () => ArrayBuffer | null;
  readonly giveBuffer: (buffer: ArrayBuffer) => void;
  /** Readings that the page's views want. */
  readonly wanted: () => readonly FrameReadingName[];
}

/** What a frame is taken of. */
export interface FrameSubject extends Subject {
  /** Asked when everything queued has been done. */
  readonly metrics: () => Metrics;
  /** Whether the run is still there. */
  readonly isCurrent: () => boolean;
}

/** Their computations are queued together, before the first of them is waited for. */
const readAll = async (names: readonly FrameReadingName[], subject: Subject): Promise<FrameReadings> =>
  Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await WITH_FRAMES[name].compute(subject)])),
  ) as FrameReadings;

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
  async send(subject: FrameSubject): Promise<boolean> {
    const { runId, run, metrics, isCurrent } = subject;
    const { clock, post, hasBuffer, takeBuffer, giveBuffer, wanted } = this.host;
    if (!hasBuffer()) return false;
    this.isWanted = false;
    // Steps in flight are no part of what a frame costs.
    await run.settle();
    const began = clock.now();
    const readings = await readAll(wanted(), subject);
    if (!isCurrent()) return true;
    // Taken only now: what a device never answers would keep it for good.
    const buffer = takeBuffer();
    if (buffer === null) {
      this.isWanted = true;
      return true;
    }
    let isSent = false;
    try {
      const packed = pack(buffer, { readings, history: run.history });
      const now = metrics();
      post({ type: 'frame', runId, metrics: now, ...packed.value, buffer: packed.buffer }, [packed.buffer]);
      isSent = true;
      this.sentStep = now.step;
      this.rhythm.done(began, clock.now());
      return true;
    } finally {
      if (!isSent) giveBuffer(buffer);
    }
  }
}
