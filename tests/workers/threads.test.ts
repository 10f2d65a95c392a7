/** Threads that take shards: shared by runs, asked in order, and missed when they end. */
import { describe, expect, it } from 'vitest';
import { createThreads } from '../../src/workers/threads';
import type { ThreadLike } from '../../src/workers/threads';
import type { ShardCommand, ShardEvent } from '../../src/workers/shardProtocol';
import type { Parcel, ShardSpec } from '../../src/model/batchGradient';
import { DEFAULT_SETTINGS } from '../../src/model/settings';

const program = new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
const spec: ShardSpec = { settings: DEFAULT_SETTINGS, symbols: 3 };
const parcel = (parameter: number): Parcel => ({ parameters: Float32Array.of(parameter), dropout: null, shards: [] });

class FakeThread implements ThreadLike {
  readonly heard: ShardCommand[] = [];
  readonly given: ArrayBuffer[][] = [];
  terminated = false;
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
    for (const { type, listener } of this.#listeners)
      if (type === 'message') listener(new MessageEvent(type, { data }));
  }
}

const setUp = () => {
  const spawned: FakeThread[] = [];
  const threads = createThreads(() => {
    const thread = new FakeThread();
    spawned.push(thread);
    return thread;
  });
  return { spawned, threads };
};

const result = (value: number): ShardEvent => ({ type: 'computed', parcel: parcel(value) });

describe('threads', () => {
  it('are started once, however many runs there are', () => {
    const { spawned, threads } = setUp();
    expect(threads.open(program, spec, 2)).toHaveLength(2);
    expect(threads.open(program, spec, 1)).toHaveLength(1);
    expect(threads.open(program, spec, 0)).toHaveLength(0);
    expect(spawned.map(({ heard }) => heard.map(({ type }) => type))).toEqual([
      ['program', 'open', 'open'],
      ['program', 'open'],
    ]);
  });

  it('answer in the order of the questions', async () => {
    const { spawned, threads } = setUp();
    const [thread] = threads.open(program, spec, 1);
    const answers = [thread.compute(parcel(1)), thread.compute(parcel(2))];
    spawned[0].say(result(10));
    spawned[0].say(result(20));
    const values = (await Promise.all(answers)).map(({ parameters }) => parameters[0]);
    expect(values).toEqual([10, 20]);
  });

  it('are given the memory of a parcel with it', async () => {
    const { spawned, threads } = setUp();
    const [thread] = threads.open(program, spec, 1);
    const work = {
      part: { from: 0, rows: 1 },
      inputs: Int32Array.of(1),
      targets: Int32Array.of(2),
      h: [Float32Array.of(3)],
      c: [Float32Array.of(4)],
      gradient: Float32Array.of(5),
      totals: Float32Array.of(6, 7),
    };
    const sent = { ...parcel(8), shards: [work] };
    const answer = thread.compute(sent);
    const arrays = [sent.parameters, work.inputs, work.targets, work.gradient, work.totals, ...work.h, ...work.c];
    expect(spawned[0].given.at(-1)).toEqual(arrays.map(({ buffer }) => buffer));
    spawned[0].say({ type: 'computed', parcel: sent });
    expect(await answer).toBe(sent);
  });

  it('that end are heard by those who wait, and replaced for the next run', async () => {
    const { spawned, threads } = setUp();
    const [thread] = threads.open(program, spec, 1);
    const answer = thread.compute(parcel(1));
    spawned[0].say({ type: 'failed', cause: 'out of memory' });
    await expect(answer).rejects.toThrow('out of memory');
    expect(spawned[0].terminated).toBe(true);
    await expect(thread.compute(parcel(2))).rejects.toThrow('ended');
    threads.open(program, spec, 1);
    expect(spawned).toHaveLength(2);
  });
});
