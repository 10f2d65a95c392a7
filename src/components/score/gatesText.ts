/** What the gates of a unit do at a character, in a sentence with their values, and since when what it holds is there. */
import { BANDS, type Cell } from '../../model/cells';
import { heldSince } from '../../model/inspect/memory';
import type { ProbeFrame } from '../../model/telemetry';
import type { StageMessages } from '../messages/stage';
import { bandValues, valueAt } from './frame';

/** A share that is written as 0 %. */
const NOTHING = 0.005;
/** What is left of something that is almost all forgotten is less. */
const HARDLY = 0.1;

const percent = (share: number): string => `${String(Math.round(share * 100))} %`;

/** Empty of a cell without a gate that keeps, and where there are no values. */
export const gatesText = (
  words: StageMessages['score'],
  frame: ProbeFrame,
  { name, bands, keeps }: Cell,
  at: { readonly cursor: number; readonly unit: number; readonly characters: readonly string[] },
): string => {
  if (keeps === null || name === 'rnn') return '';
  const { cursor, unit, characters } = at;
  const kept = valueAt(frame, keeps, cursor, unit);
  if (Number.isNaN(kept)) return '';
  const written = keeps === 'z' ? 1 - kept : valueAt(frame, 'i', cursor, unit);
  const lets = bands.find((band) => BANDS[band].role === 'let') ?? keeps;
  const does = words.gatesHere[name](percent(kept), percent(written), percent(valueAt(frame, lets, cursor, unit)));
  const since = heldSince(bandValues(frame, keeps), frame.H, cursor, unit);
  if (since < 0) return `${does}${words.holdsFromStart}`;
  if (since < cursor) return `${does}${words.holds(cursor - since, characters[since] ?? '')}`;
  return `${does}${kept < NOTHING ? words.forgetsAll : kept < HARDLY ? words.forgetsAlmostAll : words.forgetsHere}`;
};
