/** What the two ways of cutting a matrix product share: which element stands where, and how results are written. */
import type { Program } from './program';

/** Which side is transposed: out = op(a) op(b) with a [M, K] or [K, M], b [K, N] or [N, K]. */
export type Form = 'NN' | 'TN' | 'NT';

/** What becomes of the sums: values of the parameter `mode`. */
export const MODE = { replace: 0, accumulate: 1, addBias: 2 } as const;

export type ProductParameters =
  | 'M' | 'N' | 'K' | 'a0' | 'b0' | 'bias0' | 'out0' | 'sums0' | 'mode' | 'slice' | 'stride'; // prettier-ignore

export type ProductProgram = Program<'a' | 'b' | 'bias' | 'out', ProductParameters>;

/** A program, and how many rows and columns of the result one workgroup makes. */
export interface ProductPlan {
  readonly program: ProductProgram;
  readonly rows: number;
  readonly columns: number;
}

export const PRODUCT = {
  buffers: { a: 'f32', b: 'f32', bias: 'f32', out: 'f32 written' },
  parameters: {
    M: 'u32',
    N: 'u32',
    K: 'u32',
    a0: 'u32',
    b0: 'u32',
    bias0: 'u32',
    out0: 'u32',
    /** Where the sums over the rows of b go, in `out` too. */
    sums0: 'u32',
    mode: 'u32',
    /** Terms of K for one layer of workgroups, and words between what two layers write. */
    slice: 'u32',
    stride: 'u32',
  },
} as const;

export const addressOfA = (form: Form, m: string, k: string): string =>
  form === 'TN' ? `p.a0 + (${k}) * p.M + ${m}` : `p.a0 + ${m} * p.K + ${k}`;

export const addressOfB = (form: Form, k: string, n: string): string =>
  form === 'NT' ? `p.b0 + ${n} * p.K + ${k}` : `p.b0 + (${k}) * p.N + ${n}`;

export const STORE = `
fn put(o: u32, n: u32, value: f32) {
  var result = value;
  if (p.mode == ${MODE.accumulate}u) { result += out[o]; }
  if (p.mode == ${MODE.addBias}u) { result += bias[p.bias0 + n]; }
  out[o] = result;
}
fn store(layer: u32, m: u32, n: u32, value: f32) {
  if (m < p.M && n < p.N) { put(p.out0 + layer * p.stride + m * p.N + n, n, value); }
}
fn storeSum(layer: u32, n: u32, value: f32) {
  if (n < p.N) { put(p.sums0 + layer * p.stride + n, n, value); }
}`;
