/**
 * The network's forward pass, written once as calls on the kernels of any engine: a row look-up (the product of a
 * one-hot input with the first layer's matrix) or a learned embedding, recurrent layers, a projection onto the
 * vocabulary. Its backward pass is gradient.ts.
 */
import type { ForwardBuffers } from './buffers';
import { subview, viewOf } from './kernels/kernels';
import type { Dropout, Kernels, Scan, View } from './kernels/kernels';
import type { Architecture, ParameterViews } from './parameters';
import { deriveKey } from './random';
import { stateRows, statesAt, tapeOf } from './states';
import type { States, BatchWindow } from './states';

/** Dropout of one training step; layer l's mask has the key derived from (`key`, l). */
export type StepDropout = Omit<Dropout, 'start'> | null;

/** What holds for one training step, on every thread that takes a part of it. */
export interface StepConditions {
  readonly dropout: StepDropout;
  /**
   * Price of memory: the loss also holds this times the mean over T · B of the sum over layers and units of the states'
   * smoothed sizes; see `ScanBackward`.
   */
  readonly activationPenalty: number;
}

export interface Network {
  readonly kernels: Kernels;
  readonly architecture: Architecture;
  readonly parameters: ParameterViews;
}

/** One layer of a pass; its rows are (t, b), [T·B]. */
interface LayerPass {
  readonly scan: Scan;
  /** [T·B, G·H]. */
  readonly gates: View;
  /** The hidden states after each step, [T·B, H]. */
  readonly hidden: View;
  /** What it hands upward, [T·B, H]: the same, or after dropout. */
  readonly output: View;
}

/** One chunk of the projection: its rows of the top layer's output, of the targets and of the logits. */
export interface Chunk {
  readonly first: boolean;
  /** Number of its first row. */
  readonly start: number;
  readonly top: View;
  readonly targets: View;
  readonly logits: View;
}

/** A forward pass over a window: everything that it reads and writes, found once. */
export interface Pass {
  readonly network: Network;
  readonly window: BatchWindow;
  /** Ids of the characters read, and of those to be predicted; [T·B] int. */
  readonly inputs: View;
  readonly targets: View;
  /** [T·B, E]. */
  readonly embedded: View | null;
  readonly layers: readonly LayerPass[];
  readonly chunks: readonly Chunk[];
  /** The state before the first step, and after the last. */
  readonly before: States;
  readonly after: States;
}

/** @param drops whether its layers hand upward what dropout leaves */
export const passOf = (network: Network, buffers: ForwardBuffers, window: BatchWindow, drops = false): Pass => {
  const { architecture, parameters } = network;
  const { cell, units: H, symbols: V, embedding: E, layers } = architecture;
  const M = window.T * window.B;
  const tapes = Array.from({ length: layers }, (_, layer) => tapeOf(architecture, buffers, layer, window));
  const passes = tapes.map((tape, layer): LayerPass => {
    const { recurrent, unitVectors } = parameters.layers[layer];
    const { dropped } = buffers.layers[layer];
    const hidden = stateRows(tape.h, 1);
    return {
      scan: { cell: cell.name, recurrent, unitVectors, tape },
      gates: { ...tape.gates, shape: [M, cell.gates.length * H] },
      hidden,
      output: drops && dropped ? viewOf(dropped, [M, H]) : hidden,
    };
  });
  const targets = viewOf(buffers.targets, [M]);
  const { output } = passes[layers - 1];
  const chunks = Array.from({ length: Math.ceil(M / buffers.chunkRows) }, (_, k): Chunk => {
    const start = k * buffers.chunkRows;
    const rows = Math.min(buffers.chunkRows, M - start);
    return {
      first: k === 0,
      start,
      top: subview(output, start * H, [rows, H]),
      targets: subview(targets, start, [rows]),
      logits: viewOf(buffers.logits, [rows, V]),
    };
  });
  return {
    network,
    window,
    inputs: viewOf(buffers.inputs, [M]),
    targets,
    embedded: E === null || buffers.embedded === null ? null : viewOf(buffers.embedded, [M, E]),
    layers: passes,
    chunks,
    before: statesAt(tapes, 0),
    after: statesAt(tapes, window.T),
  };
};

/** Where the rows of a pass stand in a batch: the first of them, and how many the batch has. */
export interface PlaceInBatch {
  readonly from: number;
  readonly batch: number;
}

export const dropoutOf = (dropout: StepDropout, layer: number): StepDropout =>
  dropout && { rate: dropout.rate, key: deriveKey(dropout.key, layer) };

/** Drops of `x` [T·B, H] what the mask of the whole batch drops, however the batch is cut. */
export const drop = (
  kernels: Kernels,
  x: View,
  out: View,
  mask: NonNullable<StepDropout>,
  { T, B }: BatchWindow,
  { from, batch }: PlaceInBatch,
): void => {
  if (batch === B) {
    kernels.dropout(x, out, { ...mask, start: 0 });
    return;
  }
  const [, H] = x.shape;
  for (let t = 0; t < T; t++) {
    const rows = (view: View): View => subview(view, t * B * H, [B, H]);
    kernels.dropout(rows(x), rows(out), { ...mask, start: (t * batch + from) * H });
  }
};

/** From the ids in `inputs` and the states in `before` to every layer's tape. Dropout needs a pass that drops. */
export const forward = (pass: Pass, dropout: StepDropout = null, place?: PlaceInBatch): void => {
  const { network, window, inputs, embedded, layers } = pass;
  const { kernels, parameters } = network;
  let below = embedded;
  if (embedded && parameters.embedding) kernels.gather(parameters.embedding, inputs, embedded);
  for (let layer = 0; layer < layers.length; layer++) {
    const { input, bias } = parameters.layers[layer];
    const { gates, scan, hidden, output } = layers[layer];
    if (below) kernels.matmul(below, input, gates, { bias });
    else kernels.gather(input, inputs, gates, bias);
    kernels.scan(scan);
    const mask = dropoutOf(dropout, layer);
    if (mask) drop(kernels, hidden, output, mask, window, place ?? { from: 0, batch: window.B });
    below = output;
  }
};

/** Projects what the top layer hands upward onto the vocabulary, so many rows at a time as the logits' buffer holds. */
export const project = ({ network, chunks }: Pass, visit: (chunk: Chunk) => void): void => {
  const { kernels, parameters } = network;
  for (const chunk of chunks) {
    kernels.matmul(chunk.top, parameters.outputWeight, chunk.logits, { bias: parameters.outputBias });
    visit(chunk);
  }
};

/** Adds the losses of a window to `totals` [2] (or begins them), without any gradient. */
export const addLosses = (pass: Pass, totals: View, accumulate: boolean): void => {
  project(pass, ({ first, logits, targets }) => {
    pass.network.kernels.crossEntropy({
      logits,
      targets,
      gradientScale: null,
      totals,
      accumulate: accumulate || !first,
    });
  });
};
