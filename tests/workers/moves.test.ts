/** The way to another engine, which may go while it comes. */
import { describe, expect, it, vi } from 'vitest';
import type { Failure } from '../../src/model/failures';
import type { Lease } from '../../src/workers/engines';
import { EngineMove } from '../../src/workers/moves';

const LOST: Failure = { code: 'device-lost', engine: 'webgpu', cause: 'gone' };
const tick = () => new Promise((resolve) => setImmediate(resolve));

const set = () => {
  const asked: { readonly lose: (failure: Failure) => void; readonly signal: AbortSignal }[] = [];
  const comes: ((lease: Lease) => void)[] = [];
  const arrived = vi.fn();
  const onLost = vi.fn();
  const move = new EngineMove(
    (lose, signal) =>
      new Promise((resolve) => {
        asked.push({ lose, signal });
        comes.push(resolve);
      }),
    arrived,
    onLost,
  );
  const release = vi.fn();
  /** All that a move sees of a lease. */
  const lease = { kernels: {}, release } as unknown as Lease;
  return { move, asked, comes, arrived, onLost, lease, release };
};

describe('an engine on its way', () => {
  it("is taken once, and is the run's from then on", async () => {
    const { move, asked, comes, arrived, onLost, lease, release } = set();
    move.begin('webgpu');
    expect([move.choice, move.isReady]).toEqual(['webgpu', false]);
    comes[0](lease);
    await tick();
    expect(arrived).toHaveBeenCalledOnce();
    expect([move.isReady, move.isEngine]).toEqual([true, true]);
    expect(move.take()).toEqual({ choice: 'webgpu', result: lease });
    expect([move.choice, move.take()]).toEqual([null, null]);
    asked[0].lose(LOST);
    expect(onLost).toHaveBeenCalledExactlyOnceWith(LOST);
    expect(release).not.toHaveBeenCalled();
  });

  it('that goes before it is there is a failure, and what comes of it all the same is given back', async () => {
    const { move, asked, comes, arrived, lease, release } = set();
    move.begin('webgpu');
    asked[0].lose(LOST);
    comes[0](lease);
    await tick();
    expect(arrived).toHaveBeenCalledOnce();
    expect(move.isEngine).toBe(false);
    expect(move.take()?.result).toBe(LOST);
    expect(release).toHaveBeenCalledOnce();
  });

  it('that goes before it is taken is given back', async () => {
    const { move, asked, comes, onLost, lease, release } = set();
    move.begin('webgpu');
    comes[0](lease);
    await tick();
    asked[0].lose(LOST);
    expect(move.take()?.result).toBe(LOST);
    expect(release).toHaveBeenCalledOnce();
    expect(onLost).not.toHaveBeenCalled();
  });

  it('is given up by the next wish, whenever it comes', async () => {
    const { move, asked, comes, arrived, lease, release } = set();
    move.begin('webgpu');
    move.begin('webgl');
    expect(asked[0].signal.aborted).toBe(true);
    comes[0](lease);
    asked[0].lose(LOST);
    await tick();
    expect(arrived).not.toHaveBeenCalled();
    expect(release).toHaveBeenCalledOnce();
    comes[1](lease);
    await tick();
    move.cancel();
    expect(release).toHaveBeenCalledTimes(2);
    expect([move.choice, move.isReady]).toEqual([null, false]);
  });
});
