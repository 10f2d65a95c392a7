/** How values become colours: one table of 256 colours for each band, from the page's tokens. */
import { interpolateLab, rgb } from 'd3';
import { BAND_NAMES, BANDS, type BandName, type Role } from '../../model/cells';

export const TABLE_SIZE = 256;

/** The plain colours that the tables are made of, as CSS writes them. */
export interface Tokens {
  readonly paper: string;
  readonly ink: string;
  readonly roles: Readonly<Record<Role, string>>;
  /** Hues of values below 0, of the roles that have such values. */
  readonly below: Readonly<Record<SignedRole, string>>;
}

export const ROLES: readonly Role[] = ['keep', 'write', 'propose', 'let', 'cell', 'hidden'];
export const SIGNED_ROLES = ['propose', 'cell', 'hidden'] as const satisfies readonly Role[];
export type SignedRole = (typeof SIGNED_ROLES)[number];

/** Whether its values may be below 0. */
export const isSigned = (role: Role): role is SignedRole => SIGNED_ROLES.some((signed) => signed === role);

/** Colours of 256 equal steps of a range. */
export interface Table {
  /** 0xAABBGGRR, as a little-endian view of ImageData's bytes takes them. */
  readonly pixels: Uint32Array;
  readonly css: readonly string[];
  /** Washed colours of the same steps, to set ink on. */
  readonly wash: readonly string[];
}

/** Share of a colour in its wash, at most. */
const STRONGEST_WASH = 0.8;
/** Contrast of ink on a wash, at least: letters close together on coloured ground ask for more than 4.5 (WCAG 2.2, AA). */
const READABLE = 6;

const linear = (channel: number): number => {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};
const luminance = (colour: string): number => {
  const { r, g, b } = rgb(colour);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
};
/** Contrast ratio of two colours, 1 to 21 (WCAG 2.2). */
export const contrast = (a: string, b: string): number => {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
};

const tableOf = (colourAt: (share: number) => string, { paper, ink }: Tokens): Table => {
  const colours = Array.from({ length: TABLE_SIZE }, (_, k) => rgb(colourAt(k / (TABLE_SIZE - 1))));
  const css = colours.map((colour) => colour.formatHex());
  const washOf = (share: number): string[] =>
    css.map((colour) => rgb(interpolateLab(paper, colour)(share)).formatHex());
  const readableWash = (): readonly string[] => {
    let strength = STRONGEST_WASH;
    let wash = washOf(strength);
    while (strength > 0.1 && wash.some((colour) => contrast(ink, colour) < READABLE)) {
      strength -= 0.05;
      wash = washOf(strength);
    }
    return wash;
  };
  let wash: readonly string[] | null = null;
  return {
    pixels: Uint32Array.from(colours, ({ r, g, b }) => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0),
    css,
    // Of one table only is there a wash on the page, and it takes longer than all tables: made once it is asked for.
    get wash() {
      return (wash ??= readableWash());
    },
  };
};

/** From paper to `hue`. */
export const sequential = (hue: string, tokens: Tokens): Table => tableOf(interpolateLab(tokens.paper, hue), tokens);

/** From the hue of values below 0 over paper to the role's own. */
export const diverging = (role: SignedRole, tokens: Tokens): Table => {
  const below = interpolateLab(tokens.below[role], tokens.paper);
  const above = interpolateLab(tokens.paper, tokens.roles[role]);
  return tableOf((share) => (share < 0.5 ? below(share * 2) : above(share * 2 - 1)), tokens);
};

/** Gates are sequential; candidates and states diverge from 0. */
export const bandTables = (tokens: Tokens): Readonly<Record<BandName, Table>> => {
  const tables = new Map(
    ROLES.map((role) => [role, isSigned(role) ? diverging(role, tokens) : sequential(tokens.roles[role], tokens)]),
  );
  return Object.fromEntries(BAND_NAMES.map((band) => [band, tables.get(BANDS[band].role)])) as Record<BandName, Table>;
};

/** Which of a table's steps stands for `value` between `low` and `high`; values beyond take the end. */
export const stepOf = (value: number, low: number, high: number): number => {
  const step = Math.round(((value - low) / (high - low)) * (TABLE_SIZE - 1));
  return step > 0 ? Math.min(step, TABLE_SIZE - 1) : 0;
};
