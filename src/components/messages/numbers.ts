/** Numbers as the page's language writes them. */
import type { Language } from '../../store';

export const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', zh: 'zh-CN' };

const cached = <K, V>(make: (key: K) => V) => {
  const known = new Map<K, V>();
  return (key: K): V => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make(key);
    known.set(key, made);
    return made;
  };
};

/** An English noun behind its number: 1 step, 2 steps. */
export const counted = (number: string, one: string, many: string): string =>
  `${number} ${number === '1' ? one : many}`;

/** A Chinese unit behind its number. A space parts digits from characters, and nothing else: 800 字符/秒, 2.8 万字符/秒. */
export const withUnit = (number: string, unit: string): string =>
  /\p{sc=Han}$/u.test(number) ? number + unit : `${number} ${unit}`;

/** What stands where there is no number yet. */
export const NO_NUMBER = '–';

export interface Numbers {
  /** Whole, with separators: 1,115,394. */
  readonly integer: (value: number) => string;
  /** With so many decimals: 1.74; what has run away in powers of ten: 2.7E126. A dash where the value is not finite. */
  readonly fixed: (value: number, decimals: number) => string;
  /**
   * In at most seven characters, for a place of fixed width: three decimals, fewer the larger it is (3.906, 23.39, 772.6),
   * what has run away in powers of ten (2.7E126). A dash where the value is not finite.
   */
  readonly brief: (value: number) => string;
  /** Up to six significant digits, none that say nothing: 0.005. */
  readonly plain: (value: number) => string;
  /** Three significant digits, none that say nothing: 0.00712; what is very small or large in powers of ten: 2E300. */
  readonly significant: (value: number) => string;
  /** A share 0 to 1 as percent. */
  readonly percent: (share: number, decimals?: number) => string;
  /** Short, three significant digits: 78.1K. */
  readonly compact: (value: number) => string;
  /** Short, two significant digits: 78K. */
  readonly rough: (value: number) => string;
  /** Bytes in the unit that suits: 1.12 MB; with as many digits as it takes to tell them from `other`: 100.000001 MB. */
  readonly bytes: (value: number, other?: number) => string;
}

/** From here on a number with decimals would not fit its place. */
const LONGEST = 1e5;

/** Below this, zeros would hide the digits. */
const SMALLEST = 1e-5;

/** Below these a brief number has so many decimals; beyond the last it is in powers of ten. */
const BRIEF: readonly (readonly [below: number, decimals: number])[] = [
  [10, 3],
  [100, 2],
  [9_999, 1],
];

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
const BYTE_DIGITS = 3;
/** What a double holds. */
const MOST_DIGITS = 15;

/** The same Intl formatters again and again: making one is slow. */
export const numbersOf = cached((language: Language): Numbers => {
  const locale = LOCALES[language];
  const integer = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const plain = new Intl.NumberFormat(locale, { maximumSignificantDigits: 6 });
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 });
  const scientific = new Intl.NumberFormat(locale, { notation: 'scientific', maximumSignificantDigits: 3 });
  const powers = new Intl.NumberFormat(locale, { notation: 'scientific', maximumSignificantDigits: 2 });
  const rough = new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 2 });
  const fixed = cached(
    (decimals: number) =>
      new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
  );
  const percent = cached(
    (decimals: number) =>
      new Intl.NumberFormat(locale, {
        style: 'percent',
        minimumFractionDigits: decimals,
        maximumFractionDigits: decimals,
      }),
  );
  const significant = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
  const inUnit = cached((digits: number) =>
    cached(
      (unit: string) =>
        new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumSignificantDigits: digits }),
    ),
  );
  const orDash = (value: number, format: Intl.NumberFormat) =>
    Number.isFinite(value) ? format.format(value).replace(/(\d)(\p{sc=Han})/u, '$1\u00a0$2') : NO_NUMBER;
  const bytes = (value: number, digits: number): string => {
    const power = value < 1000 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(value) / 3));
    return orDash(value / 1000 ** power, inUnit(digits)(BYTE_UNITS[power] ?? 'byte'));
  };
  return {
    integer: (value) => orDash(value, integer),
    fixed: (value, decimals) => orDash(value, Math.abs(value) < LONGEST ? fixed(decimals) : scientific),
    brief: (value) => {
      const decimals = BRIEF.find(([below]) => Math.abs(value) < below)?.[1];
      return orDash(value, decimals === undefined ? powers : fixed(decimals));
    },
    plain: (value) => orDash(value, plain),
    significant: (value) => {
      const size = Math.abs(value);
      return orDash(value, size === 0 || (size >= SMALLEST && size < LONGEST) ? significant : powers);
    },
    percent: (share, decimals = 0) => orDash(share, percent(decimals)),
    compact: (value) => orDash(value, compact),
    rough: (value) => orDash(value, rough),
    bytes: (value, other) => {
      let digits = BYTE_DIGITS;
      if (other !== undefined && other !== value) {
        while (digits < MOST_DIGITS && bytes(value, digits) === bytes(other, digits)) digits++;
      }
      return bytes(value, digits);
    },
  };
});
