/** The middle of the page: what happens inside the network while it reads the probe text. */
import type { ReactElement } from 'react';
import { ProbeField } from '../score/ProbeField';
import { Score } from '../score/Score';
import './stage.css';

export const Stage = (): ReactElement => (
  <div className="stage">
    <ProbeField />
    <Score />
  </div>
);
