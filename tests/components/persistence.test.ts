/** When the browser is asked to keep what is saved, and what becomes of its answer. */
import { describe, expect, it, vi } from 'vitest';
import {
  askForPersistence,
  isSavedWorth,
  lookAtPersistence,
  type Persisting,
} from '../../src/components/keeping/persistence';
import { OWN_TEXT } from '../../src/store/state';
import { trainedPage } from '../store/page';

const memory = () => {
  const values = new Map<string, string>();
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => {
      values.set(key, value);
    },
  };
};
const manager = (grants: boolean, persisted = false) => ({
  persist: vi.fn(() => Promise.resolve(grants)),
  persisted: () => Promise.resolve(persisted),
});
const throws = (): never => {
  throw new Error('denied');
};

describe('the browser', () => {
  it('is asked once: what it grants holds, and what it refuses is not asked for again', async () => {
    const mine = memory();
    expect(await lookAtPersistence(manager(true), mine)).toBe('open');
    expect(await askForPersistence(manager(true), mine)).toBe('kept');
    expect(await lookAtPersistence(manager(true, true), mine)).toBe('kept');
    const refusing = manager(false);
    expect(await askForPersistence(refusing, mine)).toBe('refused');
    expect(refusing.persist).toHaveBeenCalledTimes(1);
    expect(await lookAtPersistence(refusing, mine)).toBe('refused');
  });

  it('that cannot be asked, or throws, is left alone', async () => {
    const odd: readonly (Persisting | undefined)[] = [
      undefined,
      {},
      { persisted: () => Promise.resolve(false) },
      { persist: throws, persisted: throws },
      { persist: throws, persisted: () => Promise.reject(new Error('denied')) },
    ];
    for (const storage of odd) expect(await lookAtPersistence(storage, memory())).toBe('unknown');
    expect(await askForPersistence({ persist: throws }, memory())).toBe('unknown');
    expect(await askForPersistence(manager(false), { getItem: throws, setItem: throws })).toBe('refused');
    expect(await askForPersistence(manager(false), null)).toBe('refused');
  });
});

describe('a saved run', () => {
  const saved = (runId = 'run-1') =>
    ({ type: 'keeping', keeping: { state: 'saved', runId, step: 500, every: 5000 } }) as const;

  it('is worth asking for once it is saved and took longer than a minute, or reads a text of one’s own', () => {
    const { get, tell } = trainedPage();
    const withRun = (characters: number, fullSpeed: number, corpus = 'tale') => {
      const state = get();
      const run = state.runs['run-1'];
      if (run.description === null) throw new Error('it has not described itself');
      const settings = { ...run.description.settings, corpus };
      const changed = {
        ...run,
        fullSpeed,
        metrics: { ...run.metrics, characters },
        description: { ...run.description, settings },
      };
      return { ...state, runs: { 'run-1': changed } };
    };
    expect(isSavedWorth(withRun(61_000, 1000))).toBe(false);
    tell(saved('another'));
    expect(isSavedWorth(withRun(61_000, 1000))).toBe(false);
    tell(saved());
    expect(isSavedWorth(withRun(61_000, 1000))).toBe(true);
    expect(isSavedWorth(withRun(59_000, 1000))).toBe(false);
    expect(isSavedWorth(withRun(59_000, 0))).toBe(false);
    expect(isSavedWorth(withRun(10, 1000, OWN_TEXT))).toBe(true);
  });
});
