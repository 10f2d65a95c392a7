/** Work in steps, done in one go. */

/** What a generator of the share done returns at its end. */
export const finish = <R>(steps: Generator<number, R>): R => {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
};
