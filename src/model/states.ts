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

const eachState = (
  { architecture }: Place,
  state: StateBuffers,
  buffers: ForwardBuffers,
  window: Window,
  visit: (carried: View, states: View) => void,
): void => {
  const { units: H } = architecture;
  const carriedOf = (buffer: DeviceBuffer): View => ({
    buffer,
    offset: (window.part?.from ?? 0) * H,
    shape: [window.B, H],
  });
  for (let layer = 0; layer < architecture.layers; layer++) {
    const { h, c } = tapeOf(architecture, buffers, layer, window);
    visit(carriedOf(state.h[layer]), h);
    if (c && state.c) visit(carriedOf(state.c[layer]), c);
  }
};

/** Puts a carried state before the first step of a pass. */
export const loadState = (place: Place, state: StateBuffers, buffers: ForwardBuffers, window: Window): void => {
  eachState(place, state, buffers, window, (carried, states) => {
    place.kernels.copy(carried, slot(states, 0));
  });
};

/** Keeps the state after the last step of a pass. */
export const saveState = (place: Place, state: StateBuffers, buffers: ForwardBuffers, window: Window): void => {
  eachState(place, state, buffers, window, (carried, states) => {
    place.kernels.copy(slot(states, window.T), carried);
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
