/** Recurrent states: where they stand on the tapes, and how they are carried from window to window. */
import type { ForwardBuffers, StateBuffers } from './buffers';
import { subview, viewOf } from './kernels/kernels';
import type { DeviceBuffer, Kernels, Tape, View } from './kernels/kernels';
import type { Architecture } from './parameters';

/** A stretch of text in the device's memory: T steps of B streams. */
export interface BatchWindow {
  readonly T: number;
  readonly B: number;
}

/** The tape of a layer for a window: the scan's own views. */
export const tapeOf = (
  architecture: Architecture,
  buffers: ForwardBuffers,
  layer: number,
  { T, B }: BatchWindow,
): Tape => {
  const { cell, units: H } = architecture;
  const { gates, q, c, h } = buffers.layers[layer];
  return {
    gates: viewOf(gates, [T, B, cell.gates.length * H]),
    q: q && viewOf(q, [T, B, H]),
    c: c && viewOf(c, [T + 1, B, H]),
    h: viewOf(h, [T + 1, B, H]),
  };
};

/** The states before (from 0) or after (from 1) each step, as rows [T·B, H]. */
export const stateRows = (states: View, from: 0 | 1): View => {
  const [slots, B, H] = states.shape;
  return subview(states, from * B * H, [(slots - 1) * B, H]);
};

/** A recurrent state: h of each layer, [B, H], and for an LSTM c of each after them. */
export type States = readonly View[];

/** The state in slot t of the layers' tapes: before a window's first step (0) or after its last (T). */
export const statesAt = (tapes: readonly Tape[], t: number): States => {
  const slot = (states: View): View => {
    const [, B, H] = states.shape;
    return subview(states, t * B * H, [B, H]);
  };
  return [...tapes.map(({ h }) => slot(h)), ...tapes.flatMap(({ c }) => (c ? [slot(c)] : []))];
};

/** The carried state of the `rows` rows from row `from` on. */
export const carriedStates = (
  { h, c }: StateBuffers,
  { units: H }: Architecture,
  from: number,
  rows: number,
): States => {
  const viewsOf = (buffers: readonly DeviceBuffer[]): View[] =>
    buffers.map((buffer) => subview(viewOf(buffer, [buffer.length]), from * H, [rows, H]));
  return [...viewsOf(h), ...viewsOf(c ?? [])];
};

export const copyStates = (kernels: Kernels, from: States, to: States): void => {
  for (let k = 0; k < from.length; k++) kernels.copy(from[k], to[k]);
};

/** The state zero, as at the start of the text. */
export const clearStates = (kernels: Kernels, states: States): void => {
  for (const view of states) kernels.fill(view, 0);
};
