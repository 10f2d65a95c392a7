/** Offers the way back to a run whose numbers are finite and which has lost what it had learnt. */
import { usePlayground, useRun } from '../../store';
import { useMessages, useNumbers } from '../messages';
import { useCalmMetrics } from './calmMetrics';
import { Notice, Way } from './Notice';

export const Ruined = () => {
  const { controls, notices } = useMessages();
  const numbers = useNumbers();
  const metrics = useCalmMetrics();
  const actions = usePlayground((state) => state.actions);
  const ruin = useRun((run) => run?.ruin ?? null);
  if (ruin === null) return null;
  const step = numbers.integer(ruin.step);
  return (
    <Notice
      tone="danger"
      onDismiss={() => {
        actions.dismissRuin();
      }}
      ways={
        <Way
          primary
          go={() => {
            actions.recover();
          }}
        >
          {Object.keys(ruin.restores).length > 0 ? notices.recover(step) : notices.recoverHalved(step)}
        </Way>
      }
    >
      <p>
        <b role="status">{notices.ruined}</b>
        {controls.gap +
          notices.ruinedFigures(numbers.brief(metrics?.smoothedLoss ?? NaN), step, numbers.brief(ruin.loss))}
      </p>
    </Notice>
  );
};
