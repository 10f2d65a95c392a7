/** What a reading is: numbers that the worker computes of a run for a view. It sees the mathematics and nothing else. */
import type { Run } from '../run';
import type { Chronicle } from '../chronicle';
import type { RunSnapshot } from '../snapshot';
import type { WatchedStep } from '../stepWatch';

/** What a reading is taken of. */
export interface Subject {
  readonly runId: string;
  readonly run: Run;
  /** Symbols of the probe text. */
  readonly ids: Int32Array;
  /** The layer that is looked at. */
  readonly layer: number;
  /** What the run can be looked at as. */
  readonly chronicle: Chronicle;
  /** What it is looked at as; null: as it stands. */
  readonly then: RunSnapshot | null;
  /** The last step, where the run stands just after it and it was watched. */
  readonly watched: () => Promise<WatchedStep | null>;
}

/** Comes with every frame for as long as the page wants it. Its arrays of numbers travel in the frame's buffer. */
export interface FrameReading<V extends object> {
  /** Whether it is of training steps, which are watched then. */
  readonly watchesSteps: boolean;
  /** Null where there is nothing to tell. */
  readonly compute: (subject: Subject) => Promise<V | null>;
}

/** Is asked for, and answered once. */
export interface AskedReading<Q extends object, A extends object> {
  /** Null where the question has no answer. */
  readonly answer: (subject: Subject, question: Q) => Promise<A | null>;
}
