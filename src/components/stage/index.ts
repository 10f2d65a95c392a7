/** The views of a running network, for the page to lay out. */
export { Side } from './Side';
export { Stage } from './Stage';
