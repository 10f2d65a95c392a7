/** What is worked out of a text, and of units over it, beside the training, and texts made on the spot: no part of the first download. */
export { countRight } from '../inspect/decisions';
export { rankUnitsInSteps } from '../inspect/ranking';
export { labelsAlong, readUnitSeries } from '../inspect/unitSeries';
export { baselinesWithGrammar } from './baselines';
export { heldOutDecisionsInSteps } from './heldOutDecisions';
export { heldOutLabelsInSteps } from './heldOutLabels';
export { makeBrowserCorpus } from './intl';
export { taskEntries, writeTask } from './tasks';
