/** Where a reader looks in a network: what a link holds beside the settings, in a table of its own. */
import { BAND_NAMES, type BandName } from './cells';
import type { Question } from './telemetry';
import { LABELS, type LabelName } from './text/labels';

/** What colours the text: a band of the selected unit, or the surprise of each character. */
export type Colouring = BandName | 'surprise';

/**
 * What the rows of all units stand in order of: how long a unit holds what it has; how well it follows what is looked for;
 * how alike neighbours are; their number.
 */
export const ROW_ORDERS = ['halfLife', 'rank', 'similarity', 'index'] as const;
export type RowOrder = (typeof ROW_ORDERS)[number];

/** How a state without bounds is shown: as the cell squashes it, or by the largest of its own unit. */
export const STATE_SCALES = ['tanh', 'own'] as const;
export type StateScale = (typeof STATE_SCALES)[number];

export interface View {
  /** Column of the probe text. */
  readonly cursor: number;
  /** Whether a click has fixed the cursor: hovering no longer moves it. */
  readonly pinned: boolean;
  readonly unit: number;
  /**
   * What the selected unit is to follow best, however training goes on: 'promised' is what the note of the corpus names,
   * else what any unit follows best. Null where the reader has chosen the unit.
   */
  readonly follows: 'promised' | Question | null;
  readonly layer: number;
  readonly colouring: Colouring;
  /** Units whose trajectories stand out, the selected one not included. */
  readonly chosenUnits: readonly number[];
  readonly order: RowOrder;
  readonly scale: StateScale;
  /** Whether every unit has a row, or only as many as there is room for. */
  readonly allRows: boolean;
}

export const DEFAULT_VIEW: View = {
  cursor: 0,
  pinned: false,
  unit: 0,
  follows: 'promised',
  layer: 0,
  colouring: 'surprise',
  chosenUnits: [],
  order: 'halfLife',
  scale: 'tanh',
  allRows: false,
};

/** How a part of a view stands in a link: null where there is nothing to say of it, or what is said says nothing. */
interface ViewPart {
  readonly write: (view: View) => string | null;
  readonly read: (value: string) => Partial<View> | null;
}

const wholeNumber = (value: string): number | null => (/^\d{1,4}$/.test(value) ? Number(value) : null);

const oneOf = <K extends 'colouring' | 'order' | 'scale'>(name: K, options: readonly View[K][]): ViewPart => ({
  write: (view) => (view[name] === DEFAULT_VIEW[name] ? null : view[name]),
  read: (value) => {
    const found = options.find((option) => option === value);
    return found === undefined ? null : { [name]: found };
  },
});

const isLabel = (name: string): name is LabelName => Object.hasOwn(LABELS, name);

/** By their keys in a link. A unit stands there only where the reader has chosen it, a cursor only where it is pinned. */
export const VIEW_PARTS: Readonly<Record<string, ViewPart>> = {
  unit: {
    write: ({ unit, follows }) => (follows === null ? String(unit) : null),
    read: (value) => {
      const unit = wholeNumber(value);
      return unit === null ? null : { unit, follows: null };
    },
  },
  follows: {
    write: ({ follows }) =>
      follows === null || follows === 'promised'
        ? null
        : `${follows.label}${follows.kind === null ? '' : `.${follows.kind}`}`,
    read: (value) => {
      const [, label, given] = /^([a-z]+)(?:\.(\d{1,4}))?$/.exec(value) ?? ['', '', undefined];
      return isLabel(label) ? { follows: { label, kind: given === undefined ? null : Number(given) } } : null;
    },
  },
  at: {
    write: ({ cursor, pinned }) => (pinned ? String(cursor + 1) : null),
    read: (value) => {
      const position = wholeNumber(value);
      return position === null || position === 0 ? null : { cursor: position - 1, pinned: true };
    },
  },
  layer: {
    write: ({ layer }) => (layer > 0 ? String(layer + 1) : null),
    read: (value) => {
      const layer = wholeNumber(value);
      return layer === null || layer === 0 ? null : { layer: layer - 1 };
    },
  },
  kept: {
    write: ({ chosenUnits }) => (chosenUnits.length > 0 ? chosenUnits.join('.') : null),
    read: (value) => {
      const units = value.split('.').map(wholeNumber);
      return units.every((unit) => unit !== null) ? { chosenUnits: [...new Set(units)] } : null;
    },
  },
  colour: oneOf('colouring', ['surprise', ...BAND_NAMES]),
  order: oneOf('order', ROW_ORDERS),
  scale: oneOf('scale', STATE_SCALES),
  rows: {
    write: ({ allRows }) => (allRows ? 'all' : null),
    read: (value) => (value === 'all' ? { allRows: true } : null),
  },
};
