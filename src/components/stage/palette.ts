/** The colours and types on the page, read from the tokens once for each change of its theme or language. */
import { BAND_NAMES, BANDS, type BandName } from '../../model/cells';
import { redrawAll } from './loop';
import { bandTables, ROLES, sequential, SIGNED_ROLES, type Table, type Tokens } from './scales';

export interface Palette extends Tokens {
  /** Each band's hue: its role's. */
  readonly bands: Readonly<Record<BandName, string>>;
  readonly surface: string;
  readonly sunken: string;
  readonly muted: string;
  readonly faint: string;
  readonly line: string;
  readonly sans: string;
  readonly mono: string;
  /** For text in Chinese. */
  readonly chineseMono: string;
  readonly tables: Readonly<Record<BandName | 'surprise', Table>>;
}

const read = (): Palette => {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const tokens: Tokens = {
    paper: token('paper'),
    ink: token('ink'),
    roles: Object.fromEntries(ROLES.map((role) => [role, token(`role-${role}`)])) as Tokens['roles'],
    below: Object.fromEntries(SIGNED_ROLES.map((role) => [role, token(`below-${role}`)])) as Tokens['below'],
  };
  return {
    ...tokens,
    bands: Object.fromEntries(BAND_NAMES.map((band) => [band, tokens.roles[BANDS[band].role]])) as Palette['bands'],
    surface: token('surface'),
    sunken: token('sunken'),
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
