/** The middle of the page: what happens inside the network while it reads the probe text. */
import type { ReactElement } from 'react';
import { Boundary } from '../Boundary';
import { useMessages } from '../messages';
import { ProbeField } from '../score/ProbeField';
import { Score } from '../score/Score';
import { Purpose } from './Purpose';
import './stage.css';

export const Stage = (): ReactElement => (
  <section className="stage" aria-label={useMessages().stage.stage}>
    <Boundary>
      <Purpose />
    </Boundary>
    <Boundary>
      <ProbeField />
    </Boundary>
    <Boundary>
      <Score />
    </Boundary>
  </section>
);
