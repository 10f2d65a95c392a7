/** What is known of each held-out character beside itself. */
import { planEvaluation } from '../batches';
import { grammarLabelsInSteps } from './grammars';
import type { LabelledText } from './labels';
import { plainLabelsInSteps } from './plainLabels';
import type { Dataset, DecodedText } from './types';

/**
 * Labels of the held-out characters from the first one on, as far as a network is measured on them: what the grammar knew
 * that wrote the text, and where it says nothing what can be read off it. Works in steps and yields the share done, 0 to 1.
 *
 * @param grammar of the text; null where none wrote it
 */
export function* heldOutLabelsInSteps(
  text: DecodedText,
  grammar: string | null,
  { ids, trainLength }: Dataset,
): Generator<number, LabelledText> {
  const plan = planEvaluation(trainLength, ids.length - trainLength);
  const end = plan === null ? trainLength : trainLength + plan.streams.batch * plan.streams.streamLength;
  const known = grammar === null ? null : yield* grammarLabelsInSteps(grammar, text);
  if (known === null || known.size === 0) return yield* plainLabelsInSteps(text, trainLength, end);
  return new Map([...known].map(([name, values]) => [name, values.slice(trainLength, end)]));
}
