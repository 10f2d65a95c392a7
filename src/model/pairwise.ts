/**
 * How the sums over the parts of a batch are made: in pairs, and pairs of pairs, always the same ones, so that neighbours
 * can be added up on whichever thread they are, with the same bits.
 */

/** Neighbouring parts: those from number `from` on, before number `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export const sizeOfSpan = ({ from, to }: Span): number => to - from;

const contains = (outer: Span, inner: Span): boolean => outer.from <= inner.from && inner.to <= outer.to;

/** The two sums that the sum over a span is made of; null for a single part. */
export const halvesOf = (span: Span): readonly [Span, Span] | null => {
  const size = sizeOfSpan(span);
  if (size < 2) return null;
  let half = 1;
  while (2 * half < size) half *= 2;
  const middle = span.from + half;
  return [
    { from: span.from, to: middle },
    { from: middle, to: span.to },
  ];
};

/** The fewest sums on the way to that over `span` that cover what lies in `hand`. */
export const sumsWithin = (span: Span, hand: Span): readonly Span[] => {
  if (contains(hand, span)) return [span];
  if (span.to <= hand.from || hand.to <= span.from) return [];
  return (halvesOf(span) ?? []).flatMap((half) => sumsWithin(half, hand));
};

/** `count` parts dealt to `hands` hands, neighbours together; the first ones have the fewest. */
export const deal = (count: number, hands: number): readonly Span[] =>
  Array.from({ length: hands }, (_, k) => ({
    from: Math.floor((k * count) / hands),
    to: Math.floor(((k + 1) * count) / hands),
  }));

/** Places beside the result that `addUp` needs at most for a span; `inPlace` as there. */
export const sparesFor = (span: Span, inPlace: boolean): number => {
  const halves = halvesOf(span);
  if (halves === null) return 0;
  const [left, right] = halves;
  const onTheRight = inPlace && sizeOfSpan(right) === 1 ? 0 : 1 + sparesFor(right, inPlace);
  return Math.max(sparesFor(left, inPlace), onTheRight);
};

/** Where sums come from, and where they go. */
export interface Summation<Place> {
  /**
   * Puts the sum over a span into `place` where it is to be had whole, or with `adds` adds it to what stands there as one
   * number; false where it has to be made of its halves. A single part is always to be had, but perhaps not added.
   */
  readonly put: (span: Span, place: Place, adds: boolean) => Promise<boolean>;
  readonly add: (from: Place, to: Place) => void;
  /** One place for each depth. */
  readonly spare: (depth: number) => Place;
}

/** Puts the sum over a span into `place`. */
export const addUp = async <Place>(summation: Summation<Place>, span: Span, place: Place, depth = 0): Promise<void> => {
  if (await summation.put(span, place, false)) return;
  const halves = halvesOf(span);
  if (halves === null) throw new RangeError('A part that is not to be had');
  const [left, right] = halves;
  await addUp(summation, left, place, depth);
  if (await summation.put(right, place, true)) return;
  const spare = summation.spare(depth);
  await addUp(summation, right, spare, depth + 1);
  summation.add(spare, place);
};
