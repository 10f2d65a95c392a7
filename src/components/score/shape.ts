/** What decides the score's layout: how many characters, units and bands there are. Changes rarely; React renders by it. */
import type { Cell } from '../../model/cells';
import { displayCharacter } from '../../model/text/display';
import { shownRun, type PlaygroundState } from '../../store';
import { shownCell, shownFrame } from './frame';
import { hasWide } from './layout';

export interface Shape {
  readonly cell: Cell;
  readonly T: number;
  readonly H: number;
  readonly layers: number;
  readonly wide: boolean;
  /** Whether there are values; before them the score stands empty in the same size. */
  readonly filled: boolean;
}

/** Characters of the empty score before anything is known of the text. */
const EXPECTED = 64;

export const shapeOf = (state: PlaygroundState): Shape => {
  const frame = shownFrame(state);
  const description = shownRun(state)?.description;
  const settings = description?.settings ?? state.settings;
  const probe = description?.probe ?? '';
  return {
    cell: shownCell(state),
    T: frame?.T ?? (Array.from(probe).length || EXPECTED),
    H: frame?.H ?? settings.units,
    layers: settings.layers,
    wide: hasWide(probe),
    filled: frame !== null,
  };
};

/** The probe's characters as the network reads them, visible; before the first frame as they were typed. */
export const charactersOf = (state: PlaygroundState): string[] => {
  const frame = shownFrame(state);
  const description = shownRun(state)?.description;
  if (!description) return [];
  if (!frame) return Array.from(description.probe, (character) => displayCharacter(character.codePointAt(0) ?? -1));
  return Array.from(frame.ids, (id) => displayCharacter(description.symbols[id] ?? -1));
};
