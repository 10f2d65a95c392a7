/** Which steps of a run the curve shows: all, or a range of them. */

/** First and last step shown. */
export type StepRange = readonly [from: number, to: number];

/** How many times as many steps are shown, or as few, by one press of a key or button. */
export const ZOOM = 2;

/** Steps that a range shows at least. */
const FEWEST_STEPS = 4;

/** From the smaller to the larger of two steps of a run that has made `last`; null where that is no range to look at. */
export const rangeBetween = (a: number, b: number, last: number): StepRange | null => {
  const from = Math.max(0, Math.round(Math.min(a, b)));
  const to = Math.min(last, Math.round(Math.max(a, b)));
  return to - from < FEWEST_STEPS ? null : [from, to];
};

/** As many steps from another first one on, within those of the run. */
const shifted = ([from, to]: StepRange, by: number, last: number): StepRange => {
  const width = to - from;
  const first = Math.min(Math.max(0, from + by), Math.max(0, last - width));
  return [first, first + width];
};

/** The steps shown, `factor` times as many, with `step` in their midst; null where those are all that there are. */
export const zoomed = (shown: StepRange | null, last: number, step: number, factor: number): StepRange | null => {
  const [from, to] = shown ?? [0, last];
  const width = Math.max(FEWEST_STEPS, Math.round((to - from) * factor));
  if (width >= last) return null;
  const first = Math.round(step - width / 2);
  return shifted([first, first + width], 0, last);
};

/** The same number of steps, moved as little as brings `step` among them. */
export const holding = (shown: StepRange | null, last: number, step: number): StepRange | null => {
  if (shown === null) return null;
  const [from, to] = shown;
  if (step < from) return shifted(shown, step - from, last);
  return step > to ? shifted(shown, step - to, last) : shown;
};
