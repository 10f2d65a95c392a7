/** Matrix products: an invocation computes a tile of 4 × 4. */
import type { TensorInfo } from '@tensorflow/tfjs';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { sizeOf } from '../../kernels';
import { runPlain } from './program';

const TILE = 4;
const LANES = [0, 1, 2, 3];

interface Form {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  /** Whether four elements that stand together are loaded at once. */
  readonly fours: boolean;
  /** Rank of what is added: [N] or [.., M, N]. */
  readonly biasRank: number;
  readonly sigmoid: boolean;
}

const each = (line: (i: number) => string): string => LANES.map(line).join('\n');

/** Adds row k of B, weighed by each row's element of A, to the sums s0 to s3 of the tile's rows. */
const byOne = ({ transposeA, transposeB }: Form): string => `
      let v = vec4<f32>(${LANES.map((j) => (transposeB ? `B[c${j} * uniforms.K + k]` : `B[k * uniforms.N + c${j}]`)).join(', ')});
      ${each((i) => `s${i} += ${transposeA ? `A[k * uniforms.M + r${i}]` : `A[r${i} * uniforms.K + k]`} * v;`)}`;

/** The same for four k, with loads of four. */
const byFour = ({ transposeA, transposeB }: Form): string => {
  const loadA = (i: number) =>
    `let a${i} = A[(${transposeA ? `(k + ${i}) * uniforms.M + row` : `r${i} * uniforms.K + k`}) / 4];`;
  const loadB = (i: number) =>
    `let b${i} = B[(${transposeB ? `c${i} * uniforms.K + k` : `(k + ${i}) * uniforms.N + column`}) / 4];`;
  const a = (i: number, q: number) => (transposeA ? `a${q}[${i}]` : `a${i}[${q}]`);
  const add = (i: number) =>
    transposeB
      ? `s${i} += vec4<f32>(${LANES.map((j) => `dot(a${i}, b${j})`).join(', ')});`
      : `s${i} += ${LANES.map((q) => `${a(i, q)} * b${q}`).join(' + ')};`;
  return `${each(loadA)}\n${each(loadB)}\n${each(add)}`;
};

const code = (form: Form): string => {
  const { biasRank, sigmoid, fours } = form;
  return `
    fn put(r : i32, c : i32, sum : f32) {
      if (r >= uniforms.M || c >= uniforms.N) { return; }
      var value = sum;
      ${biasRank === 0 ? '' : `value += ${biasRank === 1 ? 'bias[c]' : 'bias[r * uniforms.N + c]'};`}
      ${sigmoid ? 'value = 1.0 / (1.0 + exp(-value));' : ''}
      result[r * uniforms.N + c] = value;
    }
    fn main(index : i32) {
      if (index >= uniforms.invocations) { return; }
      let across = (uniforms.N + ${TILE - 1}) / ${TILE};
      let row = (index / across) * ${TILE};
      let column = (index % across) * ${TILE};
      // Rows and columns beyond the edge repeat the last one and are not written.
      ${each((i) => `let r${i} = min(row + ${i}, uniforms.M - 1); let c${i} = min(column + ${i}, uniforms.N - 1);`)}
      ${each((i) => `var s${i} = vec4<f32>();`)}
      for (var k = 0; k < uniforms.K; k += ${fours ? 4 : 1}) {
        ${fours ? byFour(form) : byOne(form)}
      }
      ${each((i) => LANES.map((j) => `put(row + ${i}, column + ${j}, s${i}[${j}]);`).join(' '))}
    }`;
};

interface ProductArguments {
  readonly inputs: { readonly a: TensorInfo; readonly b: TensorInfo; readonly bias?: TensorInfo };
  readonly attrs: { readonly transposeA: boolean; readonly transposeB: boolean; readonly activation?: string };
  readonly backend: WebGPUBackend;
}

/** op(a) op(b) + bias, of matrices; the library puts an axis of one before them. */
export const product = ({ inputs, attrs, backend }: ProductArguments): TensorInfo => {
  const { a, b, bias } = inputs;
  const { transposeA, transposeB, activation = 'linear' } = attrs;
  const outer = a.shape.slice(0, -2);
  if (sizeOf([...outer, ...b.shape.slice(0, -2)]) !== 1 || !['linear', 'sigmoid'].includes(activation)) {
    throw new RangeError(`No plain program for ${activation} of ${String(a.shape)} and ${String(b.shape)}`);
  }
  const [rows, columns] = a.shape.slice(-2);
  const [M, K] = transposeA ? [columns, rows] : [rows, columns];
  const N = b.shape[b.shape.length - (transposeB ? 2 : 1)];
  const aligned = [K, transposeA ? M : K, transposeB ? K : N].every((size) => size % 4 === 0);
  const fours = aligned && !(transposeA && transposeB);
  const biasRank = bias?.shape.length ?? 0;
  const form = { transposeA, transposeB, fours, biasRank, sigmoid: activation === 'sigmoid' };
  return runPlain(backend, {
    key: `product_${Object.values(form).join('_')}`,
    code: code(form),
    inputs: { A: a, B: b, ...(bias && { bias }) },
    components: fours ? [4, 4, 1] : [1, 1, 1],
    uniforms: { M, N, K },
    invocations: Math.ceil(M / TILE) * Math.ceil(N / TILE),
    outputShape: [...outer, M, N],
  });
};
