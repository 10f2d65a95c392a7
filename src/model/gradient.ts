/** The network's backward pass, written once: all weight gradients are one product each over time and batch. */
import type { BackwardBuffers, ForwardBuffers } from './buffers';
import { sizeOf, subview, viewOf } from './kernels/kernels';
import type { View } from './kernels/kernels';
import { drop, dropoutOf, forward, outputRows, projectChunks, scanOf, targetsOf } from './network';
import type { Network, StepDropout } from './network';
import type { ParameterViews } from './parameters';
import { loadState, saveState, stateRows, tapeOf } from './states';
import type { CarriedStates, Window } from './states';

/** The rows of a batch whose gradient is taken together. */
export interface Shard {
  readonly window: Window;
  /** What each character's loss counts for: 1 / (T · B) of the whole batch. */
  readonly weight: number;
  readonly dropout: StepDropout;
  /** Whether the gradient is added to what stands there, as one number; see `addsInPlace`. */
  readonly adds: boolean;
}

/**
 * The gradient of (sum of losses · `weight`) with respect to every parameter, for some rows of a batch: ids and targets
 * stand in `buffers`, the states they begin from in `carried`, which are moved on to those they end with. `totals` [2]
 * receives the sum of losses and the number of correct predictions.
 */
export const gradient = (
  network: Network,
  buffers: ForwardBuffers & BackwardBuffers,
  carried: CarriedStates,
  shard: Shard,
  gradients: ParameterViews,
  totals: View,
): void => {
  const { window, dropout } = shard;
  loadState(network, carried, buffers, window);
  const top = forward(network, buffers, window, dropout);
  saveState(network, carried, buffers, window);
  const dh = viewOf(buffers.dh, [window.T * window.B, network.architecture.units]);
  projectBackward(network, buffers, top, shard, gradients, totals, dh);
  for (let layer = network.architecture.layers - 1; layer >= 0; layer--) {
    const mask = dropoutOf(dropout, layer);
    if (mask) drop(network.kernels, dh, dh, mask, window);
    layerBackward(network, buffers, shard, layer, mask !== null, dh, gradients);
  }
};

/** Loss and the gradients of the projection; writes that of its input to `dtop` [T·B, H]. */
const projectBackward = (
  network: Network,
  buffers: ForwardBuffers,
  top: View,
  { weight, adds }: Shard,
  gradients: ParameterViews,
  totals: View,
  dtop: View,
): void => {
  const { kernels, architecture, parameters } = network;
  const { units: H } = architecture;
  projectChunks(network, buffers, top, (chunk) => {
    const { logits, start } = chunk;
    const accumulate = !chunk.first;
    const targets = targetsOf(buffers, chunk);
    kernels.crossEntropy({ logits, targets, gradientScale: weight, totals, accumulate });
    kernels.matmul(chunk.top, logits, gradients.outputWeight, {
      transposeA: true,
      accumulate: adds || accumulate,
      sums: gradients.outputBias,
    });
    const part = subview(dtop, start * H, [logits.shape[0], H]);
    kernels.matmul(logits, parameters.outputWeight, part, { transposeB: true });
  });
};

/**
 * Gradients of one layer's parameters from `dh` [T·B, H], the gradient of the loss with respect to its output; `dh` then
 * holds that of the layer below. Nothing flows in from after the window: the back-propagation is truncated there.
 */
const layerBackward = (
  network: Network,
  buffers: ForwardBuffers & BackwardBuffers,
  { window, adds }: Shard,
  layer: number,
  drops: boolean,
  dh: View,
  gradients: ParameterViews,
): void => {
  const { kernels, architecture, parameters } = network;
  const { cell, units: H, embedding: E } = architecture;
  const { T, B } = window;
  const width = cell.gates.length * H;
  const rows = T * B;
  const scan = scanOf(network, layer, tapeOf(architecture, buffers, layer, window));
  const dgates = viewOf(buffers.dgates, [rows, width]);
  const drecurrent = buffers.drecurrent && viewOf(buffers.drecurrent, [rows, width]);
  const dhCarry = viewOf(buffers.dhCarry, [B, H]);
  const dcCarry = buffers.dcCarry && viewOf(buffers.dcCarry, [B, H]);
  kernels.fill(dhCarry, 0);
  if (dcCarry) kernels.fill(dcCarry, 0);
  const overTime = (view: View): View => ({ ...view, shape: [T, B, sizeOf(view.shape) / rows] });
  kernels.scanBackward({
    ...scan,
    dh: overTime(dh),
    dgates: overTime(dgates),
    drecurrent: drecurrent && overTime(drecurrent),
    dhCarry,
    dcCarry,
  });

  const own = gradients.layers[layer];
  const before = stateRows(scan.tape.h, 0);
  const summed = { transposeA: true, accumulate: adds };
  if (own.candidateBias && drecurrent && buffers.recurrentSums) {
    const sums = viewOf(buffers.recurrentSums, [width]);
    if (adds) kernels.fill(sums, 0);
    kernels.matmul(before, drecurrent, own.recurrent, { ...summed, sums });
    const candidate = subview(sums, width - H, [H]);
    if (adds) kernels.add(candidate, own.candidateBias);
    else kernels.copy(candidate, own.candidateBias);
    kernels.sumRows(dgates, own.bias, adds);
  } else kernels.matmul(before, dgates, own.recurrent, { ...summed, sums: own.bias });

  const ids = viewOf(buffers.inputs, [rows]);
  const { input } = parameters.layers[layer];
  if (layer > 0) {
    const below = outputRows(network, buffers, layer - 1, window, drops);
    kernels.matmul(below, dgates, own.input, summed);
    kernels.matmul(dgates, input, dh, { transposeB: true });
  } else if (E !== null && buffers.embedded && buffers.dembedded && gradients.embedding) {
    const dembedded = viewOf(buffers.dembedded, [rows, E]);
    kernels.matmul(viewOf(buffers.embedded, [rows, E]), dgates, own.input, summed);
    kernels.matmul(dgates, input, dembedded, { transposeB: true });
    kernels.scatterAdd(dembedded, ids, gradients.embedding, adds);
  } else {
    kernels.scatterAdd(dgates, ids, own.input, adds);
  }
};
