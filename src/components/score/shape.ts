/** What decides the score's layout: how many characters, units and bands there are. Changes rarely; React renders by it. */
import { CELLS, type BandName, type CellName } from '../../model/cells';
import { displayCharacter } from '../../model/text/display';
import type { PlaygroundState } from '../../store';
import { shownFrame } from './frame';
import { hasWide } from './layout';

export interface Shape {
  readonly cell: CellName;
  readonly T: number;
  readonly H: number;
  readonly layers: number;
  readonly bands: readonly BandName[];
  readonly wide: boolean;
  /** Whether there are values; before them the score stands empty in the same size. */
  readonly filled: boolean;
}

/** Characters of the empty score before anything is known of the text. */
const EXPECTED = 64;

const cellOf = (bands: readonly BandName[]): CellName =>
  bands.includes('c') ? 'lstm' : bands.includes('z') ? 'gru' : 'rnn';

const measure = (state: PlaygroundState): Shape => {
  const frame = shownFrame(state);
  const { description } = state.run ?? { description: null };
  const settings = description?.settings ?? state.settings;
  const probe = description?.probe ?? '';
  const cell = frame ? cellOf(frame.bands) : settings.cell;
  return {
    cell,
    T: frame?.T ?? (Array.from(probe).length || EXPECTED),
    H: frame?.H ?? settings.units,
    layers: settings.layers,
    bands: CELLS[cell].bands,
    wide: hasWide(probe),
    filled: frame !== null,
  };
};

const same = (a: Shape, b: Shape): boolean => (Object.keys(a) as (keyof Shape)[]).every((name) => a[name] === b[name]);

let last: Shape | null = null;

/** The same object until something in it changes. */
export const shapeOf = (state: PlaygroundState): Shape => {
  const next = measure(state);
  return last && same(last, next) ? last : (last = next);
};

/** The probe's characters as the network reads them, visible; before the first frame as they were typed. */
export const charactersOf = (state: PlaygroundState): string[] => {
  const frame = shownFrame(state);
  const description = state.run?.description;
  if (!description) return [];
  if (!frame) return Array.from(description.probe, (character) => displayCharacter(character.codePointAt(0) ?? -1));
  return Array.from(frame.ids, (id) => displayCharacter(description.symbols[id] ?? -1));
};
