/** A saved run's network alone, without its text: its weights on an engine, to write with. */
import { Arena } from './buffers';
import { viewOf } from './kernels/kernels';
import type { Kernels } from './kernels/kernels';
import { architectureOf, parameterCount, parameterViews } from './parameters';
import { Sampler } from './sampling';
import type { SampleOptions } from './sampling';
import type { RunSnapshot } from './snapshot';
import type { Vocabulary } from './text/types';

export interface SavedNetwork {
  /** Symbols that it writes: those that the run itself would write with these parameters. */
  readonly sample: (options: SampleOptions) => AsyncGenerator<number, void, undefined>;
  /** Frees its weights, once no sample is in progress. */
  readonly dispose: () => void;
}

/** @param snapshot as a run file holds it, with that vocabulary */
export const openNetwork = (
  kernels: Kernels,
  { settings, parameters }: Pick<RunSnapshot, 'settings' | 'parameters'>,
  { codePoints, counts }: Pick<Vocabulary, 'codePoints' | 'counts'>,
): SavedNetwork => {
  const arena = new Arena(kernels);
  const architecture = architectureOf(settings, codePoints.length);
  const buffer = arena.float(parameterCount(architecture));
  kernels.write(viewOf(buffer, [buffer.length]), parameters);
  const network = { kernels, architecture, parameters: parameterViews(architecture, buffer) };
  return {
    sample: async function* (options) {
      const sampler = new Sampler(network, counts);
      try {
        yield* sampler.write(options);
      } finally {
        sampler.dispose();
      }
    },
    dispose: () => {
      arena.dispose();
    },
  };
};
