/** The network's backward pass, written once: all weight gradients are one product each over time and batch. */
import type { BackwardBuffers, ForwardBuffers, PassBuffers } from './buffers';
import { subview, viewOf } from './kernels/kernels';
import type { ScanBackward, View } from './kernels/kernels';
import { drop, dropoutOf, forward, passOf, project } from './network';
import type { Chunk, Network, Pass, PlaceInBatch, StepConditions } from './network';
import type { ParameterViews } from './parameters';
import { copyStates, stateRows } from './states';
import type { States, BatchWindow } from './states';

interface LayerBackward {
  readonly scan: ScanBackward;
  /** The hidden states before each step, [T·B, H]. */
  readonly before: View;
  /** What the layer reads, [T·B, H or E]; null where that is one-hot. */
  readonly below: View | null;
}

/** A pass forward and backward: everything that it reads and writes, found once. */
export interface TrainingPass extends Pass {
  readonly backward: readonly LayerBackward[];
  /** [T·B, G·H]. */
  readonly dgates: View;
  readonly drecurrent: View | null;
  readonly recurrentSums: View | null;
  /** [T·B, H], and the rows of it that belong to each chunk. */
  readonly dh: View;
  readonly dtops: readonly View[];
  /** [T·B, E]. */
  readonly dembedded: View | null;
}

const trainingPassOf = (
  network: Network,
  buffers: ForwardBuffers & BackwardBuffers,
  window: BatchWindow,
  drops: boolean,
): TrainingPass => {
  const pass = passOf(network, buffers, window, drops);
  const { cell, units: H, embedding: E } = network.architecture;
  const { T, B } = window;
  const width = cell.gates.length * H;
  const rows = T * B;
  const dh = viewOf(buffers.dh, [rows, H]);
  const dgates = viewOf(buffers.dgates, [rows, width]);
  const drecurrent = buffers.drecurrent && viewOf(buffers.drecurrent, [rows, width]);
  const overTime = <V extends View | null>(view: V, columns: number): V => view && { ...view, shape: [T, B, columns] };
  return {
    ...pass,
    backward: pass.layers.map(({ scan }, layer) => ({
      scan: {
        ...scan,
        dh: overTime(dh, H),
        dgates: overTime(dgates, width),
        drecurrent: overTime(drecurrent, width),
        dhCarry: viewOf(buffers.dhCarry, [B, H]),
        dcCarry: buffers.dcCarry && viewOf(buffers.dcCarry, [B, H]),
      },
      before: stateRows(scan.tape.h, 0),
      below: layer > 0 ? pass.layers[layer - 1].output : pass.embedded,
    })),
    dgates,
    drecurrent,
    recurrentSums: buffers.recurrentSums && viewOf(buffers.recurrentSums, [width]),
    dh,
    dtops: pass.chunks.map(({ start, top }) => subview(dh, start * H, top.shape)),
    dembedded: E === null || buffers.dembedded === null ? null : viewOf(buffers.dembedded, [rows, E]),
  };
};

/** Passes over windows of T steps in the same buffers, by the number of their rows and whether they drop. */
export const passesOver = (
  network: Network,
  { forward: pass, backward }: PassBuffers,
  T: number,
): ((rows: number, drops: boolean) => TrainingPass) => {
  const known: TrainingPass[][] = [[], []];
  const buffers = { ...pass, ...backward };
  return (B, drops) => (known[drops ? 1 : 0][B] ??= trainingPassOf(network, buffers, { T, B }, drops));
};

/**
 * Looks on while a step is computed, at numbers that are there for a moment only. It reads and changes nothing: a step that
 * is watched has the bits that it has unwatched.
 */
export interface StepWatcher {
  /** Of some rows the logits are there, which the loss is about to overwrite. */
  readonly predicted: (pass: TrainingPass, chunk: Chunk, place: PlaceInBatch) => void;
  /** The gradients of a layer's pre-activations are there, until those of the layer below. */
  readonly wentBack: (pass: TrainingPass, layer: number, place: PlaceInBatch) => void;
}

/** The rows of a batch whose gradient is taken together. */
export interface Shard {
  readonly place: PlaceInBatch;
  /** What each character's loss counts for: 1 / (T · B) of the whole batch. */
  readonly weight: number;
  /** Those with dropout need a pass that drops. */
  readonly conditions: StepConditions;
  /** Whether the gradient is added to what stands there, as one number; see `addsInPlace`. */
  readonly adds: boolean;
  readonly watcher?: StepWatcher | null;
}

/**
 * The gradient of (sum of losses and prices · `weight`) with respect to every parameter, for some rows of a batch: ids and targets
 * stand where the pass has them, the states they begin from in `carried`, which are moved on to those they end with.
 * `totals` [2] receives the sum of losses and the number of correct predictions.
 */
export const gradient = (
  pass: TrainingPass,
  carried: States,
  shard: Shard,
  gradients: ParameterViews,
  totals: View,
): void => {
  const { network, window, layers, dh } = pass;
  const { kernels } = network;
  const { place, conditions, weight, adds, watcher } = shard;
  const { dropout } = conditions;
  const price = conditions.activationPenalty * weight;
  copyStates(kernels, carried, pass.before);
  forward(pass, dropout, place);
  copyStates(kernels, pass.after, carried);
  project(pass, (chunk) => {
    projectBackward(pass, chunk, shard, gradients, totals);
  });
  for (let layer = layers.length - 1; layer >= 0; layer--) {
    const mask = dropoutOf(dropout, layer);
    if (mask) drop(kernels, dh, dh, mask, window, place);
    scanLayerBackward(pass, layer, price);
    watcher?.wentBack(pass, layer, place);
    layerBackward(pass, { layer, adds }, gradients);
  }
};

/** Loss and the gradients of the projection; writes that of its input. */
const projectBackward = (
  pass: TrainingPass,
  chunk: Chunk,
  { weight, adds, place, watcher }: Shard,
  gradients: ParameterViews,
  totals: View,
): void => {
  const { network, chunks, dtops } = pass;
  const { kernels, parameters } = network;
  const { logits, targets, top, first } = chunk;
  watcher?.predicted(pass, chunk, place);
  kernels.crossEntropy({ logits, targets, gradientScale: weight, totals, accumulate: !first });
  const sums = gradients.outputBias;
  kernels.matmul(top, logits, gradients.outputWeight, { transposeA: true, accumulate: adds || !first, sums });
  kernels.matmul(logits, parameters.outputWeight, dtops[chunks.indexOf(chunk)], { transposeB: true });
};

/**
 * Gradients of one layer's pre-activations from `dh` [T·B, H], the gradient of the loss with respect to its output. Nothing
 * flows in from after the window: the back-propagation is truncated there.
 */
const scanLayerBackward = ({ network: { kernels }, backward }: TrainingPass, layer: number, price: number): void => {
  const { scan } = backward[layer];
  kernels.fill(scan.dhCarry, 0);
  if (scan.dcCarry) kernels.fill(scan.dcCarry, 0);
  kernels.scanBackward({ ...scan, price });
};

/** Gradients of one layer's parameters from those of its pre-activations; `dh` then holds that of the layer below. */
const layerBackward = (
  pass: TrainingPass,
  { layer, adds }: { readonly layer: number; readonly adds: boolean },
  gradients: ParameterViews,
): void => {
  const { network, inputs, dh, dgates, drecurrent, dembedded, recurrentSums } = pass;
  const { kernels, parameters } = network;
  const { before, below } = pass.backward[layer];
  const own = gradients.layers[layer];
  const { bias, candidateBias } = own;
  if (candidateBias && drecurrent && recurrentSums) {
    const [H] = candidateBias.shape;
    // What stands alone is summed up beside the product, which costs a GPU nothing; the sums of the input replace it.
    const sums = adds ? recurrentSums : bias;
    if (adds) kernels.fill(sums, 0);
    kernels.matmul(before, drecurrent, own.recurrent, { transposeA: true, accumulate: adds, sums });
    const candidate = subview(sums, sums.shape[0] - H, [H]);
    if (adds) kernels.add(candidate, candidateBias);
    else kernels.copy(candidate, candidateBias);
    kernels.sumRows(dgates, bias, adds);
  } else kernels.matmul(before, dgates, own.recurrent, { transposeA: true, accumulate: adds, sums: bias });

  const { input } = parameters.layers[layer];
  if (!below) {
    kernels.scatterAdd(dgates, inputs, own.input, adds);
    return;
  }
  kernels.matmul(below, dgates, own.input, { transposeA: true, accumulate: adds });
  if (layer > 0) kernels.matmul(dgates, input, dh, { transposeB: true });
  else if (dembedded && gradients.embedding) {
    kernels.matmul(dgates, input, dembedded, { transposeB: true });
    kernels.scatterAdd(dembedded, inputs, gradients.embedding, adds);
  }
};
