/** What a network writes, without a page. */
import { deriveKey, PURPOSE } from '../src/model/random';
import type { Run } from '../src/model/run';
import { USUAL_LENGTH } from '../src/model/sampling';
import type { Settings } from '../src/model/settings';
import { writtenCharacter } from '../src/model/text/display';
import { encodePrompt } from '../src/model/text/symbols';

export interface Written {
  /** In the normal form in which it was read. */
  readonly prompt: string;
  /** Characters of the prompt that the vocabulary does not have. */
  readonly unknown: readonly string[];
  readonly text: string;
}

/** As the page's first sample at this step, in full length. */
export const writeSample = async (run: Run, settings: Settings): Promise<Written> => {
  const { codePoints } = run.dataset.vocabulary;
  const { temperature, topK, topP, sampleLength } = settings;
  const { text: prompt, ids, unknown } = encodePrompt(codePoints, settings.prompt);
  const count = sampleLength === 0 ? USUAL_LENGTH : sampleLength;
  const seed = deriveKey(settings.seed, PURPOSE.sampling, run.metrics.step, 0);
  let text = '';
  for await (const symbol of run.sample({ prompt: ids, temperature, topK, topP, count, seed })) {
    text += writtenCharacter(codePoints[symbol]);
  }
  return { prompt, unknown, text };
};
