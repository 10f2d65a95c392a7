/** Chance of a fuzzed file: a trial is the same whenever it is made again. */
import { deriveKey, hash } from '../../../../src/model/random';

export class Chance {
  #counter = 0;
  readonly #key: number;

  constructor(seed: number, trial: number) {
    this.#key = deriveKey(seed, trial);
  }

  /** Below `end`, or 0 where there is no choice. */
  below(end: number): number {
    return end < 2 ? 0 : hash(this.#key, this.#counter++) % end;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)];
  }

  /** Once in so many times. */
  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }
}
