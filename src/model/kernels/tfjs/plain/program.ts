/** A WGSL program in which every invocation works alone, run by TensorFlow.js on its tensors. */
import type { TensorInfo } from '@tensorflow/tfjs';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

const WORKGROUP = 64;

interface PlainProgram {
  /** Names everything that the code depends on beside ranks and types. */
  readonly key: string;
  /** `fn main(index : i32)`, called for at least each index below `uniforms.invocations`; writes to `result`. */
  readonly code: string;
  /** Tensors by their names in the code. */
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  /** Elements of the inputs that one load takes, 1 or 4. */
  readonly components?: readonly number[];
  /** Integers by their names in the code's `uniforms`. */
  readonly uniforms: Readonly<Record<string, number>>;
  readonly invocations: number;
  readonly outputShape: readonly number[];
  /** Written to in place of a new tensor. */
  readonly output?: TensorInfo;
}

export const runPlain = (backend: WebGPUBackend, plain: PlainProgram): TensorInfo => {
  const outputShape = [...plain.outputShape];
  const integers = { ...plain.uniforms, invocations: plain.invocations };
  return backend.runWebGPUProgram(
    {
      variableNames: Object.keys(plain.inputs),
      ...(plain.components && { variableComponents: [...plain.components] }),
      outputShape,
      uniforms: Object.keys(integers)
        .map((name) => `${name} : i32,`)
        .join(' '),
      shaderKey: `plain_${plain.key}`,
      workgroupSize: [WORKGROUP, 1, 1],
      dispatchLayout: { x: outputShape.map((_, axis) => axis) },
      dispatch: [Math.ceil(plain.invocations / WORKGROUP), 1, 1],
      getUserCode: () => plain.code,
    },
    Object.values(plain.inputs),
    'float32',
    Object.values(integers).map((value) => ({ type: 'int32', data: [value] })),
    plain.output,
  );
};
