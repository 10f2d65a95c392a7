/** Concatenation: each input is put in its place by a program of its own. */
import type { TensorInfo } from '@tensorflow/tfjs';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { sizeOf } from '../../kernels';
import { runPlain } from './program';

/** Rows of `width` elements, to columns `start` and on of rows of `pitch`. */
const PLACE = `
    fn main(index : i32) {
      if (index >= uniforms.invocations) { return; }
      result[(index / uniforms.width) * uniforms.pitch + uniforms.start + index % uniforms.width] = x[index];
    }`;

interface ConcatArguments {
  readonly inputs: readonly TensorInfo[];
  readonly attrs: { readonly axis: number };
  readonly backend: WebGPUBackend;
}

export const concat = ({ inputs, attrs, backend }: ConcatArguments): TensorInfo => {
  const [{ shape }] = inputs;
  const axis = attrs.axis < 0 ? attrs.axis + shape.length : attrs.axis;
  const widths = inputs.map((x) => sizeOf(x.shape.slice(axis)));
  const pitch = widths.reduce((a, b) => a + b, 0);
  const along = inputs.reduce((sum, x) => sum + x.shape[axis], 0);
  const outputShape = [...shape.slice(0, axis), along, ...shape.slice(axis + 1)];
  const output = backend.makeTensorInfo(outputShape, 'float32');
  let start = 0;
  inputs.forEach((x, k) => {
    const width = widths[k];
    runPlain(backend, {
      key: 'place',
      code: PLACE,
      inputs: { x },
      uniforms: { width, pitch, start },
      invocations: sizeOf(x.shape),
      outputShape,
      output,
    });
    start += width;
  });
  return output;
};
