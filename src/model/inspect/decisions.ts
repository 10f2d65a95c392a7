/** How many of a toy task's decisions a network takes right. */
import type { HostArray } from '../kernels/kernels';
import { project } from '../network';
import type { Indices } from '../text/codePoints';
import type { Decisions } from '../text/heldOutDecisions';
import type { Trainer } from '../trainer';

/** Where the largest number of each row of V stands in it: the first of several. */
const largestIn = (rows: HostArray, V: number): number[] =>
  Array.from({ length: rows.length / V }, (_, row) => {
    let best = 0;
    for (let v = 1; v < V; v++) if (rows[row * V + v] > rows[row * V + best]) best = v;
    return best;
  });

/**
 * A decision is right where the most likely symbol is the one that the text asks for there. Null where `breathe` answers
 * false.
 *
 * @param ids symbols of the whole text
 */
export const countRight = async (
  trainer: Trainer,
  { plan, places }: Decisions,
  ids: Indices,
  breathe: () => Promise<boolean>,
): Promise<number | null> => {
  const { kernels, architecture } = trainer;
  const { from, length } = plan.streams;
  let right = 0;
  let next = 0;
  const isWhole = await trainer.readHeldOut(
    plan,
    async (pass, window) => {
      const read: Promise<HostArray>[] = [];
      project(pass, ({ logits }) => read.push(kernels.read(logits)));
      const guesses = (await Promise.all(read)).flatMap((rows) => largestIn(rows, architecture.symbols));
      // What stands at a place is guessed behind the symbol before it.
      const first = from + window * length + 1;
      for (; next < places.length && places[next] < first + length; next++) {
        if (guesses[places[next] - first] === ids[places[next]]) right++;
      }
    },
    breathe,
  );
  return isWhole ? right : null;
};
