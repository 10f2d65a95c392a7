/** What is said aloud: phases and errors, and nothing while numbers merely move. */
import { describe, expect, it } from 'vitest';
import { announcementOf, sampleAnnouncement } from '../../src/components/shell/announcements';
import * as controls from '../../src/components/messages/controls';
import * as failures from '../../src/components/messages/failures';
import { numbersOf } from '../../src/components/messages/numbers';
import { showing } from '../store/facts';
import type { Failure } from '../../src/model/failures';
import type { NumberedSample, PlaygroundState, RunState } from '../../src/store';

type Told = Parameters<typeof announcementOf>[0];

const QUIET: Told = { runs: {}, shown: null, opening: null, text: null, problems: [], workerFailure: null };
const METRICS = { step: 1284, loss: 1.742 } as RunState['metrics'];
/** A page that shows a run. */
const run = (change: Partial<RunState>) => showing({ metrics: METRICS, ...change });
const WORDS = { controls: controls.en, failures: failures.en } as Parameters<typeof announcementOf>[2];
const say = (before: Partial<Told>, now: Partial<Told>) =>
  announcementOf({ ...QUIET, ...before }, { ...QUIET, ...now }, WORDS, numbersOf('en'));
const NOT_FINITE: Failure = { code: 'not-finite', step: 7, quantity: 'loss' };

describe('the announcer', () => {
  it('is silent while only numbers move', () => {
    const later = run({ phase: 'running', metrics: { ...METRICS, step: 1285 } });
    expect(say(run({ phase: 'running' }), later)).toBeNull();
  });

  it('tells of training and of pausing, with where it paused', () => {
    expect(say(run({}), run({ phase: 'running' }))).toBe('Training.');
    expect(say(run({ phase: 'running' }), run({}))).toBe('Paused at step 1,284, loss 1.74 nats.');
  });

  it('tells why training has stopped by itself', () => {
    const before = run({ phase: 'running' });
    expect(say(before, run({ stopped: 'step' }))).toBe('Stopped at step 1,284, as set, loss 1.74 nats.');
    const low = run({ stopped: 'loss', metrics: { ...METRICS, heldOutLoss: 1.5 } });
    expect(say(before, low)).toBe('Stopped at step 1,284: the held-out loss is 1.50 nats, as low as was set.');
  });

  it('tells of a run that takes the place of another', () => {
    const other = run({ runId: 'run-2', phase: 'running' });
    expect(say(run({ phase: 'running' }), other)).toBe('A new run has begun.');
  });

  it('tells a failure with its remedy', () => {
    const failed = run({ phase: 'failed', failure: NOT_FINITE });
    expect(say(run({ phase: 'running' }), failed)).toMatch(/^At step 7 the loss .* smaller learning rate/);
  });

  it('tells of a run that could not be made, once', () => {
    const opening = { failure: NOT_FINITE } as PlaygroundState['opening'];
    expect(say({}, { opening })).toMatch(/^At step 7/);
    expect(say({ opening }, { opening })).toBeNull();
  });

  it('tells of a new problem, and not of one that was dismissed', () => {
    const first = { id: 1, failure: NOT_FINITE, times: 1 };
    const second = { id: 2, failure: { code: 'unexpected', cause: 'x' } as const, times: 1 };
    expect(say({ problems: [first] }, { problems: [first, second] })).toMatch(/^Something happened/);
    expect(say({ problems: [first, second] }, { problems: [first] })).toBeNull();
    // Nor of the like of one that was told.
    expect(say({ problems: [first, second] }, { problems: [first, { ...second, times: 2 }] })).toBeNull();
  });
});

describe('a sample', () => {
  const sample = (number: number, change: Partial<NumberedSample> = {}): NumberedSample => ({
    number,
    runId: 'run-1',
    step: 1284,
    temperature: 1,
    topK: 0,
    topP: 1,
    prompt: '',
    unknown: [],
    text: ' the cat\nsat on the mat, and the dog sat on the cat, and so on',
    asked: false,
    complete: true,
    ...change,
  });
  const told = (before: readonly NumberedSample[], now: readonly NumberedSample[], runId = 'run-1') =>
    sampleAnnouncement(run({ samples: before }), run({ runId, samples: now }), WORDS, numbersOf('en'));

  it('is told of once it is finished, by how it begins', () => {
    const growing = sample(2, { complete: false });
    expect(told([sample(1)], [sample(1), growing])).toBeNull();
    const said = told([sample(1), growing], [sample(1), sample(2)]);
    expect(said).toMatch(/^At step 1,284 the network writes: the cat sat on .*…$/);
    expect(said?.length).toBeLessThan(80);
  });

  it('is told of once, and not where it comes back with another run', () => {
    const samples = [sample(1)];
    expect(told(samples, samples)).toBeNull();
    expect(told([sample(1), sample(2)], [sample(2)])).toBeNull();
    expect(told([], samples, 'run-2')).toBeNull();
  });
});
