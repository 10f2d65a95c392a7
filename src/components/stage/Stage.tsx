/** The middle of the page: what happens inside the network while it reads the probe text. */
import type { ReactElement } from 'react';
import { useMessages } from '../messages';
import { ProbeField } from '../score/ProbeField';
import { Score } from '../score/Score';
import './stage.css';

export const Stage = (): ReactElement => (
  <section className="stage" aria-label={useMessages().stage.stage}>
    <ProbeField />
    <Score />
  </section>
);
