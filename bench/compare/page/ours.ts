/** An engine of this project, by the trainer that the page uses. */
import { openEngine } from '../../../src/model/kernels/choose';
import type { EngineChoice } from '../../../src/model/settings';
import { createClock } from '../../../src/workers/clock';
import { createThreads } from '../../../src/workers/threads';
import type { Runner } from '../protocol';
import type { Shape } from '../shapes';
import { trainOn } from '../training';
import { loadProgram, MEANS } from './program';

export const openOurs = async (name: string, threads: number, shape: Shape): Promise<Runner> => {
  const program = await loadProgram();
  const { kernels, info, failure } = await openEngine(
    name as EngineChoice,
    (lost) => {
      throw new Error(JSON.stringify(lost));
    },
    { ...MEANS, loadProgram: () => Promise.resolve(program) },
  );
  if (failure !== null) throw new Error(JSON.stringify(failure));
  const others = createThreads(
    () => new Worker(new URL('../../../src/workers/shards.worker.ts', import.meta.url), { type: 'module' }),
    createClock(),
  );
  return { device: info.device, ...trainOn(kernels, shape, threads, (specs) => others.open(program, specs)) };
};
