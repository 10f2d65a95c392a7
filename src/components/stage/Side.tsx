/** The side of the stage: what the network writes, the loss curve, and the next character at the cursor. */
import type { ReactElement } from 'react';
import { Boundary } from '../Boundary';
import { useMessages } from '../messages';
import { Seen, SIDE_VIEWS } from './views';
import './stage.css';

export const Side = (): ReactElement => (
  <section className="side" aria-label={useMessages().stage.side}>
    {SIDE_VIEWS.map((row, k) => (
      <Boundary key={k}>
        <Seen row={row} />
      </Boundary>
    ))}
  </section>
);
