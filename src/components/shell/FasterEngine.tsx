/** Offers an engine that was measured to be faster; the run moves only if the reader says so. */
import { useShallow } from 'zustand/react/shallow';
import { offerOf, usePlayground } from '../../store';
import type { Page } from '../keeping/page';
import { shortDevice } from './deviceName';

export const FasterEngine = ({ page: { words, numbers, Notice, Way } }: { readonly page: Page }) => {
  const { controls, notices } = words;
  const actions = usePlayground((state) => state.actions);
  const offer = usePlayground(useShallow(offerOf));
  if (offer === null) return null;
  const { faster, current, key } = offer;
  const names = controls.run.engineNames;
  const ratio = current.stepMilliseconds / faster.stepMilliseconds;
  return (
    <Notice
      tone="notice"
      ways={
        <>
          <Way
            primary
            go={() => {
              actions.set('engine', faster.engine);
            }}
          >
            {notices.move(names[faster.engine])}
          </Way>
          <Way
            go={() => {
              actions.declineOffer(key);
            }}
          >
            {notices.stay(names[current.engine])}
          </Way>
        </>
      }
    >
      <p role="status">
        <b>{notices.faster(names[faster.engine], shortDevice(faster.device))}</b>
        {controls.gap +
          notices.fasterFigures(
            numbers.significant(faster.stepMilliseconds),
            numbers.significant(current.stepMilliseconds),
            numbers.rough(ratio),
          )}
      </p>
    </Notice>
  );
};
