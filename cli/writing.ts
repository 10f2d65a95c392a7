/** What a network writes, without a page: by the page's own sampler, as the page's first sample at its step. */
import { deriveKey, PURPOSE } from '../src/model/random';
import { USUAL_LENGTH } from '../src/model/sampling';
import type { SampleOptions } from '../src/model/sampling';
import type { Settings } from '../src/model/settings';
import { quotation, writtenCharacter } from '../src/model/text/display';
import { encodePrompt } from '../src/model/text/symbols';

/** What is to be written. */
export type Wishes = Pick<Settings, 'seed' | 'prompt' | 'temperature' | 'topK' | 'topP' | 'sampleLength'>;

/** A network that writes symbols; a run is one. */
interface Writer {
  readonly sample: (options: SampleOptions) => AsyncGenerator<number, void, undefined>;
}

export interface Writing {
  /** In the normal form in which it was read. */
  readonly prompt: string;
  /** Characters of the prompt that the vocabulary does not have. */
  readonly unknown: readonly string[];
  /** Character by character. */
  readonly text: AsyncGenerator<string, void, undefined>;
}

/** @param codePoints of its symbols, [V] */
export const startWriting = (writer: Writer, codePoints: Int32Array, wishes: Wishes, step: number): Writing => {
  const { temperature, topK, topP, sampleLength } = wishes;
  const { text: prompt, ids, unknown } = encodePrompt(codePoints, wishes.prompt);
  const count = sampleLength === 0 ? USUAL_LENGTH : sampleLength;
  const seed = deriveKey(wishes.seed, PURPOSE.sampling, step, 0);
  const symbols = writer.sample({ prompt: ids, temperature, topK, topP, count, seed });
  const write = async function* () {
    for await (const symbol of symbols) yield writtenCharacter(codePoints[symbol]);
  };
  return { prompt, unknown, text: write() };
};

/** Says which characters of the prompt the network does not know. */
export const nameUnknown = (unknown: readonly string[]): void => {
  if (unknown.length > 0) console.error(`Not in the vocabulary: ${unknown.map(quotation).join(' ')}`);
};
