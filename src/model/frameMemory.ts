/**
 * The arrays that readings are computed into, and the buffers that carry them to the page. The same functions, run against a
 * ledger, tell beforehand how many bytes they take.
 */
import { TOP } from './telemetry';

/** Where arrays of so many numbers come from. */
export interface HostAllocator {
  float(length: number): Float32Array;
  int(length: number): Int32Array;
}

/** The host's own memory. */
export const HOST: HostAllocator = {
  float: (length) => new Float32Array(length),
  int: (length) => new Int32Array(length),
};

/** Bytes of an array in a frame's buffer, where every array begins at a multiple of 8. */
export const padded = (bytes: number): number => Math.ceil(bytes / 8) * 8;

/** Counts what would be allocated. */
class HostLedger implements HostAllocator {
  bytes = 0;

  float(length: number): Float32Array {
    this.bytes += padded(length * Float32Array.BYTES_PER_ELEMENT);
    return new Float32Array();
  }

  int(length: number): Int32Array {
    this.bytes += padded(length * Int32Array.BYTES_PER_ELEMENT);
    return new Int32Array();
  }
}

/** Of a probe of T characters in a layer of H units that has so many bands; see `ProbeFrame`. */
export const allocateProbe = (
  memory: HostAllocator,
  { bands, T, H }: { readonly bands: number; readonly T: number; readonly H: number },
) => ({
  ids: memory.int(T),
  values: memory.float(bands * T * H),
  surprise: memory.float(T).fill(NaN),
  topIds: memory.int(T * TOP).fill(-1),
  topProbabilities: memory.float(T * TOP),
});

/** Of a step of T characters in its parts, seen in a layer of H units; see `StepParts`. */
export const allocateParts = (memory: HostAllocator, { T, H }: { readonly T: number; readonly H: number }) => ({
  ids: memory.int(T),
  next: memory.int(T),
  guesses: memory.int(T),
  guessed: memory.float(T),
  losses: memory.float(T),
  gradients: memory.float(T),
  units: memory.float(H),
});

/** Buffers in circulation: one on the page, one being filled. */
export const FRAME_BUFFERS = 2;
/** Bytes of one as it is first handed over: room for the whole history of a run and a small probe. */
export const FIRST_BUFFER_BYTES = 1 << 17;
/** A larger one is a multiple of this, so that a growing history rarely needs a new buffer. */
const PORTION = 1 << 16;

/** Bytes of a buffer that takes the place of one that is too small. */
export const bufferBytes = (needed: number): number => Math.ceil(needed / PORTION) * PORTION;

/** Bytes of the arrays of a run's history once its bounded memory is full. */
export const HISTORY_BYTES = 58_000;

/**
 * Bytes that the readings of a run take at most on the host: the arrays that they are computed into, and the buffers in which
 * they and the run's history travel.
 */
export const readingBytes = (
  shape: { readonly bands: number; readonly H: number },
  { probe, step }: { readonly probe: number; readonly step: number },
): number => {
  const ledger = new HostLedger();
  allocateProbe(ledger, { ...shape, T: probe });
  allocateParts(ledger, { ...shape, T: step });
  const buffer = Math.max(FIRST_BUFFER_BYTES, bufferBytes(ledger.bytes + HISTORY_BYTES));
  return ledger.bytes + FRAME_BUFFERS * buffer;
};
