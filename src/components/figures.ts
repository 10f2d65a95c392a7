/** What figures need once a run has made a step: the loss curve's lines and dragging across it, and slow motion. */
export { attachBrush } from './curve/brush';
export { easeRange } from './curve/easing';
export { tracers } from './curve/lines';
export { StepFigure } from './step/StepFigure';
