/** What an LSTM computes in a step beside its products: as operations anywhere, as one draw each on WebGL. */
import type { Tensor } from '@tensorflow/tfjs';
import { isPacked, runPacked } from './packed';
import { columns, type Tf } from './tensors';

/** What the forward pass has left for all steps of the backward one, [T, B, ·]; see scanBackward.ts. */
export interface Factors {
  /** Of each gate's gradient, [T, B, 4 H]. */
  readonly gates: Tensor;
  /** How much of dh reaches dc, and how much of dc flows on to the step before, [T, B, H]. */
  readonly reaches: Tensor;
  readonly forgets: Tensor;
  /** The slope of the price of each c_t, [T, B, H], where it has one. */
  readonly prices: Tensor | null;
}

export interface LstmSteps {
  /**
   * c_t = f ⊙ c_{t-1} + i ⊙ g and h_t = o ⊙ tanh(c_t), with g = 2 σ - 1 of the candidate's column.
   * @param gates all sigmoids, [B, 4 H]
   */
  forward(gates: Tensor, before: Tensor): { readonly c: Tensor; readonly h: Tensor };
  /**
   * dc = dh ⊙ reaches + what is carried + the slope of its price: the gradients of the gates' sums [B, 4 H], and dc for the step before [B, H].
   */
  backward(t: number, dHidden: Tensor, dCarried: Tensor): { readonly delta: Tensor; readonly carried: Tensor };
}

const operations = (tf: Tf, H: number, factors: Factors | null): LstmSteps => {
  const [gateFactors, reaches, forgets] = factors
    ? [factors.gates, factors.reaches, factors.forgets].map((x) => tf.unstack(x))
    : [[], [], []];
  const prices = factors?.prices ? tf.unstack(factors.prices) : null;
  return {
    forward: (gates, before) => {
      const [i, f, g, o] = [0, 1, 2, 3].map((gate) => columns(gates, gate * H, H));
      const c = f.mul(before).add(i.mul(g.mul(2).sub(1)));
      return { c, h: o.mul(c.tanh()) };
    },
    backward: (t, dHidden, dCarried) => {
      const owed = dHidden.mul(reaches[t]).add(dCarried);
      const dc = prices ? owed.add(prices[t]) : owed;
      return { delta: tf.concat([dc, dc, dc, dHidden], 1).mul(gateFactors[t]), carried: dc.mul(forgets[t]) };
    },
  };
};

/** H is even, so that no block lies in two gates. */
const draws = (tf: Tf, B: number, H: number, factors: Factors | null): LstmSteps => ({
  forward: (gates, before) => {
    const c = runPacked(tf, {
      inputs: { gates, before },
      shape: [B, H],
      code: `
        vec4 candidate = 2.0 * getGates(row, column + ${String(2 * H)}) - 1.0;
        return getGates(row, column + ${String(H)}) * getBefore(row, column) + getGates(row, column) * candidate;`,
    });
    const h = runPacked(tf, {
      inputs: { gates, c },
      shape: [B, H],
      // GLSL's own tanh of large numbers is not a number on some devices.
      code: `
        vec4 e = exp(-2.0 * abs(getC(row, column)));
        return getGates(row, column + ${String(3 * H)}) * sign(getC(row, column)) * (1.0 - e) / (1.0 + e);`,
    });
    return { c, h };
  },
  backward: (t, dHidden, dCarried) => {
    if (!factors) throw new TypeError('A backward step needs what the forward pass has left');
    const { gates, reaches, forgets, prices } = factors;
    const inputs = { hidden: dHidden, carried: dCarried, reaches, ...(prices && { prices }) };
    const dc = (column: string) =>
      `getHidden(row, ${column}) * getReaches(t, row, ${column}) + getCarried(row, ${column})` +
      (prices ? ` + getPrices(t, row, ${column})` : '');
    return {
      delta: runPacked(tf, {
        inputs: { ...inputs, gates },
        uniforms: { t },
        shape: [B, 4 * H],
        code: `
          int unit = column - (column / ${String(H)}) * ${String(H)};
          vec4 d = column < ${String(3 * H)} ? ${dc('unit')} : getHidden(row, unit);
          return d * getGates(t, row, column);`,
      }),
      carried: runPacked(tf, {
        inputs: { ...inputs, forgets },
        uniforms: { t },
        shape: [B, H],
        code: `return (${dc('column')}) * getForgets(t, row, column);`,
      }),
    };
  },
});

/** Steps of B rows of H units; within a tidy. */
export const lstmSteps = (tf: Tf, B: number, H: number, factors: Factors | null = null): LstmSteps =>
  isPacked(tf, H) ? draws(tf, B, H, factors) : operations(tf, H, factors);
