/** The colours and types on the page, read from the tokens once for each change of its theme or language. */
import type { BandName } from '../../model/cells';
import { redrawAll } from './loop';
import { bandTables, sequential, type Table, type Tokens } from './scales';

export interface Palette extends Tokens {
  readonly surface: string;
  readonly muted: string;
  readonly faint: string;
  readonly line: string;
  readonly sans: string;
  readonly mono: string;
  /** For text in Chinese. */
  readonly chineseMono: string;
  readonly tables: Readonly<Record<BandName | 'surprise', Table>>;
}

const BAND_NAMES: readonly BandName[] = ['i', 'f', 'g', 'o', 'r', 'z', 'n', 'a', 'c', 'h'];

const read = (): Palette => {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const tokens: Tokens = {
    paper: token('paper'),
    ink: token('ink'),
    negative: token('band-negative'),
    bands: Object.fromEntries(BAND_NAMES.map((band) => [band, token(`band-${band}`)])) as Record<BandName, string>,
  };
  return {
    ...tokens,
    surface: token('surface'),
    muted: token('muted'),
    faint: token('faint'),
    line: token('line'),
    sans: token('sans'),
    mono: token('mono-faces'),
    chineseMono: `'Chinese marks', ${token('mono-faces')}`,
    tables: { ...bandTables(tokens), surprise: sequential(tokens.ink, tokens) },
  };
};

let current: Palette | null = null;

try {
  // A face of type is looked for when it is first drawn with; until it is there, another one stands in.
  document.fonts.addEventListener('loadingdone', redrawAll);
} catch {
  // What is drawn next is drawn with it.
}

/** The palette of the page; the same object until its theme or language changes. */
export const palette = (): Palette => (current ??= read());

/** The theme or the language has changed: everything is drawn anew. */
export const forgetPalette = (): void => {
  current = null;
  redrawAll();
};
