/** How well a series of numbers follows a label: from 0.5 (flags) or 0 (counts), by chance, to 1. */

const FLOAT_BITS = 32;

const bits = new DataView(new ArrayBuffer(4));

/** An integer from 0 to 2^32 - 1 that is the larger the larger the float32 is. */
const orderOf = (x: number): number => {
  bits.setFloat32(0, x + 0);
  const word = bits.getUint32(0);
  return word >= 0x80000000 ? 0xffffffff - word : word + 0x80000000;
};

/**
 * Indices of a series from its smallest number to its largest, and where equal numbers end.
 * @param values float32 numbers; at most 2^21 of them
 */
export interface Ascending {
  readonly indices: Int32Array;
  /** For each place: whether the next number is larger. */
  readonly endsTie: Uint8Array;
}

/** Sorts by plain numbers that hold value and index, which engines sort without calling back. */
export const ascending = (values: Float32Array): Ascending => {
  const n = values.length;
  const shift = 2 ** Math.ceil(Math.log2(Math.max(2, n)));
  if (FLOAT_BITS + Math.log2(shift) > 53) throw new RangeError(`${String(n)} numbers are too many to be sorted`);
  const keys = Float64Array.from(values, (x, i) => orderOf(x) * shift + i).sort();
  const indices = Int32Array.from(keys, (key) => key % shift);
  const endsTie = Uint8Array.from(indices, (index, place) =>
    place + 1 === n || values[index] !== values[indices[place + 1]] ? 1 : 0,
  );
  return { indices, endsTie };
};

/**
 * Area under the ROC curve of the series as a sign of `isTrue`: the chance that it is larger at a character of the label
 * than at one without it, ties counted half (Mann and Whitney 1947). NaN where all characters are alike.
 */
export const areaUnderCurve = ({ indices, endsTie }: Ascending, isTrue: (index: number) => boolean): number => {
  let trueBelow = 0;
  let falseBelow = 0;
  let trueHere = 0;
  let falseHere = 0;
  let pairs = 0;
  for (let place = 0; place < indices.length; place++) {
    if (isTrue(indices[place])) trueHere++;
    else falseHere++;
    if (endsTie[place] === 0) continue;
    pairs += trueHere * (falseBelow + falseHere / 2);
    trueBelow += trueHere;
    falseBelow += falseHere;
    trueHere = 0;
    falseHere = 0;
  }
  return pairs / (trueBelow * falseBelow);
};

/** Pearson's correlation of two series; NaN where one of them is constant. */
export const correlation = (x: ArrayLike<number>, y: ArrayLike<number>): number => {
  const n = x.length;
  let [meanX, meanY] = [0, 0];
  for (let i = 0; i < n; i++) {
    meanX += x[i] / n;
    meanY += y[i] / n;
  }
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [dx, dy] = [x[i] - meanX, y[i] - meanY];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  return xy / Math.sqrt(xx * yy);
};
