/** What the page of the benchmark is asked, from outside and from its own workers. */
import type { Shape } from './shapes';

export interface Turn {
  /** Milliseconds of all steps together, to the end of the last. */
  readonly milliseconds: number;
  /** Of each step, nats; none where nothing is learnt. */
  readonly losses: readonly number[];
}

export type Request =
  | { readonly type: 'open'; readonly id: string; readonly shape: Shape }
  | { readonly type: 'steps'; readonly count: number }
  /** One step, its dispatches and draws counted. */
  | { readonly type: 'dispatches' };

export type Answer =
  | { readonly type: 'opened'; readonly device: string; readonly flops: number }
  | ({ readonly type: 'steps' } & Turn)
  | { readonly type: 'dispatches'; readonly count: number }
  | { readonly type: 'failed'; readonly cause: string };

/** What a worker computes with. */
export interface Runner {
  /** Adapter or renderer, where there is one. */
  readonly device: string;
  /** Floating-point operations of a step. */
  readonly flops: number;
  /** Returns when the last step is done, with the losses of all. */
  steps(count: number): Promise<readonly number[]>;
}

/** What the page offers to the script that drives it. */
export interface BenchPage {
  ask(id: string, request: Request): Promise<Answer>;
  close(id: string): void;
}
