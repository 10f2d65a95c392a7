/** The steps of a run whose networks can be looked at. */
import type { FrameReading } from './reading';

export interface ChronicleReading {
  /** The oldest first. */
  readonly steps: Float64Array;
  /** Bytes that they take, and may take. */
  readonly bytes: number;
  readonly mostBytes: number;
}

export const chronicle: FrameReading<ChronicleReading> = {
  watchesSteps: false,
  compute: ({ chronicle: { steps, bytes, mostBytes } }) =>
    Promise.resolve({ steps: Float64Array.from(steps), bytes, mostBytes }),
};
