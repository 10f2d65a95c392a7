/** Counts what a piece of work asks of a GPU: compute dispatches of WebGPU, draws of WebGL. */

type Methods = Record<string, (...values: unknown[]) => unknown>;

const counted = (): readonly (readonly [Methods, readonly string[]])[] => {
  const found: [Methods, readonly string[]][] = [];
  if (typeof GPUComputePassEncoder !== 'undefined') {
    found.push([
      GPUComputePassEncoder.prototype as unknown as Methods,
      ['dispatchWorkgroups', 'dispatchWorkgroupsIndirect'],
    ]);
  }
  if (typeof WebGL2RenderingContext !== 'undefined') {
    found.push([WebGL2RenderingContext.prototype as unknown as Methods, ['drawArrays', 'drawElements']]);
  }
  return found;
};

export const countDispatches = async (work: () => Promise<unknown>): Promise<number> => {
  let count = 0;
  const restore: (() => void)[] = [];
  for (const [prototype, names] of counted()) {
    for (const name of names) {
      const original = prototype[name];
      prototype[name] = function (this: unknown, ...values: unknown[]) {
        count += 1;
        return original.apply(this, values);
      };
      restore.push(() => {
        prototype[name] = original;
      });
    }
  }
  try {
    await work();
  } finally {
    for (const undo of restore) undo();
  }
  return count;
};
