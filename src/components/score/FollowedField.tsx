/** What the selected unit follows: chosen here, the unit that follows it best stays selected while the network learns. */
import { useId, type ReactElement } from 'react';
import type { Question } from '../../model/telemetry';
import { LABELS } from '../../model/text/labels';
import { followed, rankingsOf, usePlayground } from '../../store';
import { WhatIs } from '../curve/WhatIs';
import { useMessages, useNumbers } from '../messages';

const keyOf = ({ label, kind }: Question): string => `${label} ${String(kind)}`;

export const FollowedField = (): ReactElement => {
  const words = useMessages().stage.score;
  const numbers = useNumbers();
  const id = useId();
  const rankings = usePlayground(rankingsOf);
  const current = usePlayground(followed);
  const { select } = usePlayground((state) => state.actions);
  const isCount = current !== null && LABELS[current.label] === 'count';
  const score = numbers.fixed(current?.score ?? NaN, 3);
  return (
    <span className="stage-field">
      <label htmlFor={id}>{words.follows}</label>
      <select
        id={id}
        className="field followed-label"
        aria-describedby={`${id}-score`}
        value={current === null ? '' : keyOf(current)}
        onChange={(event) => {
          const chosen = rankings.find((ranking) => keyOf(ranking) === event.target.value);
          if (chosen !== undefined) select({ follows: { label: chosen.label, kind: chosen.kind } });
        }}
      >
        {current === null && <option value="">{rankings.length === 0 ? words.nothingFollowed : words.byHand}</option>}
        {rankings.map((ranking) => (
          <option key={keyOf(ranking)} value={keyOf(ranking)}>
            {words.label[ranking.label](ranking.kind)}
          </option>
        ))}
      </select>
      <span className="followed-score" id={`${id}-score`} title={isCount ? words.correlationHint : words.areaHint}>
        {isCount ? words.correlation(score) : words.area(score)}
      </span>
      {!isCount && <WhatIs term="area" />}
    </span>
  );
};
