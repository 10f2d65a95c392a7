/** Matrix products in every form that the network needs, and the sums over rows that go with them. */
import { sizeOf } from '../kernels';
import type { MatmulOptions, View } from '../kernels';
import { bufferOf, expectSize } from './memory';
import { MODE } from './product';
import type { Form } from './product';
import { deepProduct } from './productDeep';
import { wideProduct } from './productWide';
import type { Bound, Queue } from './queue';
import type { Tuning } from './tuning';

/** Where K is long and the result small, K is cut into slices: workgroups that fill a device of either kind. */
const ENOUGH = { wide: 64, deep: 8 } as const;
/** Fewest terms of a slice. */
const SHORTEST = 128;

const REDUCE_LANES = 64;

/** Adds the layers that slices of K have written, in their order, and does what the product would have done. */
const reduceProgram = (queue: Queue) =>
  queue.program('product layers', () => ({
    buffers: { layers: 'f32', bias: 'f32', out: 'f32 written' } as const,
    parameters: {
      size: 'u32',
      N: 'u32',
      bias0: 'u32',
      out0: 'u32',
      sums0: 'u32',
      mode: 'u32',
      layers: 'u32',
      stride: 'u32',
      rows: 'u32', // prettier-ignore
    } as const,
    code: `
@compute @workgroup_size(${REDUCE_LANES})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (group.y * p.rows + group.x) * ${REDUCE_LANES}u + lane;
  if (i >= p.stride) { return; }
  var value = 0.0;
  for (var l = 0u; l < p.layers; l += 1u) { value += layers[l * p.stride + i]; }
  let o = select(p.sums0 + i - p.size, p.out0 + i, i < p.size);
  if (p.mode == ${MODE.accumulate}u) {
    value += out[o];
  } else if (p.mode == ${MODE.addBias}u) {
    value += bias[p.bias0 + i % p.N];
  }
  out[o] = value;
}`,
  }));

const formOf = ({ transposeA = false, transposeB = false }: MatmulOptions): Form => {
  if (transposeA && transposeB) throw new TypeError('Not both sides can be transposed');
  return transposeA ? 'TN' : transposeB ? 'NT' : 'NN';
};

export const createMatmul = (queue: Queue, tuning: Tuning) => {
  /** Bound where there is no bias. */
  const none = queue.scratch('none', 1);

  return (a: View, b: View, out: View, options: MatmulOptions = {}): void => {
    const { accumulate = false, bias, sums } = options;
    const form = formOf(options);
    const [M, N] = out.shape;
    const K = a.shape[form === 'TN' ? 0 : 1];
    expectSize(a, M, K);
    expectSize(b, K, N);
    if (bias) expectSize(bias, N);
    if (sums) expectSize(sums, N);
    if (bias && accumulate) throw new TypeError('A bias and accumulation exclude each other');
    if (sums && (form !== 'TN' || bias)) throw new TypeError('Sums go with a transposed left side and no bias');
    if (sums && bufferOf(sums) !== bufferOf(out)) throw new TypeError('Sums stand in the buffer of the product');

    const plan =
      tuning.cut === 'deep'
        ? deepProduct(queue, form, { M, N }, tuning.quads, Boolean(sums))
        : wideProduct(queue, form, { M, N }, Boolean(sums));
    const [x, y] = [Math.ceil(N / plan.columns), Math.ceil(M / plan.rows)];
    const layers = Math.max(1, Math.min(Math.floor(ENOUGH[tuning.cut] / (x * y)), Math.floor(K / SHORTEST)));
    const slice = Math.ceil(K / layers);
    const mode = accumulate ? MODE.accumulate : bias ? MODE.addBias : MODE.replace;
    const size = sizeOf(out.shape);
    const stride = size + (sums ? N : 0);
    const addresses = { out0: out.offset, sums0: sums?.offset ?? 0, bias0: bias?.offset ?? 0, mode };
    const product = (into: View | Bound, where: typeof addresses): void => {
      queue.dispatch(
        plan.program,
        { a, b, bias: bias ?? none, out: into },
        { M, N, K, a0: a.offset, b0: b.offset, slice, stride, ...where },
        [x, y, layers],
      );
    };
    if (layers === 1) {
      product(out, addresses);
      return;
    }
    const partial = queue.scratch('layers', layers * stride);
    product(partial, { out0: 0, sums0: size, bias0: 0, mode: MODE.replace });
    const groups = Math.ceil(stride / REDUCE_LANES);
    const rows = Math.min(groups, 32768);
    queue.dispatch(
      reduceProgram(queue),
      { layers: partial, bias: bias ?? none, out },
      { size, N, layers, stride, rows, ...addresses },
      [rows, Math.ceil(groups / rows)],
    );
  };
};
