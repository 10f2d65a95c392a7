/** Sums, largest and smallest elements: an invocation goes over a stretch. */
import type { TensorInfo } from '@tensorflow/tfjs';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { sizeOf } from '../../kernels';
import type { Tf } from '../tensors';
import { runPlain } from './program';

/** Elements that an invocation reduces: long sums are sums of sums, which also rounds less. */
const PIECE = 256;

const COMBINE = { Sum: 'value + next', Max: 'max(value, next)', Min: 'min(value, next)' } as const;

export type Reduction = keyof typeof COMBINE;

const code = (combined: string): string => `
    fn main(index : i32) {
      if (index >= uniforms.invocations) { return; }
      let i = index % uniforms.inner;
      let piece = (index / uniforms.inner) % uniforms.pieces;
      let outer = index / (uniforms.inner * uniforms.pieces);
      let first = piece * ${PIECE};
      let end = min(first + ${PIECE}, uniforms.length);
      let start = outer * uniforms.length * uniforms.inner + i;
      var value = x[start + first * uniforms.inner];
      for (var k = first + 1; k < end; k++) {
        let next = x[start + k * uniforms.inner];
        value = ${combined};
      }
      result[index] = value;
    }`;

interface ReduceArguments {
  readonly inputs: { readonly x: TensorInfo };
  readonly attrs: {
    readonly axis?: number | number[];
    readonly reductionIndices?: number | number[];
    readonly keepDims: boolean;
  };
  readonly backend: WebGPUBackend;
}

/** Over axes that stand together: [outer, length, inner] to [outer, inner]. */
export const reduce =
  (tf: Tf, name: Reduction) =>
  ({ inputs: { x }, attrs, backend }: ReduceArguments): TensorInfo => {
    const axes = tf.util.parseAxisParam(attrs.axis ?? attrs.reductionIndices ?? x.shape.map((_, k) => k), x.shape);
    const [first, last] = [axes[0], axes[axes.length - 1]];
    if (last - first !== axes.length - 1) throw new RangeError(`No plain program over the axes ${String(axes)}`);
    const outer = sizeOf(x.shape.slice(0, first));
    const inner = sizeOf(x.shape.slice(last + 1));
    const outputShape = attrs.keepDims
      ? x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
      : x.shape.filter((_, axis) => !axes.includes(axis));
    let current = x;
    let length = sizeOf(x.shape.slice(first, last + 1));
    do {
      const pieces = Math.ceil(length / PIECE);
      const next = runPlain(backend, {
        key: name,
        code: code(COMBINE[name]),
        inputs: { x: current },
        uniforms: { inner, pieces, length },
        invocations: outer * pieces * inner,
        outputShape: pieces === 1 ? outputShape : [outer, pieces, inner],
      });
      if (current !== x) backend.disposeData(current.dataId);
      current = next;
      length = pieces;
    } while (length > 1);
    return current;
  };
