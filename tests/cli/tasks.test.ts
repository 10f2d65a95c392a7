/** Toy tasks in the place of a text file: found by their names, with their settings, and measured. */
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../cli/failures';
import { describeResult } from '../../cli/result';
import { scorerOf, settingsOfTask, taskOf } from '../../cli/tasks';
import { readText } from '../../cli/text';
import { parseCommand } from '../../cli/trainOptions';
import { createReferenceKernels } from '../../src/model/kernels/reference';
import { Run } from '../../src/model/run';
import { DEFAULT_SETTINGS } from '../../src/model/settings';
import { TASKS, writeTask } from '../../src/model/text/tasks';
import { createDataset } from '../../src/model/text/vocabulary';

const textOf = (name: string): string =>
  String.fromCodePoint(...readText(parseCommand([name])).codePoints.slice(0, 500));

describe('a toy task on the command line', () => {
  it('is the text that its grammar writes, of the seed that is given', () => {
    expect(textOf('task:anbn')).toBe(writeTask('anbn').slice(0, 500));
    expect(textOf('task:anbn:7')).toBe(writeTask('anbn', 7).slice(0, 500));
    expect(taskOf('anbn.txt')).toBeNull();
  });

  it.each(['task:', 'task:nothing', 'task:anbn:x', 'task:anbn:1:2', 'task:toString'])('is refused as %s', (name) => {
    expect(() => taskOf(name)).toThrow(UsageError);
  });

  it('brings its settings, and its name where the page has that very text', () => {
    expect(settingsOfTask({ id: 'anbn', seed: 1 })).toEqual({ ...TASKS.anbn.settings, corpus: 'anbn' });
    expect(settingsOfTask({ id: 'anbn', seed: 2 })).toEqual(TASKS.anbn.settings);
  });

  it('is measured, and no other text is', async () => {
    const settings = { ...DEFAULT_SETTINGS, ...TASKS.anbn.settings };
    const text = readText(parseCommand(['task:anbn']));
    const dataset = createDataset(text, settings);
    const run = Run.create({ settings, dataset, kernels: createReferenceKernels(), memoryLimit: 1e9 });
    const score = await scorerOf('task:anbn', text, dataset)(run);
    expect(score?.of).toBeGreaterThan(1000);
    expect(score?.right).toBeLessThan(score?.of ?? 0);
    expect(await scorerOf('anbn.txt', text, dataset)(run)).toBeNull();
    const pace = { steps: [], milliseconds: 0, characters: 0 };
    const told = { heldOutLoss: 1, pace, json: false, sample: null };
    const decisions = { right: 3, of: 4, chance: 0.5, asks: 'the end' };
    expect(describeResult(run, { ...told, decisions })).toContain(
      'Right are 75.0 % of its decisions (3 of 4 held out: the end)',
    );
    expect(describeResult(run, { ...told, decisions: null })).not.toContain('decisions');
    expect(JSON.parse(describeResult(run, { ...told, json: true, decisions }))).toMatchObject({ decisions });
    run.dispose();
  });
});
