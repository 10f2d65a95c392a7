/**
 * The reference engine against PyTorch in float64: states, logits, loss, every gradient, and each optimizer's steps,
 * without and with a price of memory.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CellName } from '../../src/model/cells';
import { createReferenceKernels } from '../../src/model/kernels/reference';
import { sizeOf } from '../../src/model/kernels/kernels';
import { tensorsOf } from '../../src/model/parameters';
import { passOf, project } from '../../src/model/network';
import { stateRows } from '../../src/model/states';
import { expectClose } from './support/compare';
import { setUp } from './support/network';
import type { Training } from './support/pytorch';
import type { Bench } from './support/network';

const TOLERANCE = 1e-10;

interface Recipe {
  readonly activationPenalty: number;
  readonly gradients: Readonly<Record<string, string>>;
  readonly training: readonly Training[];
}
interface Fixture {
  readonly cell: CellName;
  readonly H: number;
  readonly T: number;
  readonly B: number;
  readonly V: number;
  readonly L: number;
  readonly E: number | null;
  readonly ids: readonly number[];
  readonly parameters: Readonly<Record<string, string>>;
  readonly initial: { readonly h: string; readonly c?: string };
  readonly states: { readonly h: string; readonly c?: string };
  readonly logits: string;
  readonly loss: number;
  readonly recipes: readonly Recipe[];
}

const { networks } = JSON.parse(
  readFileSync(new URL('../fixtures/pytorch/networks.json', import.meta.url), 'utf8'),
) as { readonly networks: readonly Fixture[] };

const decode = (encoded: string): Float64Array =>
  new Float64Array(new Uint8Array(Buffer.from(encoded, 'base64')).buffer);

/** The fixture's network with its parameters and its initial state. */
const open = (fixture: Fixture, activationPenalty = 0, training?: Training): Bench => {
  const { cell, H, T, B, V, L, E, ids } = fixture;
  const bench = setUp(
    createReferenceKernels(),
    {
      cell,
      units: H,
      length: T,
      batch: B,
      layers: L,
      input: E === null ? 'onehot' : 'embedding',
      ...(E !== null && { embeddingSize: E }),
      activationPenalty,
      ...(training && {
        optimizer: training.optimizer,
        learningRate: training.learningRate,
        momentum: training.momentum,
        weightDecay: training.weightDecay,
        clip: training.clip,
      }),
    },
    Uint16Array.from(ids),
    V,
  );
  const { buffers, architecture } = bench.trainer;
  const tensors = tensorsOf(architecture);
  bench.write(
    buffers.parameters,
    tensors.flatMap(({ name }) => Array.from(decode(fixture.parameters[name]))),
  );
  const h = decode(fixture.initial.h);
  buffers.state.h.forEach((buffer, l) => {
    bench.write(buffer, h.subarray(l * B * H, (l + 1) * B * H));
  });
  if (fixture.initial.c !== undefined) {
    const c = decode(fixture.initial.c);
    buffers.state.c?.forEach((buffer, l) => {
      bench.write(buffer, c.subarray(l * B * H, (l + 1) * B * H));
    });
  }
  return bench;
};

it('has all three cells, with one-hot input and with an embedding, without and with a price of memory', () => {
  expect(networks.map(({ cell, E }) => `${cell} ${String(E)}`)).toEqual([
    'lstm null',
    'lstm 4',
    'gru null',
    'gru 4',
    'rnn null',
    'rnn 4',
  ]);
  for (const { recipes } of networks)
    expect(recipes.map(({ activationPenalty }) => activationPenalty)).toEqual([0, 0.05]);
});

describe.each(networks)('$cell with embedding $E', (fixture) => {
  const { T, B, H, L, V } = fixture;

  it('has the states and logits of PyTorch', async () => {
    // With a learning rate of 0 the step leaves the parameters, and the tape is that of the first window.
    const { trainer, settings } = open(fixture);
    const { kernels, network, buffers } = trainer;
    await (
      await trainer.queueStep({ ...settings, learningRate: 0 })
    ).result;
    const pass = passOf(network, buffers.forward, { T, B });
    for (const name of ['h', 'c'] as const) {
      const expected = fixture.states[name];
      if (expected === undefined) continue;
      for (let l = 0; l < L; l++) {
        const states = pass.layers[l].scan.tape[name];
        if (!states) throw new Error(`No tape of ${name}`);
        const size = T * B * H;
        const values = decode(expected).subarray(l * size, (l + 1) * size);
        expectClose(`${name} of layer ${String(l)}`, await kernels.read(stateRows(states, 1)), values, TOLERANCE);
      }
    }
    const logits: number[] = [];
    const reads: Promise<unknown>[] = [];
    project(pass, ({ logits: chunk }) => {
      reads.push(kernels.read(chunk).then((values) => logits.push(...values)));
    });
    await Promise.all(reads);
    expect(logits).toHaveLength(T * B * V);
    expectClose('logits', logits, decode(fixture.logits), TOLERANCE);
  });

  describe.each(fixture.recipes)('with a price of $activationPenalty', ({ activationPenalty, gradients, training }) => {
    it('has the loss and every gradient of PyTorch', async () => {
      const { trainer, settings, read } = open(fixture, activationPenalty);
      const { loss } = await (await trainer.queueStep(settings)).result;
      expectClose('loss', [loss], [fixture.loss], TOLERANCE);
      const gradient = await read(trainer.buffers.gradient);
      const tensors = tensorsOf(trainer.architecture);
      expect(tensors.map(({ name }) => name)).toEqual(Object.keys(gradients));
      for (const { name, offset, shape } of tensors) {
        expectClose(name, gradient.subarray(offset, offset + sizeOf(shape)), decode(gradients[name]), TOLERANCE);
      }
    });

    it.each(training)(
      'takes the same steps with $optimizer, momentum $momentum, decay $weightDecay, clip $clip',
      async (recorded) => {
        const { trainer, settings, read } = open(fixture, activationPenalty, recorded);
        const results = [];
        while (results.length < recorded.losses.length) results.push(await (await trainer.queueStep(settings)).result);
        const losses = results.map(({ loss }) => loss);
        const norms = results.map(({ norm }) => norm);
        expectClose('losses', losses, recorded.losses, TOLERANCE);
        expectClose('norms', norms, recorded.norms, TOLERANCE);
        expect(norms.every((norm) => norm > recorded.clip)).toBe(recorded.clip < 1);
        expectClose('parameters', await read(trainer.buffers.parameters), decode(recorded.parameters), TOLERANCE);
      },
    );
  });
});
