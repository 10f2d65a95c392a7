/** The middle of the page: what happens inside the network while it reads the probe text. */
import type { ReactElement } from 'react';

export const Stage = (): ReactElement => <section className="stage" />;
