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

/** The gates that a setting speaks of. */
const NAMES = { i: 'inputGate', f: 'forgetGate', o: 'outputGate', r: 'resetGate', z: 'updateGate' } as const satisfies {
  readonly [B in BandName]?: keyof Settings;
};
type GateName = (typeof NAMES)[keyof typeof NAMES];
export type GateSettings = Pick<Settings, GateName | `${GateName}Value`>;

/** A constraint on a gate of every layer; `gate` and `to` are places in the cell's order. */
export type GateRule =
  /** At a value, or where that is null each unit at a random one of its own. */
  | { readonly kind: 'held'; readonly gate: number; readonly value: number | null }
  /** At what the gate `to` leaves of 1. */
  | { readonly kind: 'coupled'; readonly gate: number; readonly to: number };

/** In the order in which first values obey them: a gate that another one is coupled to comes first. */
export const gateRulesOf = (cell: Cell, settings: GateSettings): readonly GateRule[] => {
  const rules = (Object.keys(NAMES) as (keyof typeof NAMES)[]).flatMap((band): GateRule[] => {
    const gate = cell.gates.indexOf(band);
    const name = NAMES[band];
    const setting = settings[name];
    if (gate < 0 || setting === 'learned') return [];
    if (setting === 'coupled') return [{ kind: 'coupled', gate, to: cell.gates.indexOf('i') }];
    const value = { absent: 1, held: settings[`${name}Value`], random: null }[setting];
    return [{ kind: 'held', gate, value }];
  });
  return rules;
};

/** σ is 1 in float32 and in float64 from here on, and 4e-18 at the negative of it, which spares engines denormal numbers. */
const SATURATED = 40;

/** σ⁻¹, for 0 <= value <= 1. */
const logit = (value: number): number => {
  const bound = 1 / (1 + 1e17);
  if (value < bound) return -SATURATED;
  return 1 - value < bound ? SATURATED : logarithm(value / (1 - value));
};

/**
 * Makes a layer's values obey the rules.
 * @param values [I + H + 1, G·H]: input matrix, recurrent matrix and bias, one below the other
 * @param key of the layer, for random gates
 */
export const obey = (
  rules: readonly GateRule[],
  values: Float64Array,
  { units: H, width, key }: { readonly units: number; readonly width: number; readonly key: number },
): void => {
  const bias = values.length - width;
  for (const rule of rules) {
    for (let row = 0; row <= bias; row += width) {
      for (let u = 0; u < H; u++) {
        const at = row + rule.gate * H + u;
        if (rule.kind === 'coupled') values[at] = 0 - values[row + rule.to * H + u];
        else if (row < bias) values[at] = 0;
        else values[at] = logit(rule.value ?? uniform(deriveKey(key, rule.gate), u));
      }
    }
  }
};

/** The rules of a network in training. A layer's matrices stand one below the other: see `LayerParameters.gates`. */
export class GateRules {
  /** Biases of held gates, and where they are kept while an optimizer lets weights decay. */
  readonly #biases: readonly { readonly bias: View; readonly kept: View }[];

  /** @param kept numbers for the biases of every held gate, layer by layer; null where none is held */
  constructor(
    private readonly kernels: Kernels,
    private readonly rules: readonly GateRule[],
    private readonly units: number,
    private readonly layers: readonly { readonly parameters: View; readonly gradient: View }[],
    kept: View | null,
  ) {
    const held = rules.filter(({ kind }) => kind === 'held');
    this.#biases = layers.flatMap(({ parameters }, l) => {
      const [rows, width] = parameters.shape;
      return held.flatMap(({ gate }, k) => {
        const bias = subview(parameters, (rows - 1) * width + gate * units, [units]);
        return kept ? [{ bias, kept: subview(kept, (l * held.length + k) * units, [units]) }] : [];
      });
    });
  }

  /**
   * Before the norm is taken: the gradient becomes that with respect to what is free, 0 elsewhere (NaN where it was not finite),
   * by the chain rule.
   */
  project(decays: boolean): void {
    const { kernels, rules, units: width, layers } = this;
    for (const { gradient } of layers) {
      for (const rule of rules.toReversed()) {
        const from = rule.gate * width;
        if (rule.kind === 'coupled') {
          kernels.combineColumns(gradient, { from, to: rule.to * width, width, alpha: -1, beta: 1 });
        }
        kernels.combineColumns(gradient, { from, to: from, width, alpha: 0, beta: 0 });
      }
    }
    if (decays) for (const { bias, kept } of this.#biases) kernels.copy(bias, kept);
  }

  /** After the optimizer's step, which moves nothing that has no gradient but by the decay of weights. */
  restore(decays: boolean): void {
    const { kernels, rules, units: width, layers } = this;
    if (decays) for (const { bias, kept } of this.#biases) kernels.copy(kept, bias);
    for (const { parameters } of layers) {
      for (const rule of rules) {
        if (rule.kind !== 'coupled') continue;
        kernels.combineColumns(parameters, {
          from: rule.to * width,
          to: rule.gate * width,
          width,
          alpha: -1,
          beta: 0,
        });
      }
    }
  }
}
