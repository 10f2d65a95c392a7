/** What a network cannot read of a prompt. */
import { displayCharacter } from '../../model/text/display';
import { encode } from '../../model/text/symbols';

/** Characters of `prompt` that the vocabulary does not have, each once, visible. */
export const unknownIn = (prompt: string, symbols: Int32Array | null): string[] =>
  symbols === null
    ? []
    : encode(symbols, prompt).unknown.map((character) => displayCharacter(character.codePointAt(0) ?? -1));
