/**
 * Counts every byte of every array that is made. It must be imported before whatever keeps the constructors of arrays for
 * itself: from then on they count. Unlike what the process says of its memory, no garbage collection makes it less.
 */

const NAMES = [
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
  'ArrayBuffer',
] as const;

let counted = 0;

/** Also what `slice`, `map`, `from` and their like make: they ask the prototype for its constructor. */
const countIn = (name: (typeof NAMES)[number]): void => {
  type Maker = new (...args: readonly unknown[]) => { readonly byteLength: number };
  const original = globalThis[name] as unknown as Maker & { readonly prototype: object };
  const counting = new Proxy(original, {
    construct: (target, args: readonly unknown[], asked) => {
      const made = Reflect.construct(target, args, asked === counting ? target : asked) as { byteLength: number };
      // A view of memory that is there already takes none.
      if (!(args[0] instanceof ArrayBuffer)) counted += made.byteLength;
      return made;
    },
  });
  Object.defineProperty(original.prototype, 'constructor', { value: counting, configurable: true, writable: true });
  Object.defineProperty(globalThis, name, { value: counting, configurable: true, writable: true });
};

NAMES.forEach(countIn);

/** Bytes of the arrays that `work` makes, whether or not it throws; what it gives or throws is its own affair. */
export const bytesMadeBy = (work: () => void): number => {
  const before = counted;
  work();
  return counted - before;
};
