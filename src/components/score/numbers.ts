/** Numbers of the score, the same in every language: compared by eye, column by column. */
import type { ProbeFrame } from '../../model/telemetry';

/** Two decimals, a real minus sign, and no minus before 0.00. */
export const twoDecimals = (value: number): string => {
  if (!Number.isFinite(value)) return '–';
  const text = Math.abs(value).toFixed(2);
  return value < 0 && text !== '0.00' ? `−${text}` : text;
};

/** Bits of surprise at character `t`; null of the first, which stands behind nothing that could have told of it. */
export const surpriseBits = ({ surprise }: Pick<ProbeFrame, 'surprise'>, t: number): string | null =>
  Number.isNaN(surprise[t] ?? NaN) ? null : twoDecimals(surprise[t] ?? NaN);

/** From here on in powers of ten. */
const LONG = 1e4;

/** Three significant digits at most, none that say nothing, and a real minus sign: the ends of scales. */
export const short = (value: number): string => {
  const text =
    Math.abs(value) < LONG
      ? String(Number(value.toPrecision(3)))
      : value
          .toExponential(1)
          .replace(/\.0(?=e)/, '')
          .replace('e+', 'E');
  return text.replace('-', '−');
};
