/** A browser's storage without a browser: it outlives the worker, and can be full, cut off half-way, denied and damaged. */
import type { Cabinet } from '../../src/workers/vault';

export class FakeCabinet implements Cabinet {
  readonly values = new Map<string, unknown>();
  /** What every call is rejected with. */
  refuses: Error | null = null;
  /** What the next writes are rejected with, and whether half of the value is left in its place. */
  breaks: { readonly error: Error; readonly leavesHalf: boolean } | null = null;
  /** Whether no call is ever answered. */
  hangs = false;
  /** Generations of runs that were written. */
  writes = 0;

  readonly open = async (): Promise<Cabinet> => {
    await Promise.resolve();
    if (this.refuses !== null) throw this.refuses;
    return this;
  };
  readonly keys = async () => {
    await this.#answer();
    return [...this.values.keys()];
  };
  readonly get = async (key: string) => {
    await this.#answer();
    return structuredClone(this.values.get(key));
  };
  readonly put = async (key: string, value: unknown) => {
    const copy = structuredClone(value);
    await this.#answer();
    if (this.breaks !== null) {
      if (this.breaks.leavesHalf) this.values.set(key, halfOf(copy));
      throw this.breaks.error;
    }
    if (key.startsWith('run/')) this.writes += 1;
    this.values.set(key, copy);
  };
  readonly remove = async (keys: readonly string[]) => {
    await this.#answer();
    for (const key of keys) this.values.delete(key);
  };

  async #answer(): Promise<void> {
    await (this.hangs ? new Promise<never>(() => undefined) : Promise.resolve());
    if (this.refuses !== null) throw this.refuses;
  }
}

/** The value with the end of its longest part missing. */
const halfOf = (value: unknown): unknown => {
  const { bytes, ...rest } = value as { bytes?: Uint8Array };
  return bytes instanceof Uint8Array ? { ...rest, bytes: bytes.slice(0, bytes.length >> 1) } : rest;
};
