/** The side of a thread that takes shards of other threads' batches: a parcel in, the same parcel out, filled. */
import type { ShardSpec, ShardThread, ShardWork } from './batchGradient';
import { allocateTraining, Arena } from './buffers';
import { gradient } from './gradient';
import { viewOf } from './kernels/kernels';
import type { DeviceBuffer, HostArray, Kernels, View } from './kernels/kernels';
import type { Network, StepDropout } from './network';
import { architectureOf, parameterViews } from './parameters';

const given = (states: readonly HostArray[] | null): readonly HostArray[] => {
  if (states === null) throw new TypeError('The cell has a second state, the parcel has not');
  return states;
};

/** The network of one run, ready for its shards. */
export const serveShards = (kernels: Kernels, { settings, symbols }: ShardSpec): ShardThread => {
  const { batch, length: T } = settings;
  const architecture = architectureOf(settings, symbols);
  const arena = new Arena(kernels);
  const buffers = allocateTraining(arena, architecture, settings.optimizer, T, batch, { shards: kernels.shards });
  const network: Network = { kernels, architecture, parameters: parameterViews(architecture, buffers.parameters) };
  const gradients = parameterViews(architecture, buffers.gradient);
  const totals = viewOf(buffers.statistics, [2]);

  const take = async ({ part, inputs, targets, ...arrays }: ShardWork, dropout: StepDropout): Promise<void> => {
    const window = { T, B: part.rows, part: { from: part.from, batch } };
    const { units: H } = architecture;
    const rows = (buffer: DeviceBuffer): View => ({ buffer, offset: part.from * H, shape: [part.rows, H] });
    const states = [
      ...buffers.state.h.map((buffer, layer) => [rows(buffer), arrays.h[layer]] as const),
      ...(buffers.state.c ?? []).map((buffer, layer) => [rows(buffer), given(arrays.c)[layer]] as const),
    ];
    kernels.write(viewOf(buffers.forward.inputs, [T, part.rows]), inputs);
    kernels.write(viewOf(buffers.forward.targets, [T, part.rows]), targets);
    for (const [view, values] of states) kernels.write(view, values);
    gradient(
      network,
      { ...buffers.forward, ...buffers.backward },
      buffers.state,
      { window, weight: 1 / (T * batch), dropout },
      gradients,
      totals,
    );
    await kernels.read(gradients.all, arrays.gradient);
    await kernels.read(totals, arrays.totals);
    for (const [view, values] of states) await kernels.read(view, values);
  };

  return {
    compute: async (parcel) => {
      kernels.write(network.parameters.all, parcel.parameters);
      for (const shard of parcel.shards) await take(shard, parcel.dropout);
      return parcel;
    },
    close: () => {
      arena.dispose();
    },
  };
};
