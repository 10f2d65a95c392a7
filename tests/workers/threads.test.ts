/** Threads that take parts of batches: shared by runs, ended when nobody wants them, and missed when they fall silent. */
import { describe, expect, it } from 'vitest';
import { createThreads } from '../../src/workers/threads';
import type { ThreadLike } from '../../src/workers/threads';
import type { ShardCommand, ShardEvent } from '../../src/workers/shardProtocol';
import type { Parcel, ShardSpec } from '../../src/model/shards';
import { DEFAULT_SETTINGS } from '../../src/model/settings';
import { FakeClock } from './harness';

const program = new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
const spec: ShardSpec = { settings: DEFAULT_SETTINGS, symbols: 3, hand: { from: 1, to: 2 } };
const specs = (count: number): ShardSpec[] => Array.from({ length: count }, () => spec);
const parcel = (value: number): Parcel => ({
  hand: spec.hand,
  conditions: { dropout: null, activationPenalty: 0 },
  inputs: Int32Array.of(1),
  targets: Int32Array.of(2),
  states: [Float32Array.of(3), Float32Array.of(4)],
  gradients: [Float32Array.of(value)],
  totals: Float32Array.of(6, 7),
});

class FakeThread implements ThreadLike {
  readonly heard: ShardCommand[] = [];
  readonly given: ArrayBuffer[][] = [];
  terminated = false;
  /** Whether what happened here goes no further. */
  isOver = false;
  #listeners: { type: string; listener: (event: Event) => void }[] = [];
  postMessage(command: ShardCommand, transfer: ArrayBuffer[]): void {
    this.heard.push(command);
    this.given.push(transfer);
  }
  addEventListener(type: string, listener: (event: Event) => void): void {
    this.#listeners.push({ type, listener });
  }
  terminate(): void {
    this.terminated = true;
  }
  say(data: ShardEvent): void {
    this.#tell(new MessageEvent('message', { data }));
  }
  fail(type: 'error' | 'messageerror', message?: string): void {
    const event = Object.assign(new Event(type, { cancelable: true }), { message });
    this.#tell(event);
    this.isOver = event.defaultPrevented;
  }
  #tell(event: Event): void {
    for (const { type, listener } of this.#listeners) if (type === event.type) listener(event);
  }
}

const setUp = () => {
  const spawned: FakeThread[] = [];
  const clock = new FakeClock();
  const threads = createThreads(() => {
    const thread = new FakeThread();
    spawned.push(thread);
    return thread;
  }, clock);
  const seconds = (count: number) => {
    for (let k = 0; k < count; k++) clock.advance(1000);
  };
  return { spawned, threads, clock, seconds };
};

const result = (run: number, value: number): ShardEvent => ({ type: 'computed', run, parcel: parcel(value) });

describe('threads', () => {
  it('are started once, however many runs there are, and never more than are asked for', () => {
    const { spawned, threads } = setUp();
    expect(threads.open(program, specs(2))).toHaveLength(2);
    expect(threads.open(program, specs(1))).toHaveLength(1);
    expect(threads.open(program, [])).toHaveLength(0);
    expect(spawned.map(({ heard }) => heard.map(({ type }) => type))).toEqual([
      ['program', 'open', 'open'],
      ['program', 'open'],
    ]);
  });

  it('are told of every run that goes, and ended when none has wanted them for a while', () => {
    const { spawned, threads, seconds } = setUp();
    for (let reset = 0; reset < 200; reset++) {
      const next = threads.open(program, specs(7));
      seconds(1);
      for (const thread of next) thread.close();
    }
    expect(spawned).toHaveLength(7);
    for (const { heard, terminated } of spawned) {
      const count = (wanted: string) => heard.filter(({ type }) => type === wanted).length;
      expect([count('open'), count('close'), terminated]).toEqual([200, 200, false]);
    }
    seconds(60);
    expect(spawned.every(({ terminated }) => terminated)).toBe(true);
    threads.open(program, specs(1));
    expect(spawned).toHaveLength(8);
  });

  it('answer the run that has asked', async () => {
    const { spawned, threads } = setUp();
    const [first] = threads.open(program, specs(1));
    const [second] = threads.open(program, specs(1));
    const answers = [first.compute(parcel(1)), second.compute(parcel(2))];
    spawned[0].say(result(1, 10));
    spawned[0].say(result(2, 20));
    const values = (await Promise.all(answers)).map(({ gradients }) => gradients[0][0]);
    expect(values).toEqual([10, 20]);
  });

  it('are given the memory of a parcel with it', () => {
    const { spawned, threads } = setUp();
    const [thread] = threads.open(program, specs(1));
    const sent = parcel(8);
    void thread.compute(sent);
    const arrays = [sent.inputs, sent.targets, sent.totals, ...sent.gradients, ...sent.states];
    expect(spawned[0].given.at(-1)).toEqual(arrays.map(({ buffer }) => buffer));
  });
});

describe('a thread that is lost', () => {
  it.each([
    [
      'throws',
      (thread: FakeThread) => {
        thread.fail('error', 'RangeError: out of memory');
      },
      'out of memory',
    ],
    [
      'cannot be loaded',
      (thread: FakeThread) => {
        thread.fail('error');
      },
      'could not be loaded',
    ],
    [
      'cannot be understood',
      (thread: FakeThread) => {
        thread.fail('messageerror');
      },
      'could not be read',
    ],
  ] as const)('because it %s is heard by all who wait, and replaced for the next run', async (_, happen, words) => {
    const { spawned, threads } = setUp();
    const [thread] = threads.open(program, specs(1));
    const [other] = threads.open(program, specs(1));
    const answers = [thread.compute(parcel(1)), other.compute(parcel(1))];
    happen(spawned[0]);
    for (const answer of answers) await expect(answer).rejects.toThrow(words);
    expect(spawned[0].terminated).toBe(true);
    await expect(thread.compute(parcel(2))).rejects.toThrow(words);
    threads.open(program, specs(1));
    expect(spawned).toHaveLength(2);
  });

  it('because it throws does not take the one that asks with it', () => {
    const { spawned, threads } = setUp();
    threads.open(program, specs(1));
    spawned[0].fail('error', 'out of memory');
    expect(spawned[0].isOver).toBe(true);
  });

  it('to one run only is there for the others', async () => {
    const { spawned, threads } = setUp();
    const [large] = threads.open(program, specs(1));
    const [small] = threads.open(program, specs(1));
    spawned[0].say({ type: 'failed', run: 1, cause: 'RangeError: no room' });
    await expect(large.compute(parcel(1))).rejects.toThrow('no room');
    const answer = small.compute(parcel(1));
    spawned[0].say(result(2, 5));
    expect((await answer).gradients[0][0]).toBe(5);
    expect(spawned[0].terminated).toBe(false);
  });

  it('because there are none here is told like any other', async () => {
    const threads = createThreads(() => {
      throw new ReferenceError('Worker is not defined');
    }, new FakeClock());
    const [thread] = threads.open(program, specs(1));
    await expect(thread.compute(parcel(1))).rejects.toThrow('Worker is not defined');
    thread.close();
  });

  it('to silence is given up after a while, at the latest in the time that a page waits for words', async () => {
    const { spawned, threads, seconds } = setUp();
    const [thread] = threads.open(program, specs(1));
    const answer = thread.compute(parcel(1));
    let isLost = false;
    answer.catch(() => {
      isLost = true;
    });
    seconds(8);
    await Promise.resolve();
    expect(isLost).toBe(false);
    seconds(12);
    await expect(answer).rejects.toThrow(/no answer for \d+ s/);
    expect(spawned[0].terminated).toBe(true);
  });

  it('is not one that takes long because the step does', async () => {
    const { spawned, threads, clock, seconds } = setUp();
    const [thread] = threads.open(program, specs(1));
    const answer = thread.compute(parcel(1));
    // The asking thread is busy for so long: no look comes in between.
    clock.sleep(30_000);
    seconds(100);
    spawned[0].say(result(1, 9));
    expect((await answer).gradients[0][0]).toBe(9);
  });

  it('is not one that slept with the machine', async () => {
    const { spawned, threads, clock, seconds } = setUp();
    const [thread] = threads.open(program, specs(1));
    const answer = thread.compute(parcel(1));
    seconds(2);
    clock.sleep(8 * 3600 * 1000);
    seconds(2);
    spawned[0].say(result(1, 3));
    expect((await answer).gradients[0][0]).toBe(3);
  });

  it('is not one that is asked again and again', async () => {
    const { spawned, threads, clock } = setUp();
    const [thread] = threads.open(program, specs(1));
    for (let step = 0; step < 300; step++) {
      const answer = thread.compute(parcel(step));
      clock.advance(200);
      spawned[0].say(result(1, step));
      await answer;
    }
    expect(spawned[0].terminated).toBe(false);
  });

  it('does not keep those waiting whose run is closed', async () => {
    const { threads } = setUp();
    const [thread] = threads.open(program, specs(1));
    const answer = thread.compute(parcel(1));
    thread.close();
    await expect(answer).rejects.toThrow('closed');
  });
});
