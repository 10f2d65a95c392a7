/** What the loss curve needs once there is a curve: its lines, dragging across it, and the meaning of its words. */
import type { ReactElement } from 'react';
import { usePlayground } from '../../store';
import { TERMS, type Term } from '../messages/terms';

export { attachBrush } from './brush';
export { tracers } from './lines';

export const Meaning = ({ term }: { readonly term: Term }): ReactElement => (
  <p>{TERMS[usePlayground((state) => state.language)][term]}</p>
);
