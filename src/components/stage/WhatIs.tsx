/** Behind a word of the figures: what it means. */
import type { ReactElement } from 'react';
import { usePlayground } from '../../store';
import { useMessages } from '../messages';
import type { Term } from '../messages/terms';
import { Ask } from './Ask';

export const WhatIs = ({ term }: { readonly term: Term }): ReactElement => {
  const language = usePlayground((state) => state.language);
  const { terms, whatIs } = useMessages().stage;
  return <Ask label={whatIs(terms[term])} answer={(part) => <p>{part.terms[language][term]}</p>} />;
};
