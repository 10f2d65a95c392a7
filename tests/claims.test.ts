/** What README's lessons and the corpora's notes say that one will see is checked, all of it, and holds. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { check } from '../scripts/claims/check';
import { bracketDepth, insideMarks, lineOfSingles, nameIsDue } from '../scripts/claims/features';
import { correlation, separation } from '../scripts/claims/measures';
import { CLAIMS, TASKS, TESTED } from '../scripts/claims/table';
import { DESCRIBED } from '../scripts/corpora/entries';
import { inRoot } from '../scripts/root.mjs';

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
    expect(lessons()).toHaveLength(4);
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

  // A claim of more steps is for the script alone: it trains for minutes, with more seeds.
  const short = CLAIMS.filter(({ runs }) => runs.every(({ steps }) => steps <= 1000));

  it.each(short)(
    'holds: $id',
    async (claim) => {
      const { holds, figures } = await check(claim, claim.seed ?? 1);
      expect(holds, `${claim.checked}: ${figures}`).toBe(true);
    },
    240_000,
  );
});

describe('how a unit follows a feature', () => {
  const feature = [0, 0, NaN, 1, 1];

  it('is measured where the feature says something', () => {
    expect(separation([1, 2, 99, 3, 4], feature)).toBe(1);
    expect(separation([4, 3, -99, 2, 1], feature)).toBe(1);
    expect(separation([1, 4, 0, 2, 3], feature)).toBe(0.5);
    // Of the four pairs, three are in order.
    expect(separation([1, 3, 0, 2, 4], feature)).toBe(0.75);
    expect(separation([1, 1, 0, 1, 1], feature)).toBe(0.5);
    expect(correlation([1, 1, 99, 3, 3], feature)).toBeCloseTo(1, 12);
    expect(correlation([3, 3, 0, 1, 1], feature)).toBeCloseTo(1, 12);
    // r of 1, 3, 2, 4 with 0, 0, 1, 1: covariance 0.25 over the root of 1.25 · 0.25.
    expect(correlation([1, 3, 0, 2, 4], feature)).toBeCloseTo(0.25 / Math.sqrt(1.25 * 0.25), 12);
    expect(correlation([2, 2, 0, 2, 2], feature)).toBe(0);
  });

  it('goes by the structure of the text', () => {
    expect(insideMarks(Array.from('a"b"c\n'))).toEqual([0, 1, 1, 0, 0, 0]);
    expect(bracketDepth(Array.from('([])<>\n'))).toEqual([1, 2, 1, 0, 1, 0, 0]);
    expect(lineOfSingles(Array.from('ab\naabb\n'))).toEqual([NaN, NaN, NaN, NaN, NaN, 0, 0, NaN]);
    expect(nameIsDue(Array.from('I go.\n\nDORA:\nNo.\n')).flatMap((due) => (Number.isNaN(due) ? [] : [due]))).toEqual([
      0, 1, 0, 0,
    ]);
  });
});
