/** GLSL programs over blocks of 2 × 2 elements, the way TensorFlow.js packs matrices into textures on WebGL. */
import type { Tensor, TensorInfo } from '@tensorflow/tfjs';
import type { Tf } from './tensors';

/** The part of the backend that is used here; its package is a dependency of the library's own. */
interface Backend {
  compileAndRun(
    program: {
      readonly variableNames: string[];
      readonly outputShape: number[];
      readonly userCode: string;
      readonly packedInputs: true;
      readonly packedOutput: true;
      readonly customUniforms: { readonly name: string; readonly type: 'int' }[];
    },
    inputs: TensorInfo[],
    type: 'float32',
    uniforms: number[][],
  ): TensorInfo;
}

interface PackedProgram {
  /** Tensors by their names in the code: `x` is read by `getX`. */
  readonly inputs: Readonly<Record<string, Tensor>>;
  /** Integers by their names in the code. */
  readonly uniforms?: Readonly<Record<string, number>>;
  /** A matrix. */
  readonly shape: readonly [number, number];
  /** The vec4 at `row` and `column`, both even. */
  readonly code: string;
}

/** Whether matrices of `columns` columns lie in blocks that begin at every second one. */
export const isPacked = (tf: Tf, columns: number): boolean =>
  tf.getBackend() === 'webgl' && columns % 2 === 0 && tf.env().getBool('WEBGL_PACK');

/** One draw. */
export const runPacked = (tf: Tf, { inputs, uniforms = {}, shape, code }: PackedProgram): Tensor => {
  const result = (tf.backend() as unknown as Backend).compileAndRun(
    {
      variableNames: Object.keys(inputs),
      outputShape: [...shape],
      packedInputs: true,
      packedOutput: true,
      customUniforms: Object.keys(uniforms).map((name) => ({ name, type: 'int' })),
      userCode: `
        vec4 value(int row, int column) {
          ${code}
        }
        void main() {
          ivec2 place = getOutputCoords();
          setOutput(value(place.x, place.y));
        }`,
    },
    Object.values(inputs),
    'float32',
    Object.values(uniforms).map((number) => [number]),
  );
  return tf.engine().makeTensorFromTensorInfo(result);
};
