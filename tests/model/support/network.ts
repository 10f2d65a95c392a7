/** Small networks on an engine, without a run around them. */
import { streamsOf } from '../../../src/model/batches';
import { allocateTraining, Arena } from '../../../src/model/buffers';
import { viewOf } from '../../../src/model/kernels/kernels';
import type { DeviceBuffer, HostArray, Kernels } from '../../../src/model/kernels/kernels';
import { architectureOf } from '../../../src/model/parameters';
import { DEFAULT_SETTINGS } from '../../../src/model/settings';
import type { Settings } from '../../../src/model/settings';
import { Trainer } from '../../../src/model/trainer';

export interface Bench {
  readonly settings: Settings;
  readonly trainer: Trainer;
  readonly read: (buffer: DeviceBuffer) => Promise<HostArray>;
  readonly write: (buffer: DeviceBuffer, values: ArrayLike<number>) => void;
}

/** A trainer on `ids` with the batch and length of the settings, its buffers open to the test. */
export const setUp = (
  kernels: Kernels,
  changes: Partial<Settings>,
  ids: Uint16Array | Uint32Array,
  symbols: number,
): Bench => {
  const settings: Settings = { ...DEFAULT_SETTINGS, ...changes };
  const { batch, length } = settings;
  const architecture = architectureOf(settings, symbols);
  const buffers = allocateTraining(new Arena(kernels), architecture, settings.optimizer, length, batch, {
    shards: kernels.shards,
  });
  return {
    settings,
    trainer: new Trainer(kernels, architecture, buffers, ids, streamsOf(0, ids.length, batch, length)),
    read: (buffer) => kernels.read(viewOf(buffer, [buffer.length])),
    write: (buffer, values) => {
      kernels.write(viewOf(buffer, [buffer.length]), values);
    },
  };
};
