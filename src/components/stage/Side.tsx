/** The side of the stage: the loss curve, the next character at the cursor and what the network writes. */
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
      <LossCurve />
    </Boundary>
    <Boundary>
      <NextCharacter />
    </Boundary>
    <Boundary>
      <Samples />
    </Boundary>
  </section>
);
