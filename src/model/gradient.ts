/** The network's backward pass, written once: all weight gradients are one product each over time and batch. */
import type { BackwardBuffers, ForwardBuffers, StateBuffers } from './buffers';
import { sizeOf, subview, viewOf } from './kernels/kernels';
import type { View } from './kernels/kernels';
import { drop, dropoutOf, forward, outputRows, projectChunks, scanOf, targetsOf } from './network';
import type { Network, StepDropout } from './network';
import type { ParameterViews } from './parameters';
import { loadState, saveState, stateRows, tapeOf } from './states';
import type { Window } from './states';

/** The rows of a batch whose gradient is taken together. */
export interface Shard {
  readonly window: Window;
  /** What each character's loss counts for: 1 / (T · B) of the whole batch. */
  readonly weight: number;
  readonly dropout: StepDropout;
}

/**
 * The gradient of (sum of losses · `weight`) with respect to every parameter, for some rows of a batch: ids and targets
 * stand in `buffers`, the states they begin from in `state`, which is moved on to those they end with. `gradient` is
 * replaced; `totals` [2] receives the sum of losses and the number of correct predictions.
 */
export const gradient = (
  network: Network,
  buffers: ForwardBuffers & BackwardBuffers,
  state: StateBuffers,
  shard: Shard,
  gradients: ParameterViews,
  totals: View,
): void => {
  const { window, dropout } = shard;
  loadState(network, state, buffers, window);
  const top = forward(network, buffers, window, dropout);
  saveState(network, state, buffers, window);
  const dh = viewOf(buffers.dh, [window.T * window.B, network.architecture.units]);
  projectBackward(network, buffers, top, shard.weight, gradients, totals, dh);
  for (let layer = network.architecture.layers - 1; layer >= 0; layer--) {
    const mask = dropoutOf(dropout, layer);
    if (mask) drop(network.kernels, dh, dh, mask, window);
    layerBackward(network, buffers, window, layer, mask !== null, dh, gradients);
  }
};

/** Loss and the gradients of the projection; writes that of its input to `dtop` [T·B, H]. */
const projectBackward = (
  network: Network,
  buffers: ForwardBuffers,
  top: View,
  weight: number,
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
    const sums = gradients.outputBias;
    kernels.matmul(chunk.top, logits, gradients.outputWeight, { transposeA: true, accumulate, sums });
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
  window: Window,
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
  kernels.matmul(before, drecurrent ?? dgates, own.recurrent, { transposeA: true, sums: own.bias });
  if (own.candidateBias) {
    // The sums so far are those of the recurrent contribution; the input's differ from them in the candidate's block.
    kernels.copy(subview(own.bias, width - H, [H]), own.candidateBias);
    kernels.sumRows(dgates, own.bias);
  }

  const ids = viewOf(buffers.inputs, [rows]);
  const { input } = parameters.layers[layer];
  if (layer > 0) {
    const below = outputRows(network, buffers, layer - 1, window, drops);
    kernels.matmul(below, dgates, own.input, { transposeA: true });
    kernels.matmul(dgates, input, dh, { transposeB: true });
  } else if (E !== null && buffers.embedded && buffers.dembedded && gradients.embedding) {
    const dembedded = viewOf(buffers.dembedded, [rows, E]);
    kernels.matmul(viewOf(buffers.embedded, [rows, E]), dgates, own.input, { transposeA: true });
    kernels.matmul(dgates, input, dembedded, { transposeB: true });
    kernels.scatterAdd(dembedded, ids, gradients.embedding);
  } else {
    kernels.scatterAdd(dgates, ids, own.input);
  }
};
