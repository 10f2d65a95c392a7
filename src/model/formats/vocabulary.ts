/** A vocabulary in a run file: code points and counts as tensors [V]. */
import { UNKNOWN } from '../text/symbols';
import type { Vocabulary } from '../text/types';
import { damaged } from './damage';
import type { StoredTensor } from './safetensors';
import type { Take } from './take';

const CODE_POINTS = 'vocabulary.codePoints';
const COUNTS = 'vocabulary.counts';

export const vocabularyTensors = ({ codePoints, counts }: Vocabulary): [string, StoredTensor][] => [
  [CODE_POINTS, { shape: [codePoints.length], values: Int32Array.from(codePoints) }],
  [COUNTS, { shape: [counts.length], values: Float64Array.from(counts) }],
];

const isCharacter = (codePoint: number): boolean =>
  codePoint >= 0 && codePoint <= 0x10ffff && !(codePoint >= 0xd800 && codePoint < 0xe000);

/**
 * @param symbols V
 * @throws {FailureError} 'run-file-damaged' where it is none: a symbol twice, or what is no character, or no count
 */
export const readVocabulary = (
  take: Take,
  cut: Pick<Vocabulary, 'cutDistinct' | 'cutCount'>,
  symbols: number,
): Vocabulary => {
  const codePoints = take(CODE_POINTS, Int32Array, [symbols]).slice();
  const counts = take(COUNTS, Float64Array, [symbols]).slice();
  const seen = new Set<number>();
  codePoints.forEach((codePoint, symbol) => {
    const isSymbol = codePoint === UNKNOWN ? symbol === symbols - 1 : isCharacter(codePoint);
    if (!isSymbol || seen.has(codePoint))
      throw damaged({ kind: 'bounds', where: CODE_POINTS, value: String(codePoint) });
    seen.add(codePoint);
  });
  const wrong = counts.find((count) => !Number.isSafeInteger(count) || count < 0);
  if (wrong !== undefined) throw damaged({ kind: 'bounds', where: COUNTS, value: String(wrong) });
  return { codePoints, counts, ...cut };
};
