/** What the TensorFlow.js engines hold: nothing is left behind by steps, runs or engines. */
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { createRun } from '../model/support/runs';
import { ENGINES } from './engines';

describe.each(ENGINES.filter(({ name }) => name.startsWith('tfjs-')))('$name', (engine) => {
  it('holds no more tensors after 50 steps than after 10, and none after the run', async () => {
    const kernels = await engine.open();
    const before = tf.memory().numTensors;
    const run = createRun({ layers: 2, dropout: 0.2, evaluateEvery: 10 }, kernels);
    const take = async (steps: number) => {
      for (let k = 0; k < steps; k++) await run.step();
      await run.probe(Int32Array.of(0, 1, 2), 0);
      await run.settle();
      return tf.memory().numTensors;
    };
    const after = await take(10);
    expect(after).toBeGreaterThan(before);
    expect(await take(40)).toBeLessThanOrEqual(after);
    run.dispose();
    expect(tf.memory().numTensors).toBe(before);
    kernels.dispose();
  });
});
