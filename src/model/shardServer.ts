/** The side of a thread that takes shards of other threads' batches: values in, values out. */
import type { ShardJob, ShardResult, ShardSpec, ShardThread } from './batchGradient';
import { allocateTraining, Arena } from './buffers';
import { gradient } from './gradient';
import { viewOf } from './kernels/kernels';
import type { DeviceBuffer, HostArray, Kernels, View } from './kernels/kernels';
import type { Network } from './network';
import { architectureOf, parameterViews } from './parameters';

/** The network of one run, ready for its shards. */
export const serveShards = (kernels: Kernels, { settings, symbols }: ShardSpec): ShardThread => {
  const { batch, length: T } = settings;
  const architecture = architectureOf(settings, symbols);
  const arena = new Arena(kernels);
  const buffers = allocateTraining(arena, architecture, settings.optimizer, T, batch, { shards: kernels.shards });
  const network: Network = { kernels, architecture, parameters: parameterViews(architecture, buffers.parameters) };
  const gradients = parameterViews(architecture, buffers.gradient);
  const totals = viewOf(buffers.statistics, [2]);

  const take = async (
    { part, inputs, targets, h, c }: ShardJob['shards'][number],
    dropout: ShardJob['dropout'],
  ): Promise<ShardResult> => {
    const window = { T, B: part.rows, part: { from: part.from, batch } };
    const { units: H } = architecture;
    const state = (buffer: DeviceBuffer): View => ({ buffer, offset: part.from * H, shape: [part.rows, H] });
    const writeStates = (to: readonly DeviceBuffer[], values: readonly HostArray[]): void => {
      to.forEach((buffer, layer) => {
        kernels.write(state(buffer), values[layer]);
      });
    };
    const readStates = (from: readonly DeviceBuffer[]): Promise<HostArray[]> =>
      Promise.all(from.map((buffer) => kernels.read(state(buffer))));
    kernels.write(viewOf(buffers.forward.inputs, [T, part.rows]), inputs);
    kernels.write(viewOf(buffers.forward.targets, [T, part.rows]), targets);
    writeStates(buffers.state.h, h);
    if (buffers.state.c && c) writeStates(buffers.state.c, c);
    gradient(
      network,
      { ...buffers.forward, ...buffers.backward },
      buffers.state,
      { window, weight: 1 / (T * batch), dropout },
      gradients,
      totals,
    );
    return {
      gradient: await kernels.read(gradients.all),
      totals: await kernels.read(totals),
      h: await readStates(buffers.state.h),
      c: buffers.state.c && (await readStates(buffers.state.c)),
    };
  };

  return {
    compute: async ({ parameters, dropout, shards }) => {
      kernels.write(network.parameters.all, parameters);
      const results: ShardResult[] = [];
      for (const shard of shards) results.push(await take(shard, dropout));
      return results;
    },
    close: () => {
      arena.dispose();
    },
  };
};
