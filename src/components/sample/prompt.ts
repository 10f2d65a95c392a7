/** What a network reads of a prompt, and what it cannot. */
import { displayCharacter, displayText, UNKNOWN_SIGN } from '../../model/text/display';
import { encode, UNKNOWN } from '../../model/text/symbols';

/** Characters of `prompt` that the vocabulary does not have, each once, visible. */
export const unknownIn = (prompt: string, symbols: Int32Array | null): string[] =>
  symbols === null
    ? []
    : encode(symbols, prompt).unknown.map((character) => displayCharacter(character.codePointAt(0) ?? UNKNOWN));

/** A stretch of a prompt as it is shown. */
export interface PromptPart {
  readonly text: string;
  readonly isRead: boolean;
}

/** The stretches of a prompt that were read, and those that were not: each character of these as a visible sign. */
export const promptParts = (prompt: string, unknown: readonly string[]): PromptPart[] => {
  const parts: PromptPart[] = [];
  for (const character of prompt) {
    const isRead = !unknown.includes(character);
    const last = parts.at(-1);
    const text = isRead ? character : displayCharacter(character.codePointAt(0) ?? UNKNOWN);
    if (last?.isRead === isRead) parts[parts.length - 1] = { isRead, text: last.text + text };
    else parts.push({ isRead, text });
  }
  return parts.map(({ isRead, text }) => ({ isRead, text: isRead ? displayText(text) : text }));
};

/** What the network read of a prompt: with the unknown symbol, where it has one, in place of what it does not know. */
export const readPart = (prompt: string, unknown: readonly string[], symbols: Int32Array): string => {
  const instead = symbols.includes(UNKNOWN) ? UNKNOWN_SIGN : '';
  return Array.from(prompt, (character) => (unknown.includes(character) ? instead : character)).join('');
};
