/** Global-norm clipping, decoupled weight decay and one step of Adam, RMSprop or SGD, nothing read back. */
import { sizeOf } from '../kernels';
import type { OptimizerName, OptimizerStep, View } from '../kernels';
import { bufferOf, expectSize } from './memory';
import { FINITE, NAN_BITS } from './program';
import type { Queue } from './queue';

const LANES = 64;
/** Lanes that add up squares, of each workgroup. */
const SUM_LANES = 256;
/** Numbers that one workgroup adds up by itself. */
const SMALL = 2 ** 17;
const MOST_GROUPS = 64;

/**
 * Each workgroup's sum of its elements, or of their squares, in a fixed order. The one that writes the result writes NaN
 * where a term or the guard is not finite.
 */
const sumProgram = (queue: Queue, squares: boolean) =>
  queue.program(squares ? 'squares' : 'sum', () => ({
    buffers: { x: 'f32', guard: 'f32', out: 'f32 written' } as const,
    parameters: { size: 'u32', x0: 'u32', out0: 'u32', stride: 'u32', guards: 'u32', nan: 'u32' } as const,
    code: `
var<workgroup> sums: array<f32, ${SUM_LANES}>;
${FINITE}
@compute @workgroup_size(${SUM_LANES})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  var mine = 0.0;
  for (var k = group.x * ${SUM_LANES}u + lane; k < p.size; k += p.stride) {
    let value = x[p.x0 + k];
    mine += ${squares ? 'value * value' : 'value'};
  }
  sums[lane] = mine;
  workgroupBarrier();
  if (lane == 0u) {
    var total = 0.0;
    var good = true;
    for (var l = 0u; l < ${SUM_LANES}u; l += 1u) {
      good = good && finite(sums[l]);
      total += sums[l];
    }
    for (var k = 0u; k < p.guards; k += 1u) { good = good && finite(guard[k]); }
    out[p.out0 + group.x] = select(bitcast<f32>(p.nan), total, good);
  }
}`,
  }));

/** The equations are those of the reference; `rate` is Adam's learning rate over its first correction. */
const UPDATES: Readonly<Record<OptimizerName, string>> = {
  adam: `
    let m1 = p.beta1 * first[p.first0 + k] + (1.0 - p.beta1) * slope;
    let m2 = p.beta2 * second[p.second0 + k] + (1.0 - p.beta2) * slope * slope;
    first[p.first0 + k] = m1;
    second[p.second0 + k] = m2;
    value -= p.rate * m1 / (sqrt(m2) / p.root + p.epsilon);`,
  rmsprop: `
    let m2 = p.beta2 * first[p.first0 + k] + (1.0 - p.beta2) * slope * slope;
    first[p.first0 + k] = m2;
    value -= p.rate * slope / (sqrt(m2) + p.epsilon);`,
  sgd: `
    let m1 = p.beta1 * first[p.first0 + k] + slope;
    first[p.first0 + k] = m1;
    value -= p.rate * m1;`,
};

const stepProgram = (queue: Queue, name: OptimizerName) =>
  queue.program(`optimizer ${name}`, () => ({
    buffers: {
      gradient: 'f32',
      norm: 'f32',
      parameters: 'f32 written',
      first: 'f32 written',
      second: 'f32 written',
    } as const,
    parameters: {
      size: 'u32',
      parameters0: 'u32',
      gradient0: 'u32',
      norm0: 'u32',
      first0: 'u32',
      second0: 'u32',
      width: 'u32', // prettier-ignore
      clip: 'f32',
      rate: 'f32',
      keep: 'f32',
      beta1: 'f32',
      beta2: 'f32',
      epsilon: 'f32',
      root: 'f32', // prettier-ignore
    } as const,
    code: `
${FINITE}
@compute @workgroup_size(${LANES})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let k = (group.y * p.width + group.x) * ${LANES}u + lane;
  let square = norm[p.norm0];
  if (k >= p.size || !finite(square)) { return; }
  let slope = gradient[p.gradient0 + k] * min(1.0, p.clip / (sqrt(square) + 1e-6));
  var value = parameters[p.parameters0 + k] * p.keep;
  ${UPDATES[name]}
  parameters[p.parameters0 + k] = value;
}`,
  }));

export const createOptimizer = (queue: Queue) => {
  const spare = queue.scratch('spare', 1);

  const sumOfSquares = (x: View, out: View, guard?: View): void => {
    const size = sizeOf(x.shape);
    expectSize(out, 1);
    const guards = guard ? sizeOf(guard.shape) : 0;
    // By way of a copy: the guard may stand where the sum goes.
    const seen = queue.scratch('guard', Math.max(1, guards));
    if (guard) queue.copy(bufferOf(guard).gpu, guard.offset, seen.gpu, 0, guards);
    const groups = size <= SMALL ? 1 : MOST_GROUPS;
    const stride = groups * SUM_LANES;
    const last = { out0: out.offset, guards, nan: NAN_BITS };
    if (groups === 1) {
      queue.dispatch(sumProgram(queue, true), { x, guard: seen, out }, { size, x0: x.offset, stride, ...last }, [1]);
      return;
    }
    const partial = queue.scratch('partial', groups);
    const first = { size, x0: x.offset, stride, out0: 0, guards: 0, nan: NAN_BITS };
    queue.dispatch(sumProgram(queue, true), { x, guard: seen, out: partial }, first, [groups]);
    const rest = { size: groups, x0: 0, stride: SUM_LANES, ...last };
    queue.dispatch(sumProgram(queue, false), { x: partial, guard: seen, out }, rest, [1]);
  };

  const optimizerStep = (step: OptimizerStep): void => {
    const { name, parameters, gradient, moments, squaredNorm } = step;
    const size = sizeOf(parameters.shape);
    expectSize(gradient, size);
    for (const moment of moments) expectSize(moment, size);
    const [first, second = { buffer: null, offset: 0 }] = moments;
    const groups = Math.ceil(size / LANES);
    const width = Math.min(groups, 32768);
    queue.dispatch(
      stepProgram(queue, name),
      { gradient, norm: squaredNorm, parameters, first, second: second.buffer === null ? spare : second },
      {
        size,
        parameters0: parameters.offset,
        gradient0: gradient.offset,
        norm0: squaredNorm.offset,
        first0: first.offset,
        second0: second.offset,
        width,
        // The largest number stands for infinity, which shader compilers need not know.
        clip: Math.min(step.clip, 3e38),
        rate: name === 'adam' ? step.learningRate / step.correction1 : step.learningRate,
        keep: 1 - step.learningRate * step.weightDecay,
        beta1: step.beta1,
        beta2: step.beta2,
        epsilon: step.epsilon,
        root: Math.sqrt(step.correction2),
      },
      [width, Math.ceil(groups / width)],
    );
  };

  return { sumOfSquares, optimizerStep };
};
