/**
 * Gates that are not learned, as constraints on parameters: σ(z) is the same at every character where a gate's columns of the
 * input and recurrent matrices are 0, and 1 − σ(z) = σ(−z). So no scan knows of them: first values obey them, the gradient is
 * taken with respect to what they leave free, and each step ends in parameters that obey them.
 *
 * Absent is held at 1: the NIG, NFG and NOG of Greff et al. 2015, "LSTM: A Search Space Odyssey"; without a forget gate it is
 * the LSTM of 1997, before Gers, Schmidhuber and Cummins 2000. Coupled is their CIFG, f = 1 − i, as in a GRU.
 */
import { logarithm } from './arithmetic';
import type { BandName, Cell } from './cells';
import type { Kernels, View } from './kernels/kernels';
import { subview } from './kernels/kernels';
import { deriveKey, uniform } from './random';
import type { Settings } from './settings';

type GateName = 'inputGate' | 'forgetGate' | 'outputGate' | 'resetGate' | 'updateGate';

/** The gates that a setting speaks of. */
const NAMES: Partial<Readonly<Record<BandName, GateName>>> = {
  i: 'inputGate',
  f: 'forgetGate',
  o: 'outputGate',
  r: 'resetGate',
  z: 'updateGate',
};
export type GateSettings = Pick<Settings, GateName | `${GateName}Value`>;

/** A constraint on a gate of every layer; `gate` and `leftBy` are places in the cell's order. */
export type GateRule =
  /** Held at a value, or where that is null each unit at a random one of its own. */
  | { readonly gate: number; readonly value: number | null }
  /** Coupled: what another gate leaves of 1. */
  | { readonly gate: number; readonly leftBy: number };

/** In the cell's order: a gate that another one is coupled to comes first. */
export const gateRulesOf = ({ gates }: Cell, settings: GateSettings): readonly GateRule[] =>
  gates.flatMap((band, gate): GateRule[] => {
    const name = NAMES[band];
    const setting = name ? settings[name] : 'learned';
    if (name === undefined || setting === 'learned') return [];
    if (setting === 'coupled') return [{ gate, leftBy: gates.indexOf('i') }];
    const held = setting === 'held' ? settings[`${name}Value`] : 1;
    return [{ gate, value: setting === 'random' ? null : held }];
  });

/** σ is 1 in float32 and in float64 from here on, and 4e-18 at the negative of it, which spares engines denormal numbers. */
const SATURATED = 40;

const logit = (share: number): number => Math.max(-SATURATED, Math.min(SATURATED, logarithm(share / (1 - share))));

/** A network's gates as its rules see them. */
interface Ruled {
  readonly rules: readonly GateRule[];
  /** H. */
  readonly units: number;
}

/**
 * Makes a layer's values [rows, G·H] obey: input matrix, recurrent matrix and bias, one below the other. The key is that of
 * the layer's random gates.
 */
export const obey = ({ rules, units: H }: Ruled, values: Float64Array, width: number, key: number): void => {
  for (const rule of rules) {
    const at = rule.gate * H;
    for (let row = 0; row < values.length; row += width) {
      for (let u = 0; u < H; u++) {
        values[row + at + u] =
          'leftBy' in rule
            ? 0 - values[row + rule.leftBy * H + u]
            : row + width < values.length
              ? 0
              : logit(rule.value ?? uniform(deriveKey(key, rule.gate), u));
      }
    }
  }
};

/**
 * The gradient becomes, by the chain rule, that with respect to what is free: it is 0 elsewhere, and NaN where it was not
 * finite there.
 * @param layers each as `LayerParameters.gates`
 */
export const projectGradient = (kernels: Kernels, { rules, units: width }: Ruled, layers: readonly View[]): void => {
  for (const layer of layers) {
    for (const rule of rules.toReversed()) {
      const from = rule.gate * width;
      if ('leftBy' in rule) {
        kernels.combineColumns(layer, { from, to: rule.leftBy * width, width, alpha: -1, beta: 1 });
      }
      kernels.combineColumns(layer, { from, to: from, width, alpha: 0, beta: 0 });
    }
  }
};

/** The biases of a layer's held gates, [H] each: what such a gate has beside zeros. */
export const heldBiases = ({ rules, units }: Ruled, layer: View): readonly View[] => {
  const [rows, width] = layer.shape;
  return rules.flatMap((rule) =>
    'leftBy' in rule ? [] : [subview(layer, (rows - 1) * width + rule.gate * units, [units])],
  );
};

/** Coupled gates follow what they are coupled to, after a step. */
export const coupleParameters = (kernels: Kernels, { rules, units: width }: Ruled, layers: readonly View[]): void => {
  for (const layer of layers) {
    for (const rule of rules) {
      if (!('leftBy' in rule)) continue;
      kernels.combineColumns(layer, { from: rule.leftBy * width, to: rule.gate * width, width, alpha: -1, beta: 0 });
    }
  }
};
