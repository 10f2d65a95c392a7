/** The side of the stage: the loss curve, the next character at the cursor and what the network writes. */
import type { ReactElement } from 'react';

export const Side = (): ReactElement => <div className="side" />;
