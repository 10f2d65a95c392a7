/** The colours and types of the theme on the page, read from the tokens once for each change of the theme. */
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
    mono: token('mono'),
    tables: { ...bandTables(tokens), surprise: sequential(tokens.ink, tokens) },
  };
};

let current: Palette | null = null;

new MutationObserver(() => {
  current = null;
  redrawAll();
}).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });

/** The palette of the theme on the page; the same object until the theme changes. */
export const palette = (): Palette => (current ??= read());
