/** The recurrent states of a pass: where they stand on the tapes, and how they are carried from window to window. */
import type { ForwardBuffers, StateBuffers } from './buffers';
import { subview, viewOf } from './kernels/kernels';
import type { DeviceBuffer, Kernels, Tape, View } from './kernels/kernels';
import type { Architecture } from './parameters';

/** A stretch of text in the device's memory: T steps of B streams. */
export interface Window {
  readonly T: number;
  readonly B: number;
  /** Where the streams are some of a batch: the first of them, and how many the batch has. */
  readonly part?: { readonly from: number; readonly batch: number };
}

/** The tape of a layer for a window: the scan's own views. */
export const tapeOf = (architecture: Architecture, buffers: ForwardBuffers, layer: number, { T, B }: Window): Tape => {
  const { cell, units: H } = architecture;
  const { gates, q, c, h } = buffers.layers[layer];
  return {
    gates: viewOf(gates, [T, B, cell.gates.length * H]),
    q: q && viewOf(q, [T, B, H]),
    c: c && viewOf(c, [T + 1, B, H]),
    h: viewOf(h, [T + 1, B, H]),
  };
};

/** Slot t of a tape's states [T + 1, B, H], as [B, H]. */
const slot = (states: View, t: number): View => {
  const [, B, H] = states.shape;
  return subview(states, t * B * H, [B, H]);
};

/** The states before (from 0) or after (from 1) each step, as rows [T·B, H]. */
export const stateRows = (states: View, from: 0 | 1): View => {
  const [slots, B, H] = states.shape;
  return subview(states, from * B * H, [(slots - 1) * B, H]);
};

/** Where a pass runs. */
interface Place {
  readonly kernels: Kernels;
  readonly architecture: Architecture;
}

/** Carried states of some rows: for each layer h [B, H] and, for an LSTM, c [B, H]. */
export interface CarriedStates {
  readonly h: readonly View[];
  readonly c: readonly View[] | null;
}

/** Those of the `rows` rows from row `from` on. */
export const carriedStates = (
  { h, c }: StateBuffers,
  { units: H }: Architecture,
  from: number,
  rows: number,
): CarriedStates => {
  const viewsOf = (buffers: readonly DeviceBuffer[]): View[] =>
    buffers.map((buffer) => subview(viewOf(buffer, [buffer.length]), from * H, [rows, H]));
  return { h: viewsOf(h), c: c && viewsOf(c) };
};

const eachState = (
  { architecture }: Place,
  carried: CarriedStates,
  buffers: ForwardBuffers,
  window: Window,
  visit: (carried: View, states: View) => void,
): void => {
  for (let layer = 0; layer < architecture.layers; layer++) {
    const { h, c } = tapeOf(architecture, buffers, layer, window);
    visit(carried.h[layer], h);
    if (c && carried.c) visit(carried.c[layer], c);
  }
};

/** Puts a carried state before the first step of a pass. */
export const loadState = (place: Place, carried: CarriedStates, buffers: ForwardBuffers, window: Window): void => {
  eachState(place, carried, buffers, window, (from, states) => {
    place.kernels.copy(from, slot(states, 0));
  });
};

/** Keeps the state after the last step of a pass. */
export const saveState = (place: Place, carried: CarriedStates, buffers: ForwardBuffers, window: Window): void => {
  eachState(place, carried, buffers, window, (to, states) => {
    place.kernels.copy(slot(states, window.T), to);
  });
};

/** Lets a pass begin from the zero state. */
export const loadZeroState = (place: Place, buffers: ForwardBuffers, window: Window): void => {
  for (let layer = 0; layer < place.architecture.layers; layer++) {
    const { h, c } = tapeOf(place.architecture, buffers, layer, window);
    place.kernels.fill(slot(h, 0), 0);
    if (c) place.kernels.fill(slot(c, 0), 0);
  }
};

/** Makes the state after the last step of a pass the beginning of the next one. */
export const keepState = (place: Place, buffers: ForwardBuffers, window: Window): void => {
  for (let layer = 0; layer < place.architecture.layers; layer++) {
    const { h, c } = tapeOf(place.architecture, buffers, layer, window);
    place.kernels.copy(slot(h, window.T), slot(h, 0));
    if (c) place.kernels.copy(slot(c, window.T), slot(c, 0));
  }
};

/** The state zero again, as at the start of the text. */
export const clearState = (kernels: Kernels, state: StateBuffers): void => {
  for (const buffer of [...state.h, ...(state.c ?? [])]) kernels.fill(viewOf(buffer, [buffer.length]), 0);
};
