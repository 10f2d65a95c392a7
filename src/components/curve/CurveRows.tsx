/** The curve's numbers as a table; it stands still while training runs. */
import { useState, type ReactElement } from 'react';
import { NO_METRICS } from '../../model/telemetry';
import { shownRun, usePlayground, useRun, type PlaygroundState } from '../../store';
import { useMessages, useNumbers } from '../messages';
import { readCurve, type Reading } from './reading';
import { tableSteps } from './rows';

/** Before the first step there is only the held-out loss of the untrained network. */
const readingsOf = (state: PlaygroundState): Reading[] => {
  const { history, metrics } = shownRun(state) ?? { history: null, metrics: NO_METRICS };
  return history ? [0, ...tableSteps(metrics.step)].map((step) => readCurve(history, step)) : [];
};

export const CurveRows = (): ReactElement => {
  const words = useMessages().stage.curve;
  const numbers = useNumbers();
  // While it runs, the rows of the moment it was opened stand; a pause brings the newest.
  const paused = useRun((run) => (run?.phase === 'running' ? null : (run?.metrics.step ?? 0)));
  const [opened] = useState(() => readingsOf(usePlayground.getState()));
  const readings = paused === null ? opened : readingsOf(usePlayground.getState());
  const means = readings.some(({ first, last }) => first < last);
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={words.table}>
      <table>
        <caption>{words.unit}</caption>
        <thead>
          <tr>
            <th scope="col">{means ? words.steps : words.step}</th>
            <th scope="col">{means ? words.trainingMean : words.training}</th>
            <th scope="col">{words.heldOut}</th>
            <th scope="col">{words.bitsUnit}</th>
            <th scope="col">{words.perplexity}</th>
            <th scope="col">{words.measuredAt}</th>
          </tr>
        </thead>
        <tbody>
          {readings.map(({ step, first, last, mean, heldOut, heldOutStep }) => (
            <tr key={step}>
              <th scope="row">{words.span(numbers.integer(first), numbers.integer(last))}</th>
              <td>{numbers.fixed(mean, 3)}</td>
              <td>{numbers.fixed(heldOut, 3)}</td>
              <td>{numbers.fixed(heldOut / Math.LN2, 3)}</td>
              <td>{numbers.brief(Math.exp(heldOut))}</td>
              <td>{numbers.integer(heldOutStep)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
