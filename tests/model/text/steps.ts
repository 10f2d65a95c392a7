/** Work in steps, done at once. */

/** What the steps come to; each must be further than the one before, and none past the end. */
export const finish = <R>(steps: Generator<number, R>): R => {
  for (let done = 0; ;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (!(step.value > done && step.value <= 1)) throw new RangeError(`Step ${step.value} comes after ${done}.`);
    done = step.value;
  }
};
