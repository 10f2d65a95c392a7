/** Tapes on the host: what a layer did over a window, as views and readings look at it. */
import type { BandName, Cell } from './cells';
import type { HostArray } from './kernels/kernels';
import type { Pass } from './network';

/** The tape of a window: gates [T, B, G·H], c and h [T + 1, B, H], slot 0 the state before it. */
export interface HostTape {
  readonly gates: HostArray;
  readonly c: HostArray | null;
  readonly h: HostArray;
}

export const readTape = async ({ network, layers }: Pass, layer: number): Promise<HostTape> => {
  const { kernels } = network;
  const { tape } = layers[layer].scan;
  const [gates, h, c] = await Promise.all([
    kernels.read(tape.gates),
    kernels.read(tape.h),
    tape.c && kernels.read(tape.c),
  ]);
  return { gates, h, c };
};

/** The H values of a band after step t of row b: an array that holds them, and where they begin. */
export const bandAt = (
  { gates, c, h }: HostTape,
  cell: Cell,
  band: BandName,
  { H, B, t, b }: { readonly H: number; readonly B: number; readonly t: number; readonly b: number },
): readonly [values: HostArray, start: number] => {
  const gate = cell.gates.indexOf(band);
  if (gate >= 0) return [gates, (t * B + b) * cell.gates.length * H + gate * H];
  return [(band === 'c' ? c : null) ?? h, ((t + 1) * B + b) * H];
};
