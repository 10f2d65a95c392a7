/** Shows one network of the chronicle after the other, the next one as soon as the one before is on the page. */
import { useEffect, useState } from 'react';
import { shownRun, usePlayground } from '../../store';

/** Milliseconds that each is seen at least. */
const LEAST = 150;
/** Looks after which one that does not come is passed over. */
const MOST_LOOKS = 20;

/** @param steps of the chronicle, the oldest first */
export const useFilm = (
  steps: readonly number[],
): { readonly plays: boolean; readonly play: (on: boolean) => void } => {
  const [plays, setPlays] = useState(false);
  const { select } = usePlayground((state) => state.actions);
  useEffect(() => {
    if (!plays) return;
    let looks = 0;
    const timer = setInterval(() => {
      const state = usePlayground.getState();
      const { pastStep } = state.selection;
      const isThere = pastStep === null || shownRun(state)?.readings.probe?.step === pastStep;
      if (!isThere && ++looks < MOST_LOOKS) return;
      looks = 0;
      const next = steps.find((step) => step > (pastStep ?? -1)) ?? null;
      select({ pastStep: next });
      if (next === null) setPlays(false);
    }, LEAST);
    return () => {
      clearInterval(timer);
    };
  }, [plays, steps, select]);
  return {
    plays,
    play: (on) => {
      if (on) select({ pastStep: steps[0] ?? null });
      setPlays(on);
    },
  };
};
