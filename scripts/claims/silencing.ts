/** What a network loses without one of its units. */
import { architectureOf, tensorsOf } from '../../src/model/parameters';
import { Run } from '../../src/model/run';
import { onEngine } from './training';
import type { Trained } from './training';

/** Held-out characters that are read, and of them those with which the network reads itself in. */
const READ = 8000;
const READ_IN = 64;
const LETTER = /\p{L}/u;

/** Held-out loss at the letters, in nats. */
export interface LossOnLetters {
  readonly whole: number;
  /** With the h of one unit of the last layer held at 0, unit by unit. */
  readonly without: readonly number[];
}

export const lossOnLetters = async ({ snapshot, dataset, settings }: Trained): Promise<LossOnLetters> => {
  const { ids, trainLength, vocabulary } = dataset;
  const read = Int32Array.from(ids.subarray(trainLength, trainLength + READ));
  const isLetter = Array.from(vocabulary.codePoints, (code) => code >= 0 && LETTER.test(String.fromCodePoint(code)));
  const layer = settings.layers - 1;
  const behind = new Set([`layers.${String(layer)}.recurrent`, 'output.weight']);
  const tensors = tensorsOf(architectureOf(settings, vocabulary.codePoints.length));

  const lossOf = async (silent: number | null): Promise<number> => {
    const parameters = snapshot.parameters.slice();
    for (const { name, offset, shape } of tensors) {
      // What reads a unit's h are its rows of these matrices.
      if (silent !== null && behind.has(name)) {
        parameters.fill(0, offset + silent * shape[1], offset + (silent + 1) * shape[1]);
      }
    }
    const run = Run.restore({ snapshot: { ...snapshot, parameters }, ...(await onEngine({ dataset })) });
    const { surprise } = await run.probe(read, layer);
    run.dispose();
    const bits = surprise.filter((_, t) => t >= READ_IN && isLetter[read[t]]);
    return (bits.reduce((sum, value) => sum + value, 0) / bits.length) * Math.LN2;
  };

  const without: number[] = [];
  for (let unit = 0; unit < settings.units; unit++) without.push(await lossOf(unit));
  return { whole: await lossOf(null), without };
};
