/** The side of the stage: what the network writes, the loss curve, and the next character at the cursor. */
import type { ReactElement } from 'react';
import { Boundary } from '../Boundary';
import { LossCurve } from '../curve/LossCurve';
import { useMessages } from '../messages';
import { NextCharacter } from '../sample/NextCharacter';
import { Samples } from '../sample/Samples';
import './stage.css';

export const Side = (): ReactElement => (
  <section className="side" aria-label={useMessages().stage.side}>
    <Boundary>
      <Samples />
    </Boundary>
    <Boundary>
      <LossCurve />
    </Boundary>
    <Boundary>
      <NextCharacter />
    </Boundary>
  </section>
);
