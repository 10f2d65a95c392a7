/** Dropout by a counter-based mask: random.ts's hash in WGSL, whose integers wrap as `Math.imul` does. */
import { sizeOf } from '../kernels';
import type { Dropout, View } from '../kernels';
import { bufferOf, expectSize } from './memory';
import type { Queue } from './queue';

const LANES = 64;
/** Elements of a lane. */
const DEPTH = 4;

/** In place, or from another buffer: one buffer cannot be bound both ways. */
const program = (queue: Queue, inPlace: boolean) =>
  queue.program(`dropout ${inPlace ? 'in place' : ''}`, () => ({
    buffers: { x: 'f32', out: 'f32 written' } as const,
    parameters: {
      size: 'u32',
      x0: 'u32',
      out0: 'u32',
      key: 'u32',
      start: 'u32',
      rate: 'f32',
      width: 'u32',
      kept: 'f32', // prettier-ignore
    } as const,
    code: `
fn mix(value: u32) -> u32 {
  var x = value;
  x = (x ^ (x >> 16u)) * 0x7feb352du;
  x = (x ^ (x >> 15u)) * 0x846ca68bu;
  return x ^ (x >> 16u);
}
@compute @workgroup_size(${LANES})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let a = mix(p.key);
  let b = mix(p.key ^ 0x9e3779b9u);
  let begin = (group.y * p.width + group.x) * ${LANES * DEPTH}u + lane;
  for (var i = 0u; i < ${DEPTH}u; i += 1u) {
    let k = begin + i * ${LANES}u;
    if (k < p.size) {
      let uniform_k = f32(mix(mix((p.start + k) ^ a) + b) >> 8u) * (1.0 / 16777216.0);
      out[p.out0 + k] = ${inPlace ? 'out[p.out0 + k]' : 'x[p.x0 + k]'} * select(0.0, p.kept, uniform_k >= p.rate);
    }
  }
}`,
  }));

export const createDropout = (queue: Queue) => {
  const none = queue.scratch('none', 1);
  return (x: View, out: View, { rate, key, start }: Dropout): void => {
    const size = sizeOf(x.shape);
    expectSize(out, size);
    const inPlace = bufferOf(x) === bufferOf(out);
    if (inPlace && x.offset !== out.offset) throw new TypeError('Dropout goes to another buffer or in place');
    const groups = Math.ceil(size / (LANES * DEPTH));
    const width = Math.min(groups, 32768);
    queue.dispatch(
      program(queue, inPlace),
      { x: inPlace ? none : x, out },
      { size, x0: x.offset, out0: out.offset, key, start, rate, width, kept: 1 / (1 - rate) },
      [width, Math.ceil(groups / width)],
    );
  };
};
