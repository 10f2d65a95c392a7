/** What a run is left as when a step of it cannot be finished. */
import { expect, it } from 'vitest';
import { createCheckpoints } from '../../cli/checkpoints';
import { makeSteps } from '../../cli/steps';
import { createReferenceKernels } from '../../src/model/kernels/reference';
import { HostCopies } from '../../src/workers/copies';
import { createRun } from '../model/support/runs';

it.each(['crossEntropy', 'optimizerStep'] as const)(
  'it is back at the last copy of it that is whole, where %s breaks',
  async (operation) => {
    const kernels = createReferenceKernels();
    let isBroken = false;
    const breakable = {
      ...kernels,
      [operation]: (args: never) => {
        if (isBroken) throw new Error('broken');
        kernels[operation](args);
      },
    };
    const run = createRun({ layers: 2 }, breakable);
    const pace = { steps: [], milliseconds: 0, characters: 0 };
    const log = {
      add: ({ step }: { readonly step: number }) => {
        isBroken = step === 13;
      },
      close: () => undefined,
    };
    const copies = new HostCopies({ now: () => 0 }, null, null);
    const ending = { isWished: false, problem: null };
    const checkpoints = createCheckpoints(null, null);
    const score = () => Promise.resolve(null);
    const fileOf = () => Promise.reject(new Error('no file is wanted'));
    await expect(
      makeSteps({
        run,
        copies,
        steps: 20,
        stops: { stopLoss: 0, stopPatience: 0 },
        score,
        log,
        checkpoints,
        fileOf,
        ending,
        pace,
      }),
    ).rejects.toThrow('broken');

    // The copy was taken with the evaluation of step 10; the state that it carries is that of step 10 too.
    const twin = createRun({ layers: 2 });
    for (let k = 0; k < 10; k++) await twin.step();
    expect(await run.snapshot()).toEqual(await twin.snapshot());
  },
);
