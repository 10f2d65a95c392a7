/** What people write with TensorFlow.js: layers, compiled and trained on a batch, with the library's own settings. */
import * as tf from '@tensorflow/tfjs';
import { batchOf, oneHotOf, settingsOf, weightsOf } from '../problem';
import type { Runner } from '../protocol';
import { flopsOf, type Shape } from '../shapes';
import { describeWebgl } from './renderer';

const openBackend = async (name: string): Promise<string> => {
  if (name === 'wasm') {
    const [{ setWasmPaths }, { default: simd }, { default: threaded }, { default: plain }] = await Promise.all([
      import('@tensorflow/tfjs-backend-wasm'),
      import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'),
      import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url'),
      import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'),
    ]);
    setWasmPaths({
      'tfjs-backend-wasm-simd.wasm': simd,
      'tfjs-backend-wasm-threaded-simd.wasm': threaded,
      'tfjs-backend-wasm.wasm': plain,
    });
  }
  if (name === 'webgpu') await import('@tensorflow/tfjs-backend-webgpu');
  // Without this the library refuses a context on software.
  if (name === 'webgl') tf.env().set('SOFTWARE_WEBGL_ENABLED', true);
  if (!(await tf.setBackend(name))) throw new Error(`TensorFlow.js has no ${name} here`);
  await tf.ready();
  return name === 'webgl' ? describeWebgl() : '';
};

export const openLayers = async (backend: string, shape: Shape): Promise<Runner> => {
  const device = await openBackend(backend);
  const { H, L, T, B, V } = shape;
  const model = tf.sequential();
  for (let layer = 0; layer < L; layer++) {
    model.add(
      tf.layers.lstm({
        units: H,
        returnSequences: true,
        recurrentActivation: 'sigmoid',
        ...(layer === 0 && { inputShape: [T, V] }),
      }),
    );
  }
  model.add(tf.layers.dense({ units: V, activation: 'softmax' }));

  const weights = weightsOf(shape);
  const tensorOf = (name: string): tf.Tensor => {
    const found = weights.get(name);
    if (!found) throw new Error(`No weights ${name}`);
    return tf.tensor(found.values, [...found.shape]);
  };
  // Keras has the gates in the same order, and one bias.
  model.layers.forEach((layer, l) => {
    layer.setWeights(
      l < L
        ? ['input', 'recurrent', 'bias'].map((name) => tensorOf(`layers.${String(l)}.${name}`))
        : [tensorOf('output.weight'), tensorOf('output.bias')],
    );
  });
  const { learningRate } = settingsOf(shape);
  model.compile({ optimizer: tf.train.adam(learningRate, 0.9, 0.999, 1e-8), loss: 'categoricalCrossentropy' });

  const { inputs, targets } = batchOf(shape);
  // Float32 from the start: made of an int32 tensor, the library's webgpu backend computes a loss of exactly 0.
  const oneHot = (ids: Int32Array): tf.Tensor => tf.tensor(oneHotOf(ids, V), [B, T, V]);
  const [x, y] = [oneHot(inputs), oneHot(targets)];
  return {
    device,
    flops: flopsOf(shape),
    steps: async (count) => {
      const losses: number[] = [];
      for (let k = 0; k < count; k++) losses.push(Number(await model.trainOnBatch(x, y)));
      return losses;
    },
  };
};
