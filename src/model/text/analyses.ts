/** What is worked out of a text beside the training: grammars and n-grams are no part of the first download. */
export { baselinesWithGrammar } from './baselines';
export { heldOutLabelsInSteps } from './heldOutLabels';
