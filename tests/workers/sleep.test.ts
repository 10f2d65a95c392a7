/** A machine that sleeps, or a page that is frozen: clocks jump, and nothing takes that for work or for silence. */
import { describe, expect, it } from 'vitest';
import { within } from '../../src/workers/clock';
import { Rhythm } from '../../src/workers/pacing';
import { FakeCabinet } from './cabinet';
import { createHarness, FakeClock } from './harness';

const SECOND = 1000;
const NIGHT = 8 * 3600 * SECOND;

describe('a time limit', () => {
  const settled = async (clock: FakeClock, work: () => Promise<void>) => {
    let how = 'waits';
    let answer: (value: string) => void = () => undefined;
    const asked = new Promise<string>((resolve) => (answer = resolve));
    within(clock, 10 * SECOND, asked).then(
      (value) => (how = value),
      () => (how = 'given up'),
    );
    await work();
    await new Promise((resolve) => setImmediate(resolve));
    return { how: () => how, answer };
  };

  it('is as long as it says', async () => {
    const clock = new FakeClock();
    const { how } = await settled(clock, async () => {
      clock.advance(9.9 * SECOND);
      await Promise.resolve();
    });
    expect(how()).toBe('waits');
    clock.advance(0.1 * SECOND);
    await new Promise((resolve) => setImmediate(resolve));
    expect(how()).toBe('given up');
  });

  it('is not over because it was slept through', async () => {
    const clock = new FakeClock();
    const { how, answer } = await settled(clock, async () => {
      clock.advance(2 * SECOND);
      clock.sleep(NIGHT);
      clock.advance(5 * SECOND);
      await Promise.resolve();
    });
    expect(how()).toBe('waits');
    answer('answered');
    await new Promise((resolve) => setImmediate(resolve));
    expect(how()).toBe('answered');
  });
});

describe('a rhythm', () => {
  const o = { share: 0.02, atLeast: 5 * SECOND, atMost: Infinity };

  it('keeps its share of the time, of what takes long as well', () => {
    const rhythm = new Rhythm(o);
    let now = 0;
    let spent = 0;
    let began = 0;
    for (let k = 0; k < 40; k++) {
      now += rhythm.until(now);
      expect(rhythm.isDue(now)).toBe(true);
      rhythm.done(now, now + 9 * SECOND);
      now += 9 * SECOND;
      if (k === 4) began = now;
      if (k > 4) spent += 9 * SECOND;
    }
    expect(spent / (now - began)).toBeLessThan(0.021);
  });

  it('is soon due again after a night that was slept through in the midst of it', () => {
    const rhythm = new Rhythm(o);
    rhythm.done(0, 20);
    rhythm.done(10 * SECOND, 10 * SECOND + NIGHT);
    expect(rhythm.until(10 * SECOND + NIGHT)).toBeLessThan(10 * SECOND);
    const now = 10 * SECOND + NIGHT + rhythm.until(10 * SECOND + NIGHT);
    rhythm.done(now, now + 20);
    expect(rhythm.until(now)).toBe(5 * SECOND);
  });
});

it('a run that was being saved as the machine fell asleep is saved again soon, and costs no night', async () => {
  const cabinet = new FakeCabinet();
  const { open, loadText, post, until, engine, clock, all } = createHarness(undefined, undefined, undefined, {
    cabinet,
  });
  const saved = () => all('keeping').flatMap(({ keeping }) => (keeping.state === 'saved' ? [keeping] : []));
  await open({ runId: 'a', textId: await loadText() });
  post({ type: 'train', runId: 'a' });
  await until(() => saved().length === 1, 'saved');
  engine.fileMilliseconds = NIGHT;
  await until(() => saved().length === 2, 'saved through the night');
  engine.fileMilliseconds = 0;
  const woken = clock.now();
  expect(saved()[1].every).toBeLessThanOrEqual(10 * SECOND);
  await until(() => {
    clock.advance(SECOND);
    return saved().length === 4;
  }, 'saved again');
  expect(clock.now() - woken).toBeLessThan(25 * SECOND);
});
