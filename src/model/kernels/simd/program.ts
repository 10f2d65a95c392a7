/** The compiled program of assembly/, typed. Pointers are byte addresses, sizes are in elements. */

type Pointer = number;
/** WebAssembly has no booleans: 0 or 1. */
type Flag = number;

export interface Program {
  dataEnd(): number;
  packedSizeA(rows: number, k: number): number;
  packedSizeB(rows: number, k: number): number;
  scratchOfMultiply(m: number, n: number, k: number): number;
  scratchOfTransposed(m: number, k: number): number;
  packA(a: Pointer, stride: number, m: number, k: number, target: Pointer): void;
  packB(b: Pointer, rowStride: number, columnStride: number, k: number, n: number, target: Pointer): void;
  multiplyPacked(a: Pointer, b: Pointer, c: Pointer, stride: number, m: number, n: number, k: number, add: Flag): void;
  // prettier-ignore
  multiply(
    a: Pointer, b: Pointer, rowStride: number, columnStride: number, c: Pointer, m: number, n: number, k: number,
    bias: Pointer, accumulate: Flag, scratch: Pointer,
  ): void;
  // prettier-ignore
  multiplyTransposed(
    a: Pointer, b: Pointer, c: Pointer, m: number, n: number, k: number, accumulate: Flag, sums: Pointer, scratch: Pointer,
  ): void;
  lstmForward(
    T: number,
    B: number,
    H: number,
    u: Pointer,
    gates: Pointer,
    c: Pointer,
    h: Pointer,
    reversed: Flag,
    mask: Pointer,
    scratch: Pointer,
  ): void;
  // prettier-ignore
  lstmBackward(
    T: number, B: number, H: number, u: Pointer, gates: Pointer, c: Pointer, dh: Pointer, dgates: Pointer,
    dhCarry: Pointer, dcCarry: Pointer, price: number, reversed: Flag, mask: Pointer, scratch: Pointer,
  ): void;
  // prettier-ignore
  gruForward(
    T: number, B: number, H: number, u: Pointer, bias: Pointer, gates: Pointer, q: Pointer, h: Pointer, reversed: Flag,
    mask: Pointer, scratch: Pointer,
  ): void;
  // prettier-ignore
  gruBackward(
    T: number, B: number, H: number, u: Pointer, gates: Pointer, q: Pointer, h: Pointer, dh: Pointer, dgates: Pointer,
    drecurrent: Pointer, dhCarry: Pointer, price: number, reversed: Flag, mask: Pointer, scratch: Pointer,
  ): void;
  // prettier-ignore
  rnnForward(
    T: number, B: number, H: number, u: Pointer, gates: Pointer, h: Pointer, reversed: Flag, mask: Pointer, scratch: Pointer,
  ): void;
  // prettier-ignore
  rnnBackward(
    T: number, B: number, H: number, u: Pointer, h: Pointer, dh: Pointer, dgates: Pointer, dhCarry: Pointer,
    price: number, reversed: Flag, mask: Pointer, scratch: Pointer,
  ): void;
  // prettier-ignore
  crossEntropy(
    logits: Pointer, targets: Pointer, M: number, V: number, gradient: Flag, scale: number, totals: Pointer,
    accumulate: Flag, scratch: Pointer,
  ): void;
  gather(table: Pointer, ids: Pointer, out: Pointer, bias: Pointer, M: number, D: number): void;
  // prettier-ignore
  scatterAdd(
    rows: Pointer, ids: Pointer, table: Pointer, M: number, N: number, D: number, accumulate: Flag, scratch: Pointer,
  ): void;
  sumRows(x: Pointer, out: Pointer, M: number, N: number, accumulate: Flag): void;
  add(x: Pointer, out: Pointer, n: number): void;
  // prettier-ignore
  combineColumns(
    from: Pointer, to: Pointer, M: number, N: number, width: number, alpha: number, beta: number,
  ): void;
  fill(out: Pointer, n: number, value: number): void;
  sumOfSquares(x: Pointer, n: number): number;
  // prettier-ignore
  dropout(
    x: Pointer, out: Pointer, n: number, start: number, first: number, second: number, threshold: number, factor: number,
  ): void;
  // prettier-ignore
  adam(
    n: number, p: Pointer, g: Pointer, m: Pointer, v: Pointer, scale: number, keep: number, rate: number, root: number,
    epsilon: number, beta1: number, rest1: number, beta2: number, rest2: number,
  ): void;
  // prettier-ignore
  rmsprop(
    n: number, p: Pointer, g: Pointer, v: Pointer, scale: number, keep: number, learningRate: number, epsilon: number,
    beta2: number, rest2: number,
  ): void;
  // prettier-ignore
  sgd(
    n: number, p: Pointer, g: Pointer, m: Pointer, scale: number, keep: number, learningRate: number, momentum: number,
  ): void;
}
