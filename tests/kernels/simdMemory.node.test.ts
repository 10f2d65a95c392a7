/** What a run and its threads take of WebAssembly memory, beside what the cost says. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createSimdKernels } from '../../src/model/kernels/simd';
import { Run } from '../../src/model/run';
import { serveShards } from '../../src/model/shardServer';
import type { ShardThread } from '../../src/model/shards';
import { DEFAULT_SETTINGS } from '../../src/model/settings';
import { datasetOf } from '../model/support/dataset';
import { simdProgram } from './simdProgram';

const memories: WebAssembly.Memory[] = [];

beforeEach(() => {
  memories.length = 0;
  const Memory = class extends WebAssembly.Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor);
      memories.push(this);
    }
  };
  vi.stubGlobal('WebAssembly', Object.create(WebAssembly, { Memory: { value: Memory } }));
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** V symbols, nothing held out. */
const textOf = (V: number) => {
  const symbols = String.fromCodePoint(...Array.from({ length: V }, (_, k) => 0x4e00 + k));
  return datasetOf(symbols.repeat(Math.ceil(20_000 / V)), 0);
};

it.each([
  ['many parameters', { units: 256, layers: 2, batch: 32, length: 8 }, 65],
  ['an embedding and many symbols', { units: 96, batch: 32, length: 8, input: 'embedding', embeddingSize: 64 }, 2000],
  ['many activations', { cell: 'gru', units: 64, layers: 3, batch: 64, length: 64 }, 65],
] as const)(
  'is what the cost says, with one, two, four and eight threads: %s',
  async (_, changes, V) => {
    const program = await simdProgram();
    for (const threads of [1, 2, 4, 8]) {
      memories.length = 0;
      const others = await Promise.all(Array.from({ length: threads - 1 }, () => createSimdKernels(program)));
      const run = Run.create({
        settings: { ...DEFAULT_SETTINGS, ...changes, threads },
        dataset: textOf(V),
        kernels: await createSimdKernels(program),
        memoryLimit: 2 ** 31,
        threads: {
          most: (wished) => wished,
          open: (specs): ShardThread[] => specs.map((spec, k) => serveShards(others[k], spec)),
          onLost: () => {
            expect.unreachable();
          },
        },
      });
      await run.step();
      await run.settle();
      expect(run.threads).toBe(threads);
      const taken = memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
      expect(memories).toHaveLength(threads);
      expect(run.cost.bytes / taken).toBeGreaterThan(0.9);
      expect(run.cost.bytes / taken).toBeLessThan(1.2);
      run.dispose();
    }
  },
  60_000,
);
