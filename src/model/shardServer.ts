/** The side of a thread that takes parts of another thread's batches: a parcel in, the same parcel out, filled. */
import { shardsOf } from './batches';
import { addsInPlace, allocateShards, Arena } from './buffers';
import { gradient } from './gradient';
import { viewOf } from './kernels/kernels';
import type { HostArray, Kernels, View } from './kernels/kernels';
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
  const passBuffers = { ...buffers.forward, ...buffers.backward };

  /** A hand larger than expected, because another thread was lost, may need more of them. */
  const spare = (depth: number): ParameterViews =>
    (spares[depth] ??= parameterViews(architecture, arena.float(buffers.parameters.length)));

  const compute = async (parcel: Parcel, index: number, place: ParameterViews, adds: boolean): Promise<void> => {
    const { from, rows } = parts[index];
    const first = rowsOfHand(parts, parcel.hand).from;
    const stretch = [T * (from - first), T * (from - first + rows)] as const;
    kernels.write(viewOf(buffers.forward.inputs, [T, rows]), parcel.inputs.subarray(...stretch));
    kernels.write(viewOf(buffers.forward.targets, [T, rows]), parcel.targets.subarray(...stretch));
    const carried = carriedStates(buffers.state, architecture, 0, rows);
    const { units: H } = architecture;
    const mine = (states: HostArray): HostArray => states.subarray((from - first) * H, (from - first + rows) * H);
    const states: [View, HostArray][] = carried.h.map((view, layer) => [view, mine(parcel.h[layer])]);
    carried.c?.forEach((view, layer) => {
      if (parcel.c === null) throw new TypeError('The cell has a second state, the parcel has not');
      states.push([view, mine(parcel.c[layer])]);
    });
    for (const [view, values] of states) kernels.write(view, values);
    gradient(
      network,
      passBuffers,
      carried,
      { window: { T, B: rows, part: { from, batch } }, weight: 1 / (T * batch), dropout: parcel.dropout, adds },
      place,
      totals,
    );
    for (const [view, values] of states) await kernels.read(view, values);
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
