/** What the selected unit follows: chosen here, the unit that follows it best stays selected while the network learns. */
import { useId, type ReactElement } from 'react';
import type { Question } from '../../model/telemetry';
import { LABELS } from '../../model/text/labels';
import { followed, rankingsOf, usePlayground } from '../../store';
import { useMessages, useNumbers } from '../messages';
import { SelectField } from '../stage/SelectField';
import { WhatIs } from '../stage/WhatIs';

const keyOf = ({ label, kind }: Question): string => `${label} ${String(kind)}`;

/** Where nothing is followed. */
const NONE = '';

export const FollowedField = (): ReactElement => {
  const words = useMessages().stage.score;
  const numbers = useNumbers();
  const scoreId = useId();
  const rankings = usePlayground(rankingsOf);
  const current = usePlayground(followed);
  const { select } = usePlayground((state) => state.actions);
  const isCount = current !== null && LABELS[current.label] === 'count';
  const score = numbers.fixed(current?.score ?? NaN, 3);
  return (
    <SelectField
      label={words.follows}
      className="followed-label"
      describedBy={scoreId}
      value={current === null ? NONE : keyOf(current)}
      options={[
        ...(current === null
          ? [{ value: NONE, label: rankings.length === 0 ? words.nothingFollowed : words.byHand }]
          : []),
        ...rankings.map((ranking) => ({
          value: keyOf(ranking),
          label: words.label[ranking.label](ranking.kind),
        })),
      ]}
      onChange={(key) => {
        const chosen = rankings.find((ranking) => keyOf(ranking) === key);
        if (chosen !== undefined) select({ follows: { label: chosen.label, kind: chosen.kind } });
      }}
    >
      <span className="followed-score" id={scoreId} title={isCount ? words.correlationHint : words.areaHint}>
        {isCount ? words.correlation(score) : words.area(score)}
      </span>
      {!isCount && <WhatIs term="area" />}
    </SelectField>
  );
};
