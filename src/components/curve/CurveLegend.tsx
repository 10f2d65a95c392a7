/** What each mark of the curve stands for, with the meaning of the words on demand. */
import { X } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { usePlayground, useRun } from '../../store';
import { useMessages, useNumbers } from '../messages';
import { earlierName } from './earlierName';
import { baselineName, LABEL_DECIMALS, labelGroups } from './labels';
import { baselinesDrawn } from './legend';
import { WhatIs } from '../stage/WhatIs';

interface KeyProps {
  /** A dash, a line or a dot as the curve draws it. */
  readonly mark: ReactElement;
  readonly label: string;
  /** What can be done with it or asked about it. */
  readonly children?: ReactNode;
}

const Key = ({ mark, label, children }: KeyProps): ReactElement => (
  <li>
    <svg className="curve-key" viewBox="0 0 26 10" aria-hidden>
      {mark}
    </svg>
    {label}
    {children}
  </li>
);

/** The run that was replaced, until the reader takes it away. */
const Earlier = (): ReactElement | null => {
  const messages = useMessages();
  const words = messages.stage.curve;
  const actions = usePlayground((state) => state.actions);
  const name = usePlayground((state) => earlierName(state, messages));
  if (name === null) return null;
  return (
    <Key label={name} mark={<path d="M0 5H26" stroke="var(--muted)" strokeWidth="1" opacity="0.75" />}>
      <button
        type="button"
        className="round-button"
        aria-label={words.dismissEarlier}
        title={words.dismissEarlier}
        onClick={() => {
          actions.dismissEarlier();
        }}
      >
        <X size="1.1em" aria-hidden />
      </button>
    </Key>
  );
};

/** The numbers of the lines. */
export const BaselineValues = (): ReactElement | null => {
  const words = useMessages().stage;
  const numbers = useNumbers();
  const baselines = useRun((run) => run?.baselines?.values ?? null);
  if (baselines === null) return null;
  const texts = labelGroups(baselines).map((group) => {
    const name = baselineName(
      group.map((baseline) => baseline.name),
      words,
    );
    return `${name} ${numbers.fixed(group[0].nats, LABEL_DECIMALS)}`;
  });
  return <p className="curve-baselines">{texts.join(' · ')}</p>;
};

export const CurveLegend = (): ReactElement => {
  const words = useMessages().stage.curve;
  const { hasSimpler, hasGrammar } = baselinesDrawn(useRun((run) => run?.baselines ?? null));
  return (
    <ul className="curve-legend" aria-label={words.legend}>
      <Key label={words.spread} mark={<rect width="26" height="10" fill="var(--faint)" opacity="0.35" />} />
      <Key label={words.smoothed} mark={<path d="M0 5H26" stroke="var(--ink)" strokeWidth="2" />} />
      <Key
        label={words.heldOut}
        mark={
          <>
            <path d="M0 5H26" stroke="var(--band-o)" strokeWidth="1.5" />
            <circle cx="13" cy="5" r="3" fill="var(--band-o)" />
          </>
        }
      >
        <WhatIs term="heldOut" />
      </Key>
      {hasSimpler && (
        <Key
          label={words.baseline}
          mark={<path d="M0 5H26" stroke="var(--faint)" strokeWidth="1" strokeDasharray="5 4" />}
        >
          <span>
            {words.uniform}
            <WhatIs term="uniform" />
          </span>
          <span>
            {words.ngram}
            <WhatIs term="ngram" />
          </span>
        </Key>
      )}
      {hasGrammar && (
        <Key
          label={words.grammar}
          mark={<path d="M0 5H26" stroke="var(--ink)" strokeWidth="1.5" strokeDasharray="2 3" />}
        >
          <WhatIs term="grammar" />
        </Key>
      )}
      <Earlier />
    </ul>
  );
};
