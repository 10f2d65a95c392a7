/** A GPU that TensorFlow.js computes on, opened once and shared by all kernels on it. */
import { asUnavailable, FailureError } from '../../failures';
import type { Failure } from '../../failures';
import type { EngineInfo, GpuName } from '../engines';
import type { Means } from '../means';
import type { Tf } from './tensors';

/**
 * How many times the bytes of a run's buffers are in use at once, measured: tensors are not changed in place, so most
 * buffers have an old and a new one for a moment, and steps and gates are cut out and joined.
 */
const OVERHEAD = 6;

/** Bytes of buffers that a run may have on a device with so many bytes. */
export const limitForBuffers = (memory: number): number => Math.floor(memory / OVERHEAD);

/** What an opener hands over. */
export interface Opened {
  readonly info: EngineInfo;
  /** Bytes that the buffers of a run may have together, and that one buffer may. */
  readonly memoryLimit: number;
  readonly bufferLimit: number;
  /** Resolves when everything queued is done. */
  finish(): Promise<void>;
  /** Gives the device back; null where it stays open as long as the worker lives. */
  readonly close: (() => void) | null;
}

export type OpenerMeans = Pick<Means, 'loadPart' | 'within'>;

/** Opens a device and reports what it says later to `fail`. @throws also where the device does not answer */
export type Opener = (tf: Tf, fail: (failure: Failure) => void, means: OpenerMeans) => Promise<Opened>;

/** A device in use. */
export class Device {
  /** The first thing that went wrong: nothing computed after it can be trusted. */
  #failure: Failure | null = null;
  readonly #listeners = new Set<(failure: Failure) => void>();
  #opened: Opened | null = null;
  #abandon: (error: FailureError) => void = () => undefined;
  /** Never resolves: waiting for a lost device must end. */
  readonly #lost = new Promise<never>((_, reject) => {
    this.#abandon = reject;
  });

  private constructor(
    readonly tf: Tf,
    private readonly name: GpuName,
  ) {
    this.#lost.catch(() => undefined);
  }

  static async open(tf: Tf, name: GpuName, opener: Opener, means: OpenerMeans): Promise<Device> {
    const device = new Device(tf, name);
    const fail = (failure: Failure): void => {
      device.#fail(failure);
    };
    device.#opened = await opener(tf, fail, means);
    return device;
  }

  get opened(): Opened {
    if (!this.#opened) throw new TypeError('The device is not open');
    return this.#opened;
  }

  get failed(): boolean {
    return this.#failure !== null;
  }

  listen(listener: (failure: Failure) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Runs `work` on this device; what it makes and does not keep is disposed of. */
  run(work: () => void): void {
    this.check();
    // A backend that has been set up once is set at once; the promise only says so.
    if (this.tf.getBackend() !== this.name) void this.tf.setBackend(this.name);
    try {
      this.tf.tidy(work);
    } catch (error) {
      throw this.#explain(error);
    }
  }

  /** @throws {FailureError} where the device has failed */
  check(): void {
    if (this.#failure) throw new FailureError(this.#failure);
  }

  /** Waits, and fails with what the device reports meanwhile. */
  async wait<R>(promise: Promise<R>): Promise<R> {
    try {
      const result = await Promise.race([promise, this.#lost]);
      this.check();
      return result;
    } catch (error) {
      throw this.#explain(error);
    }
  }

  /** An exception of the library on a failed device says less than the failure. */
  #explain(error: unknown): unknown {
    return this.#failure ? new FailureError(this.#failure) : error;
  }

  #fail(failure: Failure): void {
    if (this.#failure) return;
    this.#failure = failure;
    this.#abandon(new FailureError(failure));
    for (const listener of this.#listeners) listener(failure);
  }
}

interface Entry {
  readonly device: Promise<Device>;
  users: number;
}

/** Devices in use or being opened. */
const devices = new Map<GpuName, Entry>();

const forget = (name: GpuName, entry: Entry): void => {
  if (devices.get(name) === entry) devices.delete(name);
};

const release = (name: GpuName, entry: Entry, { opened, failed }: Device): void => {
  entry.users -= 1;
  if (entry.users > 0 || (!opened.close && !failed)) return;
  forget(name, entry);
  opened.close?.();
};

/** The device of that name, opened if nobody has it yet, and what gives it back. */
export const acquireDevice = async (
  tf: Tf,
  name: GpuName,
  opener: Opener,
  means: OpenerMeans,
): Promise<{ readonly device: Device; readonly release: () => void }> => {
  const entry = devices.get(name) ?? { device: Device.open(tf, name, opener, means), users: 0 };
  devices.set(name, entry);
  entry.users += 1;
  try {
    const device = await entry.device;
    if (!device.failed) {
      return {
        device,
        release: () => {
          release(name, entry, device);
        },
      };
    }
  } catch (error) {
    forget(name, entry);
    throw new FailureError(asUnavailable(name, error));
  }
  forget(name, entry);
  return acquireDevice(tf, name, opener, means);
};
