/** What the network writes and how it reads a probe: the same kernels, the same numbers. */
import { describe, expect, it } from 'vitest';
import type { HostArray } from '../../src/model/kernels/kernels';
import { createReferenceKernels } from '../../src/model/kernels/reference';
import { uniform } from '../../src/model/random';
import type { Run } from '../../src/model/run';
import { drawSymbol } from '../../src/model/sampling';
import type { Sampling } from '../../src/model/sampling';
import { TOP } from '../../src/model/telemetry';
import { datasetOf, PATTERN } from './support/dataset';
import { createRun, losses } from './support/runs';

const write = async (run: Run, o: Partial<Parameters<Run['sample']>[0]> = {}): Promise<number[]> => {
  const symbols = [];
  const options = { prompt: Int32Array.of(1, 2), temperature: 0.8, topK: 0, topP: 1, count: 40, seed: 3, ...o };
  for await (const symbol of run.sample(options)) {
    symbols.push(symbol);
  }
  return symbols;
};
const trained = async (steps: number, changes = {}): Promise<Run> => {
  const run = createRun({ learningRate: 0.02, ...changes });
  await losses(run, steps);
  return run;
};

describe('drawing a symbol', () => {
  const ALL: Sampling = { temperature: 1, topK: 0, topP: 1 };
  const frequencies = (logits: HostArray, temperature: number): number[] => {
    const n = 40_000;
    const counts = new Array<number>(logits.length).fill(0);
    for (let k = 0; k < n; k++) counts[drawSymbol(logits, { ...ALL, temperature }, uniform(8, k))]++;
    return counts.map((count) => count / n);
  };
  /** The shares of chances, evenly spread, with which symbols of these weights are drawn. */
  const shares = (weights: readonly number[], sampling: Partial<Sampling>): number[] => {
    const n = 3 * 2 ** 10;
    const logits = Float64Array.from(weights, Math.log);
    const counts = weights.map(() => 0);
    for (let k = 0; k < n; k++) counts[drawSymbol(logits, { ...ALL, ...sampling }, (k + 0.5) / n)]++;
    return counts.map((count) => count / n);
  };

  it.each([0.5, 1, 3])('follows the softmax at temperature %d', (temperature) => {
    const logits = Float64Array.of(1, -1, 2, 0.5);
    const weights = Array.from(logits, (logit) => Math.exp(logit / temperature));
    const sum = weights.reduce((a, b) => a + b);
    frequencies(logits, temperature).forEach((share, k) => {
      expect(Math.abs(share - weights[k] / sum)).toBeLessThan(0.01);
    });
  });

  it('takes the largest near temperature 0, whatever the scale of the logits', () => {
    expect(frequencies(Float64Array.of(900, 1000, 999), 0.05)[1]).toBe(1);
  });

  it('never takes what has no chance, even at the ends', () => {
    const logits = Float64Array.of(-Infinity, 0, -Infinity);
    expect([drawSymbol(logits, ALL, 0), drawSymbol(logits, ALL, 1 - 2 ** -24)]).toEqual([1, 1]);
  });

  it('takes the largest at temperature 0, and the first of equal ones', () => {
    for (const u of [0, 0.5, 1 - 2 ** -24]) {
      expect(drawSymbol(Float64Array.of(1, 3, 2), { ...ALL, temperature: 0 }, u)).toBe(1);
      expect(drawSymbol(Float32Array.of(1, 2, 2, 1), { ...ALL, temperature: 0 }, u)).toBe(1);
      expect(drawSymbol(Float64Array.of(-Infinity, -7), { ...ALL, temperature: 0 }, u)).toBe(1);
    }
  });

  it('leaves the k likeliest, in the shares that they have among each other', () => {
    const weights = [1, 8, 2, 4, 1];
    expect(shares(weights, { topK: 2 })).toEqual([0, 2 / 3, 0, 1 / 3, 0]);
    expect(shares(weights, { topK: 1 })).toEqual([0, 1, 0, 0, 0]);
    const all = shares(weights, {});
    expect(all).toEqual(weights.map((weight) => weight / 16));
    for (const topK of [5, 6, 20000]) expect(shares(weights, { topK })).toEqual(all);
  });

  it('leaves the fewest whose chances make up the nucleus', () => {
    const weights = [2, 8, 1, 4, 1];
    expect(shares(weights, { topP: 0.01 })).toEqual([0, 1, 0, 0, 0]);
    expect(shares(weights, { topP: 0.49 })).toEqual([0, 1, 0, 0, 0]);
    expect(shares(weights, { topP: 0.51 })).toEqual([0, 2 / 3, 0, 1 / 3, 0]);
    expect(shares(weights, { topP: 0.74 })).toEqual([0, 2 / 3, 0, 1 / 3, 0]);
    expect(shares(weights, { topP: 1 })).toEqual(weights.map((weight) => weight / 16));
  });

  it('leaves the first of symbols that are equally likely', () => {
    expect(shares([1, 1, 1, 1], { topK: 3 })).toEqual([1 / 3, 1 / 3, 1 / 3, 0]);
    expect(shares([1, 1, 1, 1], { topP: 0.5 })).toEqual([0.5, 0.5, 0, 0]);
    expect(shares([1, 2, 1, 2, 2], { topK: 2 })).toEqual([0, 0.5, 0, 0.5, 0]);
  });

  it('measures the nucleus by the temperature, and by what top-k has left', () => {
    // At temperature 0.5 weights are squared: 16, 4, 1, 1.
    expect(shares([4, 2, 1, 1], { topP: 0.6 })).toEqual([2 / 3, 1 / 3, 0, 0]);
    expect(shares([4, 2, 1, 1], { topP: 0.6, temperature: 0.5 })).toEqual([1, 0, 0, 0]);
    // Of 3 : 2 the first has 0.6, of 3 : 2 : 1 it has 0.5.
    expect(shares([3, 2, 1], { topP: 0.55, topK: 2 })).toEqual([1, 0, 0]);
    expect(shares([3, 2, 1], { topP: 0.55 })[1]).toBeGreaterThan(0);
  });
});

describe('a sample', () => {
  it('is the same for the same seed, another for another, and has the length asked for', async () => {
    const run = await trained(30);
    const first = await write(run);
    expect(first).toHaveLength(40);
    expect(await write(run)).toEqual(first);
    expect(await write(run, { seed: 4 })).not.toEqual(first);
  });

  it('goes on with the most likely symbols at temperature 0, as the probe names them', async () => {
    const run = await trained(60, { layers: 2, cell: 'gru' });
    const prompt = Int32Array.of(3, 4, 5);
    const symbols = await write(run, { prompt, temperature: 0, count: 12 });
    const read = Int32Array.from([...prompt, ...symbols]);
    const { topIds } = await run.probe(read, 0);
    for (const [k, symbol] of symbols.entries()) expect(topIds[(prompt.length + k - 1) * TOP]).toBe(symbol);
  });

  it('without a prompt begins with a symbol of the text by its frequency', async () => {
    const run = createRun({}, createReferenceKernels(), datasetOf(PATTERN));
    const firsts = await Promise.all(
      Array.from({ length: 400 }, (_, seed) => write(run, { prompt: new Int32Array(), count: 1, seed })),
    );
    // Of PATTERN's characters every third is a space, its first symbol.
    const spaces = firsts.filter(([symbol]) => symbol === 0).length;
    expect(Math.abs(spaces / 400 - 1 / 3)).toBeLessThan(0.08);
  });

  it('and a probe leave the training as it is', async () => {
    const watched = createRun({ dropout: 0.2 });
    const values = [];
    for (let k = 0; k < 6; k++) {
      const sample = run(watched);
      values.push(...(await losses(watched, 1)));
      await sample;
    }
    expect(values).toEqual(await losses(createRun({ dropout: 0.2 }), 6));

    async function run(of: Run): Promise<void> {
      await Promise.all([write(of, { count: 5 }), of.probe(Int32Array.of(1, 2, 3), 0)]);
    }
  });
});

describe('a probe', () => {
  const ids = Int32Array.from(datasetOf(PATTERN).ids.subarray(0, 11));

  it('has the surprise that the training has as its loss', async () => {
    const run = createRun({ batch: 1, length: 10 });
    const { surprise } = await run.probe(ids, 0);
    expect(surprise[0]).toBeNaN();
    const [loss] = await losses(run, 1);
    const mean = surprise.subarray(1).reduce((sum, bits) => sum + bits * Math.LN2, 0) / 10;
    expect(mean).toBeCloseTo(loss, 5);
  });

  it('shows bands that obey the equations of an LSTM, layer by layer', async () => {
    const run = await trained(20, { layers: 2 });
    for (const layer of [0, 1]) {
      const { values, bands, T, H } = await run.probe(ids, layer);
      expect(bands).toEqual(['i', 'f', 'g', 'o', 'c', 'h']);
      expect(values).toHaveLength(6 * T * H);
      const [i, f, g, o, c, h] = bands.map((_, band) => values.subarray(band * T * H, (band + 1) * T * H));
      for (let k = 0; k < T * H; k++) {
        const before = k < H ? 0 : c[k - H];
        expect(c[k]).toBeCloseTo(f[k] * before + i[k] * g[k], 5);
        expect(h[k]).toBeCloseTo(o[k] * Math.tanh(c[k]), 5);
      }
    }
    expect((await run.probe(ids, 0)).values).not.toEqual((await run.probe(ids, 1)).values);
  });

  it('shows bands that obey the equations of a GRU and of an RNN', async () => {
    const gru = await (await trained(20, { cell: 'gru' })).probe(ids, 0);
    expect(gru.bands).toEqual(['r', 'z', 'n', 'h']);
    const size = gru.T * gru.H;
    for (let k = 0; k < size; k++) {
      const [, z, n, h] = [0, 1, 2, 3].map((band) => gru.values[band * size + k]);
      const before = k < gru.H ? 0 : gru.values[3 * size + k - gru.H];
      expect(h).toBeCloseTo((1 - z) * n + z * before, 5);
    }
    const rnn = await (await trained(20, { cell: 'rnn' })).probe(ids, 0);
    expect(rnn.bands).toEqual(['a', 'h']);
    for (let k = 0; k < size; k++) expect(rnn.values[size + k]).toBeCloseTo(Math.tanh(rnn.values[k]), 5);
  });

  it('names the most likely symbols in order, and -1 beyond a small vocabulary', async () => {
    const run = await trained(20);
    const { topIds, topProbabilities, T } = await run.probe(ids, 0);
    for (let t = 0; t < T; t++) {
      const row = topProbabilities.subarray(t * TOP, (t + 1) * TOP);
      expect(Array.from(row)).toEqual(Array.from(row).sort((a, b) => b - a));
      expect(new Set(topIds.subarray(t * TOP, (t + 1) * TOP)).size).toBe(TOP);
      expect(row.reduce((sum, p) => sum + p, 0)).toBeLessThanOrEqual(1 + 1e-6);
    }
    const few = createRun({}, createReferenceKernels(), datasetOf('abc'.repeat(100)));
    const frame = await few.probe(Int32Array.of(0, 1), 0);
    expect(Array.from(frame.topIds.subarray(3, TOP))).toEqual(new Array<number>(TOP - 3).fill(-1));
    const sum = frame.topProbabilities.subarray(0, 3).reduce((a, b) => a + b);
    expect(sum).toBeCloseTo(1, 6);
  });

  it('is stamped with the step, and refuses a layer that is not there', async () => {
    const run = await trained(4);
    expect(await run.probe(ids, 0)).toMatchObject({ step: 4, layer: 0, T: 11, H: 8 });
    await expect(run.probe(ids, 1)).rejects.toThrow(RangeError);
    await expect(run.probe(new Int32Array(), 0)).rejects.toThrow(RangeError);
  });
});
