/** The small button behind a word of the curve that tells what it means. */
import { CircleQuestionMark } from 'lucide-react';
import type { ReactElement } from 'react';
import { useMessages } from '../messages';
import type { Term } from '../messages/terms';
import { Popup } from '../stage/Popup';
import { Late } from './Late';
import '../controls/Explain.css';

export const WhatIs = ({ term }: { readonly term: Term }): ReactElement => {
  const { terms, whatIs } = useMessages().stage.curve;
  const label = whatIs(terms[term]);
  return (
    <Popup
      className="explain-button"
      label={label}
      title={label}
      sign={<CircleQuestionMark size="1.1em" aria-hidden />}
      panel={{
        className: 'explain',
        label,
        align: 'start',
        content: () => <Late>{({ Meaning }) => <Meaning term={term} />}</Late>,
      }}
    />
  );
};
