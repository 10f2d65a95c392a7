/** Short texts in the symbols of a network: what of them it reads, and what it does not know. */

/** The unknown symbol's code point. */
export const UNKNOWN = -1;

const NEWLINE = 10;

export interface Encoded {
  /** The text, in the normal form that the symbols know best; newlines are LF. */
  readonly text: string;
  readonly ids: Int32Array;
  /** Characters of `text` that are no symbol, each once. */
  readonly unknown: readonly string[];
}

const encodeAsIs = (symbolOf: ReadonlyMap<number, number>, text: string): Encoded & { readonly misses: number } => {
  const unknownSymbol = symbolOf.get(UNKNOWN);
  const ids: number[] = [];
  const unknown = new Set<string>();
  let misses = 0;
  for (const character of text) {
    const symbol = symbolOf.get(character.codePointAt(0) ?? 0);
    if (symbol === undefined) {
      unknown.add(character);
      misses++;
    }
    const id = symbol ?? unknownSymbol;
    if (id !== undefined) ids.push(id);
  }
  return { text, ids: Int32Array.from(ids), unknown: [...unknown], misses };
};

/**
 * A short text in symbols. Characters that are none become the unknown symbol, or are left out where there is none.
 *
 * An accented letter may be one character or two, and a network knows those of its own text: the text is taken as it is,
 * composed (NFC) or decomposed (NFD), whichever leaves the fewest unknown.
 *
 * @param symbols code point of each symbol, -1 for the unknown symbol
 */
export const encode = (symbols: Int32Array, text: string): Encoded => {
  const symbolOf = new Map<number, number>();
  symbols.forEach((codePoint, symbol) => symbolOf.set(codePoint, symbol));
  const lines = text.replace(/\r\n?/g, '\n');
  const {
    text: read,
    ids,
    unknown,
  } = [lines, lines.normalize('NFC'), lines.normalize('NFD')]
    .map((form) => encodeAsIs(symbolOf, form))
    .reduce((fewest, other) => (other.misses < fewest.misses ? other : fewest));
  return { text: read, ids, unknown };
};

/**
 * What the network reads where nothing else is given to it: a newline, since lines and texts begin after one; where that is
 * no symbol, the most frequent one.
 */
export const openingSymbol = (symbols: Int32Array): number => Math.max(0, symbols.indexOf(NEWLINE));

/** What a network reads before it writes: the prompt as `encode` has it; the opening symbol where nothing of it can be read. */
export const encodePrompt = (symbols: Int32Array, prompt: string): Encoded => {
  const read = encode(symbols, prompt);
  return read.ids.length > 0 ? read : { ...read, ids: Int32Array.of(openingSymbol(symbols)) };
};
