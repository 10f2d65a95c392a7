/**
 * Elementary functions out of + - * / alone, so that they give the same bits in every JavaScript engine: for numbers
 * that decide a run (schedules, sampling), where Math.exp and Math.cos may differ in the last place.
 */

const LN2 = 0.6931471805599453;
/** ln 2 in two parts: the first has few enough digits that its product with a small integer is exact. */
const LN2_HIGH = 0.693147180369123816;
const LN2_LOW = 1.90821492927058770002e-10;

/** base^exponent for a whole exponent of at least 0, by repeated squaring. */
export const power = (base: number, exponent: number): number => {
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return result;
};

/** e^x to about 1e-15: x = k ln 2 + r with |r| <= ln 2 / 2, Taylor's series in r to the 13th power. */
export const exponential = (x: number): number => {
  if (Number.isNaN(x)) return NaN;
  if (x > 709.7) return Infinity;
  if (x < -745) return 0;
  const k = Math.round(x / LN2);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let series = 1;
  for (let n = 13; n > 0; n--) series = 1 + (series * r) / n;
  return k >= 0 ? series * power(2, k) : series * power(0.5, -k);
};

/**
 * ln x for e^-40 <= x <= e^40 to about 1e-15, beyond some number below -40 or above 40: Halley's steps on e^y = x, of which
 * each is at most 2 long.
 */
export const logarithm = (x: number): number => {
  let y = 0;
  for (let k = 0, step = 1; k < 30 && Math.abs(step) > 1e-15; k++) {
    const reached = exponential(y);
    step = 2 - (4 * reached) / (x + reached);
    y += step;
  }
  return y;
};

/** cos(π x) for 0 <= x <= 1 to about 1e-15, as 1 - 2 sin²(π x / 2) by Taylor's series of the sine. */
export const cosineOfHalfTurn = (x: number): number => {
  const y = (Math.PI * x) / 2;
  let term = y;
  let sine = y;
  for (let n = 2; n <= 24; n += 2) {
    term *= (-y * y) / (n * (n + 1));
    sine += term;
  }
  return 1 - 2 * sine * sine;
};
