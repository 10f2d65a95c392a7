/** Which encoding do these bytes have? Judged on what each would make of them: the likeliest text is the one that was written. */
import { analyse } from 'chardet';
import { FailureError } from '../failures';
import { isBinary } from './bytes';
import { createDecoder, isUndecodable, REPLACEMENT } from './decoders';
import type { Detect } from './decode';
import { plausibilityOf } from './plausibility';
import { tellingLines, tellingSample } from './telling';
import { ENCODINGS, type Encoding } from './types';

/** Bytes of the beginning that show whether characters are two or four bytes wide. */
const BEGINNING = 1 << 12;

const WIDE: readonly Encoding[] = ['utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'];
const NARROW = ENCODINGS.filter((encoding) => !WIDE.includes(encoding) && encoding !== 'iso-2022-jp');

/** How much rarer than the usual ones an encoding is, in nats. */
const RARITY: Partial<Readonly<Record<Encoding, number>>> = {
  'utf-16le': 2,
  'utf-16be': 2,
  'utf-32le': 4,
  'utf-32be': 4,
  'iso-8859-2': 2,
  'iso-8859-3': 4,
  'iso-8859-4': 5,
  'iso-8859-5': 2,
  'iso-8859-6': 2,
  'iso-8859-7': 1,
  'iso-8859-8': 1,
  'iso-8859-10': 6,
  'iso-8859-13': 3,
  'iso-8859-14': 6,
  'iso-8859-15': 2,
  'iso-8859-16': 6,
  'koi8-u': 1,
  ibm866: 2,
  macintosh: 4,
  'x-mac-cyrillic': 5,
};

const rarityOf = (encoding: Encoding): number => RARITY[encoding] ?? 0;

/** What the best reading must be ahead of the next one, in nats, and for each character in which the two differ. */
const AHEAD = { atLeast: 10, perDifference: 0.2 };

/**
 * What the bytes of characters beyond ASCII cost at most in a text that makes sense, in nats a byte: between Latin letters;
 * in other alphabets; where a character has two bytes or more. Of fewer characters than `atLeast` nothing can be said.
 */
const STRANGE = { latin: 6.8, alphabet: 5.2, characters: 5.7, atLeast: 4 };

/** How many readings are offered at most. */
const OFFERED = 6;

/** Share of NULs from which a reading is none. */
const MOST_NULS = 0.1;

/** What the statistics of frequent bytes, an independent witness, can add where they are certain. */
const WITNESS = 4;
/** Encodings by the names that chardet has for them. */
const WITNESSED: Partial<Readonly<Record<string, Encoding>>> = {
  'ISO-8859-1': 'windows-1252',
  'ISO-8859-9': 'windows-1254',
};

const countAscii = (text: string): number => {
  let count = 0;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 0x80) count++;
  return count;
};

const countOf = (text: string, character: string): number => text.split(character).length - 1;

/** Begins the characters of ISO-2022-JP, which is ASCII all through. */
const ESCAPE = 0x1b;

interface Candidate {
  readonly encoding: Encoding;
  readonly text: string;
  readonly score: number;
  /** Nats of the characters beyond ASCII. */
  readonly beyondAscii: number;
}

const byScore = (a: Candidate, b: Candidate): number => b.score - a.score;

/** How likely an encoding is by itself and by the witness, in nats. */
const priorOf = (sample: Uint8Array): ((encoding: Encoding) => number) => {
  const witness = new Map<string, number>();
  for (const { name, confidence } of analyse(sample)) {
    witness.set(WITNESSED[name] ?? name.toLowerCase(), (WITNESS * confidence) / 100);
  }
  return (encoding) => (witness.get(encoding) ?? 0) - rarityOf(encoding);
};

/** Different readings of the sample by the encodings, the likeliest first; of those that read alike the most usual one. */
export const readingsOf = (sample: Uint8Array, encodings: readonly Encoding[]): Candidate[] => {
  const prior = priorOf(sample);
  const alike = new Map<string, Encoding[]>();
  for (const encoding of encodings) {
    const text = createDecoder(encoding).push(sample);
    if (countOf(text, '\0') > MOST_NULS * text.length) continue;
    if (isUndecodable(countOf(text, REPLACEMENT), text.length, text.length - countAscii(text))) continue;
    alike.set(text, [...(alike.get(text) ?? []), encoding]);
  }
  return Array.from(alike, ([text, all]): Candidate => {
    const { all: nats, beyondAscii } = plausibilityOf(text);
    const encoding = all.reduce((usual, other) => (rarityOf(other) < rarityOf(usual) ? other : usual));
    return { encoding, text, score: nats + Math.max(...all.map(prior)), beyondAscii };
  }).sort(byScore);
};

const isValidUtf8 = (sample: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true });
    return true;
  } catch {
    return false;
  }
};

/** In how many characters two readings of the same bytes differ, wherever they stand. */
const differences = (a: string, b: string): number => {
  const counts = new Map<string, number>();
  for (const character of a) counts.set(character, (counts.get(character) ?? 0) + 1);
  for (const character of b) counts.set(character, (counts.get(character) ?? 0) - 1);
  let all = 0;
  for (const count of counts.values()) all += Math.max(0, count);
  return all;
};

/** Whether even the best reading is nothing that anyone would write. */
const isStrange = ({ text, beyondAscii }: Candidate, sample: Uint8Array): boolean => {
  const ascii = countAscii(text);
  const others = text.length - ascii;
  const bytes = sample.length - ascii;
  if (others < STRANGE.atLeast) return false;
  const { latin, alphabet, characters } = STRANGE;
  const inOtherAlphabets = text.match(/[^\p{sc=Latin}\P{L}]/gu)?.length ?? 0;
  const limit = bytes > 1.5 * others ? characters : inOtherAlphabets > others / 2 ? alphabet : latin;
  return -beyondAscii > limit * bytes;
};

/** The readings to choose from, the best first: it alone where it is well ahead and makes sense. */
const closeOnes = (candidates: readonly Candidate[], sample: Uint8Array): Candidate[] => {
  const [first] = candidates;
  const isAhead = ({ text, score }: Candidate): boolean =>
    first.score - score >= Math.max(AHEAD.atLeast, AHEAD.perDifference * differences(first.text, text));
  const strange = isStrange(first, sample);
  return candidates.filter((candidate) => candidate === first || strange || !isAhead(candidate)).slice(0, OFFERED);
};

/** Readings by characters of two or four bytes, where the bytes look like that. */
const wideReadings = (beginning: Uint8Array): Candidate[] => {
  const binary = isBinary(beginning);
  if (!binary && !beginning.includes(0) && isValidUtf8(beginning)) return [];
  const wide = readingsOf(beginning, WIDE);
  if (wide.length === 0 || (binary && isStrange(wide[0], beginning))) return [];
  const all = [...wide, ...readingsOf(beginning, NARROW)].sort(byScore);
  return WIDE.includes(all[0].encoding) ? all : [];
};

export const detectEncoding: Detect = (bytes, name) => {
  const decide = (candidates: readonly Candidate[], sample: Uint8Array) => {
    const encodings = closeOnes(candidates, sample).map(({ encoding }) => encoding);
    if (encodings.length === 1) return { encoding: encodings[0], markBytes: 0 };
    throw new FailureError({ code: 'text-encoding-unclear', name, readings: tellingLines(sample, encodings) });
  };
  const beginning = bytes.subarray(0, BEGINNING);
  const wide = wideReadings(beginning);
  if (wide.length > 0) return decide(wide, beginning);
  if (isBinary(bytes)) throw new FailureError({ code: 'text-binary', name });
  const sample = tellingSample(bytes);
  if (!isValidUtf8(sample)) return decide(readingsOf(sample, NARROW), sample);
  return sample.includes(ESCAPE)
    ? decide(readingsOf(sample, ['utf-8', 'iso-2022-jp']), sample)
    : { encoding: 'utf-8', markBytes: 0 };
};
