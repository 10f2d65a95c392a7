/** The side of a thread that takes parts of another thread's batches: a parcel in, the same parcel out, filled. */
import { shardsOf } from './batches';
import { addsInPlace, allocateShards, Arena } from './buffers';
import { gradient, passesOver } from './gradient';
import { viewOf } from './kernels/kernels';
import type { Kernels } from './kernels/kernels';
import type { Network } from './network';
import { addUp, sumsWithin } from './pairwise';
import type { Span } from './pairwise';
import { architectureOf, parameterViews } from './parameters';
import type { ParameterViews } from './parameters';
import { rowsOfHand } from './shards';
import type { Parcel, ShardSpec, ShardThread } from './shards';
import { carriedStates } from './states';

/** The network of one run, ready for any of its parts. */
export const serveShards = (kernels: Kernels, { settings, symbols, hand }: ShardSpec): ShardThread => {
  const { batch, length: T } = settings;
  const parts = shardsOf(batch, kernels.shards);
  const architecture = architectureOf(settings, symbols);
  const arena = new Arena(kernels);
  const buffers = allocateShards(arena, architecture, T, parts, hand);
  const network: Network = { kernels, architecture, parameters: parameterViews(architecture, buffers.parameters) };
  const sum = parameterViews(architecture, buffers.gradient);
  const spares = buffers.spares.map((buffer) => parameterViews(architecture, buffer));
  const inPlace = addsInPlace(buffers.forward, T, parts);
  const totals = viewOf(buffers.totals, [2]);
  const passes = passesOver(network, buffers, T);

  /** A hand larger than expected, because another thread was lost, may need more of them. */
  const spare = (depth: number): ParameterViews =>
    (spares[depth] ??= parameterViews(architecture, arena.float(buffers.parameters.length)));

  const compute = async (parcel: Parcel, index: number, place: ParameterViews, adds: boolean): Promise<void> => {
    const { from, rows } = parts[index];
    const first = rowsOfHand(parts, parcel.hand).from;
    const rowsBefore = from - first;
    const pass = passes(rows, parcel.conditions.dropout !== null);
    kernels.write(pass.inputs, parcel.inputs.subarray(T * rowsBefore, T * (rowsBefore + rows)));
    kernels.write(pass.targets, parcel.targets.subarray(T * rowsBefore, T * (rowsBefore + rows)));
    const carried = carriedStates(buffers.state, architecture, 0, rows);
    const { units: H } = architecture;
    const states = parcel.states.map((values) => values.subarray(rowsBefore * H, (rowsBefore + rows) * H));
    carried.forEach((view, k) => {
      kernels.write(view, states[k]);
    });
    const shard = { place: { from, batch }, weight: 1 / (T * batch), conditions: parcel.conditions, adds };
    gradient(pass, carried, shard, place, totals);
    for (const [k, view] of carried.entries()) await kernels.read(view, states[k]);
    const at = 2 * (index - parcel.hand.from);
    await kernels.read(totals, parcel.totals.subarray(at, at + 2));
  };

  return {
    compute: async (parcel) => {
      kernels.write(network.parameters.all, parcel.gradients[0]);
      const summation = {
        put: async (span: Span, place: ParameterViews, adds: boolean) => {
          if (span.to - span.from > 1 || (adds && !inPlace)) return false;
          await compute(parcel, span.from, place, adds);
          return true;
        },
        add: (from: ParameterViews, to: ParameterViews) => {
          kernels.add(from.all, to.all);
        },
        spare,
      };
      const sums = sumsWithin({ from: 0, to: parts.length }, parcel.hand);
      for (const [k, span] of sums.entries()) {
        await addUp(summation, span, sum);
        await kernels.read(sum.all, parcel.gradients[k]);
      }
      return parcel;
    },
    close: () => {
      arena.dispose();
    },
  };
};
