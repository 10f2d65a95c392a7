/** What a network cannot read of a prompt. */
import { displayCharacter } from '../../model/text/display';

/** Characters of `prompt` that the vocabulary does not have, each once, visible. */
export const unknownIn = (prompt: string, symbols: Int32Array | null): string[] => {
  if (!symbols) return [];
  const known = new Set(symbols);
  return [...new Set(Array.from(prompt, (character) => character.codePointAt(0) ?? -1))]
    .filter((codePoint) => !known.has(codePoint))
    .map(displayCharacter);
};
