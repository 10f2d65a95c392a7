/** Slow motion's figure: columns, bars, what is shown when, and what it says. */
import { describe, expect, it } from 'vitest';
import * as stage from '../../src/components/messages/stage';
import { numbersOf } from '../../src/components/messages/numbers';
import { stepWords } from '../../src/components/messages/step';
import { zh } from '../../src/components/messages/zh';
import { STAGE_VIEWS, wantedReadings } from '../../src/components/stage/views';
import { barsOf, columnAt, columnsOf, GUTTER } from '../../src/components/step/layout';
import { currentOf, DURATION, shownOf } from '../../src/components/step/reveal';
import { groupName, moveText, readingOf, stepOf, stepRows } from '../../src/components/step/shown';
import type { StepParts } from '../../src/model/inspect/step';
import { SPEEDS } from '../../src/model/settings';
import { shownRun } from '../../src/store/state';
import { trainedPage } from '../store/page';

const STEP: StepParts = {
  runId: 'run-1',
  step: 1204,
  layer: 1,
  T: 3,
  B: 2,
  row: 0,
  ids: Int32Array.of(0, 1, 2),
  next: Int32Array.of(1, 2, 0),
  guesses: Int32Array.of(1, 0, 0),
  guessed: Float32Array.of(0.5, 0.75, 0.25),
  losses: Float32Array.of(0.6931, 2.5, 1.3863),
  meanLoss: 1.5,
  gradients: Float32Array.of(0.002, 0.0005, 0.001),
  groups: [
    { of: 'gate', gate: 'f', layer: null, moved: 0.02 },
    { of: 'layer', gate: null, layer: 0, moved: 0.01 },
    { of: 'output', gate: null, layer: null, moved: 0.03 },
  ],
  units: Float32Array.of(0.01, 0.02),
};
const SYMBOLS = ['a', '␣', 'ç'];

const LANGUAGES = [
  { words: stepWords.en, bands: stage.en.bands, numbers: numbersOf('en') },
  { words: stepWords.zh, bands: zh.stage.bands, numbers: numbersOf('zh') },
] as const;

describe('columns', () => {
  it('fill what there is, and are wide enough for a character where there is too little', () => {
    const wide = columnsOf(32, 800);
    expect(wide.width).toBeLessThanOrEqual(800);
    expect(wide.width).toBeGreaterThan(700);
    expect(columnsOf(8, 2000).column).toBeLessThan(30);
    const phone = columnsOf(32, 330);
    expect(phone.column).toBeGreaterThanOrEqual(14);
    expect(phone.width).toBeGreaterThan(330);
  });

  it('are found under the pointer, the nearest one beside them', () => {
    const columns = columnsOf(32, 800);
    for (let t = 0; t < 32; t++) expect(columnAt(columns, GUTTER + (t + 0.5) * columns.column)).toBe(t);
    expect(columnAt(columns, 0)).toBe(0);
    expect(columnAt(columns, 5000)).toBe(31);
  });
});

describe('bars', () => {
  it('stand on their line, as high as their values, below a round number', () => {
    const { tops, ticks } = barsOf([0, 2, 3.9, NaN], 50);
    const zero = ticks.find(({ value }) => value === 0);
    const most = ticks.at(-1);
    expect(tops[0]).toBe(50);
    expect(tops[3]).toBe(50);
    expect(zero?.at).toBe(50);
    expect(most?.value).toBeGreaterThanOrEqual(3);
    expect((50 - tops[2]) / (50 - tops[1])).toBeCloseTo(3.9 / 2);
    expect(Math.min(...tops)).toBeGreaterThanOrEqual(0);
  });

  it('keep their scale where the largest changes a little, and where there is nothing', () => {
    expect(barsOf([4.1], 50).ticks).toEqual(barsOf([4.9], 50).ticks);
    expect(barsOf([], 50).tops).toEqual([]);
    expect(barsOf([0, 0], 50).tops).toEqual([50, 50]);
  });
});

describe('the parts', () => {
  it('come one after the other, all of them before the next step', () => {
    expect(DURATION).toBeLessThan(1000 / SPEEDS[0]);
    for (let k = 0; k < 5; k++) {
      const [begins, ends] = [(k / 5) * DURATION, ((k + 1) / 5) * DURATION];
      expect(shownOf(begins, k, 5)).toBe(0);
      expect(shownOf((begins + ends) / 2, k, 5)).toBeCloseTo(0.5);
      expect(shownOf(ends, k, 5)).toBeCloseTo(1);
      expect(currentOf((begins + ends) / 2, 5)).toBe(k);
    }
    expect(currentOf(DURATION, 5)).toBeNull();
    expect(shownOf(DURATION, 4, 5)).toBe(1);
  });
});

describe('what is said', () => {
  it.each(LANGUAGES)('of a character holds all of its numbers', (language) => {
    const said = readingOf(STEP, SYMBOLS, 1, language);
    for (const part of ['2', '3', '“␣”', '“a”', '75%', '“ç”', '2.500', '0.0005']) expect(said).toContain(part);
    expect(said).not.toMatch(/undefined|NaN/);
  });

  it.each(LANGUAGES)('of weights names them', (language) => {
    const names = STEP.groups.map((group) => groupName(group, language));
    expect(names[0]).toBe(`${language.bands.f} f`);
    expect(names[1]).toMatch(/1/);
    expect(new Set(names).size).toBe(3);
    const move = { gate: 'g', index: 1, before: -0.25, after: 0.125 } as const;
    expect(moveText({ ...move, from: 'symbol' }, SYMBOLS, language)).toMatch(/“␣”.*g.*−0\.250.*0\.125/);
    expect(moveText({ ...move, from: 'unit' }, SYMBOLS, language)).toMatch(/1.*→ g/);
  });

  it('is written into a file with a line for each character', () => {
    const [head, ...rows] = stepRows(STEP, SYMBOLS);
    expect(rows).toHaveLength(3);
    expect(rows.every((row) => row.length === head.length)).toBe(true);
    expect(rows[2]).toEqual(['1204', '3', 'ç', 'a', '0.25', 'a', String(STEP.losses[2]), String(STEP.gradients[2])]);
  });
});

describe('the views', () => {
  it('want a step in slow motion only, and the probe always', () => {
    const page = trainedPage();
    expect(wantedReadings(page.get())).toEqual(['probe', 'chronicle']);
    page.get().actions.set('speed', 0);
    expect(wantedReadings(page.get())).toEqual(['step', 'probe', 'chronicle']);
    expect(STAGE_VIEWS.filter(({ isSeen }) => isSeen(page.get()))).toHaveLength(STAGE_VIEWS.length);
  });

  it('show a step once one has been watched', () => {
    const run = shownRun(trainedPage().get());
    if (run === null) throw new Error('no run');
    expect(stepOf({ ...run, readings: { step: STEP } })).toBe(STEP);
    expect(stepOf({ ...run, readings: { step: null } })).toBeNull();
    expect(stepOf({ ...run, readings: {} })).toBeNull();
    expect(stepOf(null)).toBeNull();
  });
});
