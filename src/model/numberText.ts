/** Numbers as people write them, with a decimal point or a decimal comma; what could be read in two ways is not read. */

/** What a number may be. */
export interface NumberRule {
  readonly kind: 'integer' | 'number';
  readonly min: number;
  readonly max: number;
}

/** The signs of a number in the wide forms of Chinese input methods, its other minus, and blanks that do not break lines. */
const plain = (text: string): string =>
  text
    .replaceAll(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3002', '.')
    .replaceAll('\u2212', '-')
    .replaceAll(/\s/g, ' ')
    .trim();

/** A sign, digits with separators, a power of ten. */
const SHAPE = /^([+-]?)([\d., ]+)(e[+-]?\d+)?$/i;
/** Digits in threes with blanks between them, which no language takes for decimals. */
const BLANKS = /^[1-9]\d{0,2}( \d{3})+([.,]\d*)?$/;
/** Digits in threes with points or commas between them, and perhaps decimals. */
const GROUPS = /^\d{1,3}([.,]\d{3})+([.,]\d*)?$/;
/** One separator that could stand before thousands as well as before decimals: no number of thousands begins with 0. */
const THOUSANDS = /^[1-9]\d{0,2}[.,]\d{3}$/;

/**
 * The number that `text` says, 'none', or 'ambiguous'. A comma may stand for the decimal point. What also reads as
 * thousands is refused, since it would be a thousand times too large or too small for one of two readers: 1,000 always;
 * 1.000, which the page's languages write for 1, where thousands are possible by the rule or decimals are not.
 */
export const readNumber = (text: string, rule: NumberRule): number | 'none' | 'ambiguous' => {
  const [, sign = '', body = '', power = ''] = SHAPE.exec(plain(text)) ?? [];
  if (!/\d/.test(body)) return 'none';
  if (body.includes(' ') && !BLANKS.test(body)) return 'none';
  const digits = body.replaceAll(' ', '');
  const separators = digits.match(/[.,]/g) ?? [];
  if (separators.length > 1) return GROUPS.test(digits) ? 'ambiguous' : 'none';
  if (separators.length === 1 && THOUSANDS.test(body)) {
    const thousands = Number(sign + digits.replace(/[.,]/, '') + power);
    const isPossible = thousands >= rule.min && thousands <= rule.max;
    if (digits.includes(',') || rule.kind === 'integer' || isPossible) return 'ambiguous';
  }
  const value = Number(sign + digits.replace(',', '.') + power);
  if (!Number.isFinite(value)) return 'none';
  // Not -0.
  return value === 0 ? 0 : value;
};

/** The nearest number to `value` that the rule allows. */
export const fitNumber = (value: number, { kind, min, max }: NumberRule): number =>
  Math.min(max, Math.max(min, kind === 'integer' ? Math.round(value) : value));
