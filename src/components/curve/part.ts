/** What the loss curve needs once there is a curve: its lines, and dragging across it. */
export { attachBrush } from './brush';
export { tracers } from './lines';
