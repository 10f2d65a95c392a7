/** What the curve leaves out: the loss as perplexity and surprise, how often the network is right, its gradient and rate. */
import type { ReactElement } from 'react';
import { usePlayground } from '../../store';
import { useMessages, useNumbers } from '../messages';
import type { Term } from '../messages/terms';
import { useCalmMetrics } from '../shell/calmMetrics';
import { WhatIs } from '../stage/WhatIs';

interface FactProps {
  readonly name: string;
  readonly title?: string;
  /** The word in its name that may want a meaning. */
  readonly term?: Term;
  readonly value: string;
  readonly remark?: string | undefined;
}

const Fact = ({ name, title, term, value, remark }: FactProps): ReactElement => (
  <div title={title}>
    <dt>
      {name}
      {term && <WhatIs term={term} />}
    </dt>
    <dd>
      {value} {remark !== undefined && <span className="run-facts-remark">{remark}</span>}
    </dd>
  </div>
);

export const RunFacts = (): ReactElement => {
  const words = useMessages().stage.curve.facts;
  const numbers = useNumbers();
  const metrics = useCalmMetrics();
  const clip = usePlayground((state) => state.settings.clip);
  const norm = metrics?.gradientNorm ?? NaN;
  const heldOut = metrics?.heldOutLoss ?? NaN;
  return (
    <dl className="run-facts">
      <Fact
        name={words.batchAccuracy}
        title={words.batchAccuracyHint}
        value={numbers.percent(metrics?.accuracy ?? NaN, 1)}
      />
      <Fact
        name={words.heldOutAccuracy}
        title={words.heldOutAccuracyHint}
        value={numbers.percent(metrics?.heldOutAccuracy ?? NaN, 1)}
      />
      <Fact name={words.perplexity} term="perplexity" value={numbers.brief(Math.exp(heldOut))} />
      <Fact name={words.surprise} term="surprise" value={words.surpriseValue(numbers.fixed(heldOut / Math.LN2, 2))} />
      <Fact
        name={words.gradientNorm}
        term="gradientNorm"
        title={words.gradientNormHint(String(clip))}
        value={numbers.brief(norm)}
        remark={clip > 0 && norm > clip ? words.clipped : undefined}
      />
      <Fact
        name={words.learningRate}
        title={words.learningRateHint}
        value={numbers.significant(metrics?.learningRate ?? NaN)}
      />
    </dl>
  );
};
