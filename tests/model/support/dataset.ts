/** Texts as datasets, without the text room: symbols in the order of their code points. */
import type { Dataset } from '../../../src/model/text/types';

export const datasetOf = (text: string, heldOutShare = 0.1): Dataset => {
  const characters = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const trainLength = Math.floor(characters.length * (1 - heldOutShare));
  const symbols = [...new Set(characters)].sort((a, b) => a - b);
  const index = new Map(symbols.map((codePoint, id) => [codePoint, id]));
  const ids = Uint16Array.from(characters, (codePoint) => index.get(codePoint) ?? 0);
  const counts = new Float64Array(symbols.length);
  for (const id of ids.subarray(0, trainLength)) counts[id]++;
  return {
    textHash: `${String(characters.length)}:${text.slice(0, 8)}`,
    vocabulary: {
      codePoints: Int32Array.from(symbols),
      counts,
      cutDistinct: 0,
      cutCount: 0,
    },
    ids,
    trainLength,
    unseenDistinct: 0,
    unseenCount: 0,
  };
};

/** A text with some structure: 3 letters that come in turn, and a counter. */
export const PATTERN = Array.from({ length: 400 }, (_, k) => `${'abc'[k % 3]}${String((k * k) % 10)} `).join('');
