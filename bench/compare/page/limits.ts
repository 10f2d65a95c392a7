/** Plain matrix products of N × N numbers, the operands ready: what a medium can do at most in this page. */
import type { Program } from '../../../src/model/kernels/simd/program';
import type { Runner } from '../protocol';
import { elementOf, multiplyOn } from '../training';
import { loadProgram, MEANS } from './program';
import { describeWebgl } from './renderer';

/** Of WebAssembly: the operands stay in the caches. */
const SMALL = 256;
/** Of a GPU. */
const LARGE = 1024;

const flopsOf = (n: number): number => 2 * n ** 3;

/** The simd engine's innermost product, on operands that are packed already. */
const openWasm = async (): Promise<Runner> => {
  const memory = new WebAssembly.Memory({ initial: 64, maximum: 65536 });
  const instance = await WebAssembly.instantiate(await loadProgram(), { env: { memory } });
  const program = instance.exports as unknown as Program;
  const n = SMALL;
  const [a, b, c, packed] = [0, 1, 2, 3].map((k) => 2 ** 20 + k * 4 * n * n);
  const floats = new Float32Array(memory.buffer);
  for (let k = 0; k < n * n; k++) {
    floats[a / 4 + k] = elementOf(k);
    floats[b / 4 + k] = elementOf(k + 1);
  }
  program.packA(a, n, n, n, packed);
  program.packB(b, n, 1, n, n, a);
  return {
    device: '',
    flops: flopsOf(n),
    steps: (count) => {
      for (let k = 0; k < count; k++) program.multiplyPacked(packed, a, c, n, n, n, n, 0);
      return Promise.resolve([]);
    },
  };
};

/** The product of our own programs in WGSL. */
const openWebGpu = async (): Promise<Runner> => {
  const { openWebGpu: open } = await import('../../../src/model/kernels/webgpu/open');
  const { kernels, info } = await open((lost) => {
    throw new Error(JSON.stringify(lost));
  }, MEANS);
  return { device: info.device, ...multiplyOn(kernels, LARGE) };
};

/** The product of TensorFlow.js. */
const openWebgl = async (): Promise<Runner> => {
  const tf = await import('@tensorflow/tfjs');
  tf.env().set('SOFTWARE_WEBGL_ENABLED', true);
  if (!(await tf.setBackend('webgl'))) throw new Error('TensorFlow.js has no webgl here');
  const n = LARGE;
  const [a, b] = [0, 1].map((seed) =>
    tf.tensor2d(
      Float32Array.from({ length: n * n }, (_, k) => elementOf(k + seed)),
      [n, n],
    ),
  );
  return {
    device: describeWebgl(),
    flops: flopsOf(n),
    steps: async (count) => {
      for (let k = 0; k < count; k++) {
        const product = a.matMul(b);
        // A row is enough to wait for the whole.
        const row = product.slice([0, 0], [1, n]);
        await row.data();
        tf.dispose([product, row]);
      }
      return [];
    },
  };
};

export const openLimit = (medium: string): Promise<Runner> => {
  switch (medium) {
    case 'wasm':
      return openWasm();
    case 'webgpu':
      return openWebGpu();
    case 'webgl':
      return openWebgl();
    default:
      throw new Error(`No limit of ${medium}`);
  }
};
