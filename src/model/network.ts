/**
 * The network's forward pass, written once as calls on the kernels of any engine: a row look-up (the product of a
 * one-hot input with the first layer's matrix) or a learned embedding, recurrent layers, a projection onto the
 * vocabulary. Its backward pass is gradient.ts.
 */
import type { ForwardBuffers } from './buffers';
import { sizeOf, subview, viewOf } from './kernels/kernels';
import type { Dropout, Kernels, Scan, Tape, View } from './kernels/kernels';
import type { Architecture, ParameterViews } from './parameters';
import { deriveKey } from './random';
import { stateRows, tapeOf } from './states';
import type { Window } from './states';

/** Dropout of one training step; layer l's mask has the key derived from (`key`, l). */
export type StepDropout = Omit<Dropout, 'start'> | null;

export interface Network {
  readonly kernels: Kernels;
  readonly architecture: Architecture;
  readonly parameters: ParameterViews;
}

const rowsOf = (view: View, columns: number): View => ({ ...view, shape: [sizeOf(view.shape) / columns, columns] });

export const dropoutOf = (dropout: StepDropout, layer: number): StepDropout =>
  dropout && { rate: dropout.rate, key: deriveKey(dropout.key, layer) };

/** Drops of `x` [T·B, H] what the mask of the whole batch drops, however the batch is cut. */
export const drop = (kernels: Kernels, x: View, out: View, mask: NonNullable<StepDropout>, window: Window): void => {
  const { T, B, part } = window;
  if (!part || part.batch === B) {
    kernels.dropout(x, out, { ...mask, start: 0 });
    return;
  }
  const H = x.shape[1];
  for (let t = 0; t < T; t++) {
    const rows = (view: View): View => subview(view, t * B * H, [B, H]);
    kernels.dropout(rows(x), rows(out), { ...mask, start: (t * part.batch + part.from) * H });
  }
};

/** What layer `layer` hands upward, [T·B, H]. */
export const outputRows = (
  network: Network,
  buffers: ForwardBuffers,
  layer: number,
  window: Window,
  drops: boolean,
): View => {
  const { dropped } = buffers.layers[layer];
  return drops && dropped
    ? viewOf(dropped, [window.T * window.B, network.architecture.units])
    : stateRows(tapeOf(network.architecture, buffers, layer, window).h, 1);
};

export const scanOf = ({ architecture, parameters }: Network, layer: number, tape: Tape): Scan => ({
  cell: architecture.cell.name,
  recurrent: parameters.layers[layer].recurrent,
  recurrentBias: parameters.layers[layer].candidateBias,
  tape,
});

/**
 * From the ids in `buffers.inputs` [T, B] and the states in slot 0 to every layer's tape.
 * @returns what the projection reads, [T·B, H].
 */
export const forward = (
  network: Network,
  buffers: ForwardBuffers,
  window: Window,
  dropout: StepDropout = null,
): View => {
  const { kernels, architecture, parameters } = network;
  const { embedding: E, layers } = architecture;
  const rows = window.T * window.B;
  const ids = viewOf(buffers.inputs, [rows]);
  let below: View | null = null;
  if (E !== null && buffers.embedded && parameters.embedding) {
    below = viewOf(buffers.embedded, [rows, E]);
    kernels.gather(parameters.embedding, ids, below);
  }
  for (let layer = 0; layer < layers; layer++) {
    const { input, bias } = parameters.layers[layer];
    const tape = tapeOf(architecture, buffers, layer, window);
    const gates = rowsOf(tape.gates, input.shape[1]);
    if (below) kernels.matmul(below, input, gates, { bias });
    else kernels.gather(input, ids, gates, bias);
    kernels.scan(scanOf(network, layer, tape));
    const mask = dropoutOf(dropout, layer);
    below = outputRows(network, buffers, layer, window, mask !== null);
    if (mask) drop(kernels, stateRows(tape.h, 1), below, mask, window);
  }
  if (!below) throw new RangeError('A network has at least one layer');
  return below;
};

/** One chunk of the projection: its rows of the top layer's output, of the targets and of the logits. */
interface Chunk {
  readonly first: boolean;
  readonly start: number;
  readonly top: View;
  readonly logits: View;
}

/** Projects `top` [M, H] onto the vocabulary, so many rows at a time as the logits' buffer holds. */
export const projectChunks = (
  { kernels, architecture, parameters }: Network,
  buffers: ForwardBuffers,
  top: View,
  visit: (chunk: Chunk) => void,
): void => {
  const { symbols: V } = architecture;
  const [M, H] = top.shape;
  for (let start = 0; start < M; start += buffers.chunkRows) {
    const rows = Math.min(buffers.chunkRows, M - start);
    const part = subview(top, start * H, [rows, H]);
    const logits = viewOf(buffers.logits, [rows, V]);
    kernels.matmul(part, parameters.outputWeight, logits, { bias: parameters.outputBias });
    visit({ first: start === 0, start, top: part, logits });
  }
};

export const targetsOf = (buffers: ForwardBuffers, { start, logits }: Chunk): View => ({
  buffer: buffers.targets,
  offset: start,
  shape: [logits.shape[0]],
});

/** Adds the losses of a window to `totals` [2] (or begins them), without any gradient. */
export const measure = (
  network: Network,
  buffers: ForwardBuffers,
  top: View,
  totals: View,
  accumulate: boolean,
): void => {
  projectChunks(network, buffers, top, (chunk) => {
    network.kernels.crossEntropy({
      logits: chunk.logits,
      targets: targetsOf(buffers, chunk),
      gradientScale: null,
      totals,
      accumulate: accumulate || !chunk.first,
    });
  });
};
