/** What README's lessons and the corpora's notes say that one will see is checked, all of it, and holds. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { check } from '../scripts/claims/check';
import { inLowerLine, nameIsDue } from '../scripts/claims/features';
import { follower, following, sizes } from '../scripts/claims/measures';
import { stepsFor } from '../scripts/claims/promises';
import { CLAIMS, TASKS, TESTED } from '../scripts/claims/table';
import type { Claim } from '../scripts/claims/table';
import { corpusOf } from '../scripts/claims/training';
import type { Reading } from '../scripts/claims/training';
import { DESCRIBED } from '../scripts/corpora/entries';
import { inRoot } from '../scripts/root.mjs';
import { DEFAULT_SETTINGS } from '../src/model/settings';

/** Sentences of plain text, each with its mark. */
const sentencesOf = (text: string): string[] => text.split(/(?<=[.?!]) (?=[A-Z])/);

/** The numbered lessons without Markdown's signs. */
const lessons = (): string[] =>
  readFileSync(inRoot('README.md'), 'utf8')
    .split('\n')
    .filter((line) => /^\d\. \*\*/.test(line))
    .map((line) => line.replace(/^\d\. /, '').replace(/\*\*|_/g, ''));

const said = [...lessons(), ...DESCRIBED.map(({ look }) => look.en)].flatMap(sentencesOf);

describe('what is said that one will see', () => {
  it('is a question, a task, held by a test, or a claim in the table, word for word', () => {
    expect(lessons()).toHaveLength(5);
    const known = new Set([...CLAIMS.flatMap(({ says }) => says), ...TASKS, ...TESTED.keys()]);
    expect(said.filter((sentence) => !sentence.endsWith('?') && !known.has(sentence))).toEqual([]);
  });

  it('is still said where the table says so', () => {
    const sentences = new Set(said);
    const listed = [...CLAIMS.flatMap(({ says }) => says), ...TASKS, ...TESTED.keys()];
    expect(listed.filter((sentence) => !sentences.has(sentence))).toEqual([]);
    for (const { says } of CLAIMS) expect(says.length).toBeGreaterThan(0);
    for (const path of TESTED.values()) expect(existsSync(inRoot(path))).toBe(true);
    expect(new Set(CLAIMS.map(({ id }) => id)).size).toBe(CLAIMS.length);
  });

  it('is checked where a corpus promises a unit, once as many characters have been read', () => {
    for (const { id: corpus, promises } of DESCRIBED) {
      for (const { label, characters } of promises) {
        const claim = CLAIMS.find(({ id }) => id === `${corpus}-${label}`);
        expect(claim?.runs).toEqual([{ corpus, steps: stepsFor(corpus, characters) }]);
      }
    }
  });

  /** Characters times units of all its runs. */
  const workOf = ({ runs }: Claim): number =>
    runs.reduce((sum, { corpus, settings, steps }) => {
      const { batch, length, units } = { ...DEFAULT_SETTINGS, ...corpusOf(corpus).settings, ...settings };
      return sum + batch * length * units * steps;
    }, 0);
  // The others are for the script alone: it trains for minutes, with more seeds.
  const SHORT = 15_000_000;
  const short = CLAIMS.filter((claim) => workOf(claim) <= SHORT);

  it('is checked here as far as it is soon trained', () => {
    expect(short.map(({ id }) => id)).toContain('capslock-capitals');
  });

  it.each(short)(
    'holds: $id',
    async (claim) => {
      const { holds, figures } = await check(claim, 1);
      expect(holds, `${claim.checked}: ${figures}`).toBe(true);
    },
    240_000,
  );
});

describe('how a unit follows the text', () => {
  /** A line of a couplet each, again and again; two units, of which the second has `h` and the first nothing. */
  const LINES = Array.from('ab，cd。'.repeat(8));
  const readingOf = (second: (i: number) => number, from = 0): Reading => {
    const places = Int32Array.from({ length: LINES.length - from }, (_, k) => k + from);
    const unit = (u: number, i: number): number => (u === 0 ? (i * 7) % 5 : second(i));
    return {
      characters: LINES,
      labels: new Map([['word', Int16Array.from(places, (i) => (/[a-d]/.test(LINES[i]) ? 1 : 0))]]),
      series: {
        bands: ['c', 'h'],
        H: 2,
        characters: places.length,
        places,
        values: Float32Array.from([
          ...[0, 1].flatMap((u) => Array.from(places, (i) => -3 * unit(u, i))),
          ...[0, 1].flatMap((u) => Array.from(places, (i) => unit(u, i))),
        ]),
      },
    };
  };

  it('is measured at the places where the feature says something, either way up', () => {
    const lower = inLowerLine(LINES);
    expect(
      following(
        readingOf((i) => lower[i]),
        'h',
        inLowerLine,
      ),
    ).toBe(1);
    expect(
      following(
        readingOf((i) => lower[i]),
        'c',
        inLowerLine,
      ),
    ).toBe(1);
    // A series that begins within the text has its own places.
    expect(
      following(
        readingOf((i) => lower[i], 4),
        'h',
        inLowerLine,
      ),
    ).toBe(1);
    const atCommas = (characters: readonly string[]) => characters.map((one, i) => (one === '，' ? i % 2 : NaN));
    expect(() =>
      following(
        readingOf(() => 0),
        'o',
        atCommas,
      ),
    ).toThrow(RangeError);
  });

  it('takes a unit that followed on one half for no better than it is on the other', () => {
    const lower = inLowerLine(LINES);
    expect(
      following(
        readingOf((i) => (i < LINES.length / 2 ? lower[i] : 1 - lower[i])),
        'h',
        inLowerLine,
      ),
    ).toBe(0);
  });

  it('ranks one band by a label', () => {
    const { unit, band, score, isHigh } = follower(
      readingOf((i) => (/[a-d]/.test(LINES[i]) ? 1 : 0)),
      'c',
      'word',
    );
    expect({ unit, band, score, isHigh }).toEqual({ unit: 1, band: 'c', score: 1, isHigh: false });
    expect(() =>
      follower(
        readingOf(() => 0),
        'c',
        'depth',
      ),
    ).toThrow(RangeError);
  });

  it('is set beside the sizes of a band', () => {
    const size = sizes(
      readingOf((i) => (i % 2) * 2),
      'c',
    );
    expect(size(0)).toBe(0);
    expect(size(1)).toBe(12);
  });

  it('goes by the structure of the text', () => {
    expect(inLowerLine(Array.from('上，下。上'))).toEqual([0, 1, 1, 0, 0]);
    expect(nameIsDue(Array.from('I go.\n\nDORA:\nNo.\n')).flatMap((due) => (Number.isNaN(due) ? [] : [due]))).toEqual([
      0, 1, 0, 0,
    ]);
  });
});
