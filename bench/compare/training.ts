/** Steps of this project's own trainer on any kernels. */
import { allocateTraining, Arena } from '../../src/model/buffers';
import { shardsOf, streamsOf } from '../../src/model/batches';
import { viewOf, type Kernels } from '../../src/model/kernels/kernels';
import { deal } from '../../src/model/pairwise';
import { initialParameters } from '../../src/model/parameters';
import type { ShardSpec, ShardThread } from '../../src/model/shards';
import { Trainer, type QueuedStep } from '../../src/model/trainer';
import { architectureOf, settingsOf, streamsFor } from './problem';
import type { Runner } from './protocol';
import { flopsOf, type Shape } from './shapes';

/** As in a run of the page. */
const MOST_IN_FLIGHT = 2;

export const trainOn = (
  kernels: Kernels,
  shape: Shape,
  threads = 1,
  openThreads: (specs: readonly ShardSpec[]) => readonly ShardThread[] = () => [],
): Omit<Runner, 'device'> => {
  const settings = settingsOf(shape);
  const architecture = architectureOf(shape);
  const { batch, length, optimizer } = settings;
  const buffers = allocateTraining(new Arena(kernels), architecture, optimizer, length, batch, {
    shards: kernels.shards,
    threads,
  });
  const ids = streamsFor(shape);
  const streams = streamsOf(0, ids.length, batch, length);
  const [, ...hands] = deal(shardsOf(batch, kernels.shards).length, threads);
  const trainer = new Trainer(kernels, architecture, buffers, ids, streams, {
    threads: openThreads(hands.map((hand) => ({ settings, symbols: shape.V, hand }))),
    onLost: (cause) => {
      throw new Error(`A thread was lost: ${cause}`);
    },
  });
  kernels.write(trainer.network.parameters.all, initialParameters(architecture, settings));
  return {
    flops: flopsOf(shape),
    steps: async (count) => {
      const losses: number[] = [];
      const queue: QueuedStep[] = [];
      const finishOldest = async () => {
        const oldest = queue.shift();
        if (oldest) losses.push((await oldest.result).loss);
      };
      for (let k = 0; k < count; k++) {
        while (queue.length >= MOST_IN_FLIGHT) await finishOldest();
        queue.push(await trainer.queueStep(settings));
      }
      while (queue.length > 0) await finishOldest();
      await kernels.settle();
      return losses;
    },
  };
};

/** Products of N × N matrices by the kernels' own program. */
export const multiplyOn = (kernels: Kernels, n: number): Omit<Runner, 'device'> => {
  const [a, b, c] = [0, 1, 2].map((seed) => {
    const view = viewOf(kernels.allocate('float', n * n), [n, n]);
    kernels.write(
      view,
      Float32Array.from({ length: n * n }, (_, k) => elementOf(k + seed)),
    );
    return view;
  });
  return {
    flops: 2 * n ** 3,
    steps: async (count) => {
      for (let k = 0; k < count; k++) kernels.matmul(a, b, c);
      await kernels.settle();
      return [];
    },
  };
};

/** Element k of a matrix that is multiplied: small numbers of both signs. */
export const elementOf = (k: number): number => ((k * 7919) % 1009) / 1009 - 0.5;
