/** Toy tasks: their texts are what their words say, and what they ask for is where and what an independent reader finds. */
import { describe, expect, it } from 'vitest';
import { parseSetting } from '../../../src/model/parseSetting';
import { isStructural, SETTING_NAMES } from '../../../src/model/settings';
import { fromString } from '../../../src/model/text/decode';
import { GRAMMARS, grammarLossInSteps } from '../../../src/model/text/grammars';
import { ambiguity, decisionsInSteps } from '../../../src/model/text/grammars/derivation';
import type { Choice } from '../../../src/model/text/grammars/derivation';
import { heldOutDecisionsInSteps } from '../../../src/model/text/heldOutDecisions';
import { isTaskName, taskEntries, TASKS, writeTask } from '../../../src/model/text/tasks';
import type { TaskName } from '../../../src/model/text/tasks';
import { createDataset } from '../../../src/model/text/vocabulary';
import { finish } from './steps';

const NAMES = Object.keys(TASKS) as TaskName[];
const SIZE = 20_000;

/** What a text asks for: the places, and the characters that are right there. */
type Asked = readonly (readonly [place: number, right: string])[];

/** Of each line that fits the pattern what its answer is, by someone who reads the line alone. */
const perLine =
  (answer: (line: string) => Asked) =>
  (text: string): Asked => {
    let from = 0;
    return text
      .split('\n')
      .slice(0, -1)
      .flatMap((line) => {
        const asked = answer(`${line}\n`).map(([place, right]) => [from + place, right] as const);
        from += line.length + 1;
        return asked;
      });
  };

/** All characters from `place` on. */
const spelt = (place: number, right: string): Asked =>
  Array.from(right, (character, k) => [place + k, character] as const);

/** The groups of a line that must fit the pattern. */
const groups = (line: string, pattern: RegExp): readonly string[] => {
  const found = pattern.exec(line);
  if (found === null) throw new Error(`${JSON.stringify(line)} is no line of this task`);
  return found;
};

/** Whether the letters are a walk through the Reber grammar's graph, as it is drawn in the papers. */
const isReber = (inner: string): boolean => {
  const edges: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    start: { T: 'upper', P: 'lower' },
    upper: { S: 'upper', X: 'upperEnd' },
    lower: { T: 'lower', V: 'lowerEnd' },
    upperEnd: { X: 'lower', S: 'end' },
    lowerEnd: { P: 'upperEnd', V: 'end' },
    end: {},
  };
  let at: string | undefined = 'start';
  for (const letter of inner) at = at === undefined ? undefined : edges[at][letter];
  return at === 'end';
};

/** Closed brackets for those that are open, by deleting pairs until none is left. */
const closersOf = (brackets: string): string => {
  let left = brackets;
  for (let before = ''; before !== left;) [before, left] = [left, left.replace(/\(\)|\[\]|\{\}/g, '')];
  return Array.from(left, (open) => ({ '(': ')', '[': ']', '{': '}' })[open] ?? '?')
    .reverse()
    .join('');
};

const reberLine = (line: string): Asked => {
  const [, letter, inner, last] = groups(line, /^B([TP])B([TPSXV]+)E([TP])E\n$/);
  expect(isReber(inner)).toBe(true);
  expect(last).toBe(letter);
  return [[line.length - 3, letter]];
};

/** By each task an independent reader. */
const READERS: Readonly<Record<TaskName, (text: string) => Asked>> = {
  'continual-reber': (text) => {
    const asked: (readonly [number, string])[] = [];
    let from = 0;
    // Strings one after the other; the last one may be cut off.
    for (const string of text.split(/(?<=E[TP]E)(?=B)/)) {
      if (/E[TP]E$/.test(string)) asked.push([from + reberLine(`${string}\n`)[0][0], string[1]]);
      // It may be cut off just there.
      else if (/E[TP]$/.test(string)) asked.push([from + string.length - 1, string[1]]);
      from += string.length;
    }
    return asked;
  },
  reber: perLine(reberLine),
  'first-symbol': perLine((line) => {
    const [, first] = groups(line, /^([xy])[abcd]{40,50}\?[xy]\n$/);
    return [[line.length - 2, first]];
  }),
  'temporal-order': perLine((line) => {
    const [, marks] = [
      line,
      Array.from(line)
        .filter((one) => 'XY'.includes(one))
        .join(''),
    ];
    groups(line, /^E[abcd]{9,19}[XY][abcd]{29,49}[XY][abcd]{38,58}B[QRSU]\n$/);
    expect(line.indexOf('B')).toBeGreaterThanOrEqual(99);
    expect(line.indexOf('B')).toBeLessThanOrEqual(109);
    const places = Array.from(line, (one, k) => ('XY'.includes(one) ? k : -1)).filter((k) => k >= 0);
    expect(places[1]).toBeGreaterThanOrEqual(50);
    expect(places[1]).toBeLessThanOrEqual(60);
    return [[line.length - 2, 'QRSU'[['XX', 'XY', 'YX', 'YY'].indexOf(marks)]]];
  }),
  adding: perLine((line) => {
    const [, row] = groups(line, /^([0-4+]+)=\d\n$/);
    expect(row.replaceAll('+', '')).toHaveLength(20);
    const marked = row.match(/\+\d/g) ?? [];
    expect(marked).toHaveLength(2);
    return [[line.length - 2, String(marked.reduce((sum, one) => sum + Number(one), 0))]];
  }),
  anbn: perLine((line) => {
    const [, a] = groups(line, /^(a{1,10})b+\n$/);
    const n = a.length;
    return [...(n > 1 ? [[2 * n - 1, 'b'] as const] : []), [2 * n, '\n']];
  }),
  anbncn: perLine((line) => {
    const [, a] = groups(line, /^(a{1,10})b+c+\n$/);
    const n = a.length;
    return [
      ...(n > 1 ? [[2 * n - 1, 'b'] as const] : []),
      [2 * n, 'c'],
      ...(n > 1 ? [[3 * n - 1, 'c'] as const] : []),
      [3 * n, '\n'],
    ];
  }),
  'count-to-n': perLine((line) => {
    const n = 'ABCDEFGHI'.indexOf(groups(line, /^([A-I])o+\n$/)[1]) + 1;
    return [
      [n, 'o'],
      [n + 1, '\n'],
    ];
  }),
  matching: perLine((line) => {
    const [, open] = groups(line, /^([()[\]{}]+)\|[)\]}]+\n$/);
    const closers = closersOf(open);
    expect(closers.length).toBeGreaterThan(0);
    expect(closers).not.toContain('?');
    return spelt(open.length + 1, `${closers}\n`);
  }),
  copy: perLine((line) => {
    const [, word] = groups(line, /^([abcd]{2,6}):[abcd]+\n$/);
    return spelt(word.length + 1, `${word}\n`);
  }),
  reverse: perLine((line) => {
    const [, word] = groups(line, /^([abcd]{2,6}):[abcd]+\n$/);
    return spelt(word.length + 1, `${word.split('').reverse().join('')}\n`);
  }),
  parity: perLine((line) => {
    const [, bits] = groups(line, /^([01]{2,8})=[01]\n$/);
    return [[line.length - 2, String(bits.replaceAll('0', '').length % 2)]];
  }),
};

describe.each(NAMES)('the task %s', (name) => {
  const text = writeTask(name, 7, SIZE);

  it('writes the same for the same seed only, and begins a longer text likewise', () => {
    expect(writeTask(name, 7, SIZE)).toBe(text);
    expect(writeTask(name, 8, SIZE)).not.toBe(text);
    expect(text.length).toBeLessThanOrEqual(SIZE);
    expect(text.length).toBeGreaterThan(0.95 * SIZE);
    expect(writeTask(name, 7, 2 * SIZE).startsWith(text)).toBe(true);
  });

  it('asks where an independent reader of its text does, and for what that reader finds', () => {
    const asked = READERS[name](text);
    expect(asked.length).toBeGreaterThan(100);
    expect(finish(decisionsInSteps(TASKS[name].grammar, text))).toEqual(asked.map(([place]) => place));
    expect(asked.filter(([place, right]) => text[place] !== right)).toEqual([]);
  });

  it('can be read in one way only, and is known to its grammar', () => {
    const derivation = TASKS[name].grammar(() => undefined);
    const checked = new Set<Choice>();
    let { value } = derivation.next();
    for (let position = 0; position < 5000;) {
      const at = position;
      if (!checked.has(value)) expect(ambiguity(value)).toBeNull();
      checked.add(value);
      const taken = value.options.findIndex((option) => text.startsWith(option, at));
      position += value.options[taken].length;
      // What is asked for is certain.
      if (value.isAsked) expect(value.options).toHaveLength(1);
      ({ value } = derivation.next(taken));
    }
    const loss = finish(grammarLossInSteps(name, fromString(text), [{ start: 0, end: text.length }]));
    expect(loss).toBeGreaterThan(0.01);
    expect(loss).toBeLessThan(2);
  });

  it('is measured on what is held out, in one stream, and knows how far one comes without a memory', () => {
    const read = fromString(text);
    const dataset = createDataset(read, { validation: 0.1, vocabularyLimit: 1024 });
    const decisions = finish(heldOutDecisionsInSteps(read, name, dataset));
    if (decisions === null) throw new Error('nothing is asked');
    const { places, plan, chance } = decisions;
    const end = plan.streams.from + plan.windows * plan.streams.length + 1;
    const asked = READERS[name](text).map(([place]) => place);
    expect(plan.streams.batch).toBe(1);
    expect(end).toBeLessThanOrEqual(text.length);
    expect([...places]).toEqual(asked.filter((place) => place >= dataset.trainLength && place < end));
    // At least 0.8 of what is held out is measured.
    expect(end - dataset.trainLength).toBeGreaterThan(0.08 * SIZE);
    expect(chance).toBeGreaterThan(0.1);
    expect(chance).toBeLessThan(0.9);
  });

  it('brings settings that a run can have', () => {
    for (const [setting, value] of Object.entries(TASKS[name].settings)) {
      const known = SETTING_NAMES.find((one) => one === setting);
      if (known === undefined) throw new Error(`There is no setting ${setting}`);
      expect(isStructural(known) || known === 'learningRate').toBe(true);
      expect(parseSetting(known, String(value))).toEqual({ value, correction: null });
    }
  });
});

describe('toy tasks', () => {
  it('have names that no corpus has, and words in both languages', () => {
    expect(NAMES.filter((name) => name in GRAMMARS)).toEqual([]);
    for (const { id, title, look, task } of taskEntries()) {
      expect(isTaskName(id)).toBe(true);
      const said = [title, look, task?.asks, task?.gate, ...(task?.published ?? []).map(({ found }) => found)];
      for (const words of said) {
        expect(words?.en).not.toBe('');
        expect(words?.zh).not.toBe('');
      }
    }
  });

  it('are no tasks where another text came in their place', () => {
    const read = fromString('What is this? '.repeat(300));
    const dataset = createDataset(read, { validation: 0.1, vocabularyLimit: 1024 });
    expect(finish(heldOutDecisionsInSteps(read, 'anbn', dataset))).toBeNull();
    expect(finish(heldOutDecisionsInSteps(read, null, dataset))).toBeNull();
    // A grammar that asks for nothing.
    const lines = fromString('abab\naabb\n'.repeat(300));
    expect(
      finish(heldOutDecisionsInSteps(lines, 'abab', createDataset(lines, { validation: 0.1, vocabularyLimit: 9 }))),
    ).toBeNull();
  });

  it('say by the character before each decision what one knows who remembers nothing', () => {
    // Behind ? stands x or y: always the commoner of the two.
    const text = writeTask('first-symbol', 3, SIZE);
    const answers = [...text.matchAll(/\?(.)/g)].map(([, answer]) => answer);
    const share = answers.filter((answer) => answer === 'x').length / answers.length;
    const read = fromString(text);
    const dataset = createDataset(read, { validation: 0.1, vocabularyLimit: 1024 });
    expect(finish(heldOutDecisionsInSteps(read, 'first-symbol', dataset))?.chance).toBeCloseTo(
      Math.max(share, 1 - share),
      9,
    );
  });
});
