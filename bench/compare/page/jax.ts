/**
 * A training step with @jax-js/jax, the way its own examples are written: unrolled in time, differentiated and compiled
 * as a whole, Adam by hand. Its arrays are used up where they are used; `.ref` keeps one.
 */
import * as jax from '@jax-js/jax';
import { batchOf, oneHotOf, settingsOf, weightsOf } from '../problem';
import type { Runner } from '../protocol';
import { flopsOf, type Shape } from '../shapes';

const { numpy: np, nn, tree } = jax;

type Arrays = Record<string, jax.Array>;

const map = (f: (...arrays: jax.Array[]) => jax.Array, first: Arrays, ...rest: Arrays[]): Arrays =>
  tree.map(f, first, ...rest);

const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-8];

/** Rows of all streams at one time after the other, [T, B], from rows of streams, [B, T]. */
const timeFirst = (ids: Int32Array, { T, B }: Shape): Int32Array<ArrayBuffer> =>
  Int32Array.from({ length: T * B }, (_, k) => ids[(k % B) * T + Math.floor(k / B)]);

const lossOf =
  ({ H, L, T, B }: Shape) =>
  (p: Arrays, inputs: jax.Array, targets: jax.Array): jax.Array => {
    let below: jax.Array[] = [];
    for (let l = 0; l < L; l++) {
      const weight = (name: string): jax.Array => p[`layers.${String(l)}.${name}`].ref;
      let h = np.zeros([B, H]);
      let c = np.zeros([B, H]);
      const states: jax.Array[] = [];
      for (let t = 0; t < T; t++) {
        const input = l === 0 ? np.take(weight('input'), inputs.ref.slice(t), 0) : np.dot(below[t], weight('input'));
        const z = input.add(weight('bias')).add(np.dot(h, weight('recurrent')));
        const [i, f, g, o] = np.split(z, 4, 1);
        c = nn
          .sigmoid(f)
          .mul(c)
          .add(nn.sigmoid(i).mul(np.tanh(g)));
        h = nn.sigmoid(o).mul(np.tanh(c.ref));
        states.push(h.ref);
      }
      h.dispose();
      c.dispose();
      below = states;
    }
    const logits = np.dot(np.concatenate(below, 0), p['output.weight'].ref).add(p['output.bias'].ref);
    const total = nn.logSoftmax(logits, 1).mul(targets).sum();
    inputs.dispose();
    for (const array of Object.values(p)) array.dispose();
    return total.mul(-1 / (T * B));
  };

export const openJax = async (device: string, shape: Shape): Promise<Runner> => {
  if (device !== 'wasm' && device !== 'webgpu') throw new Error(`@jax-js/jax has no device ${device}`);
  const there = await jax.init(device);
  if (!there.includes(device)) throw new Error(`@jax-js/jax finds no ${device} here`);
  jax.defaultDevice(device);
  const { T, B, V } = shape;
  const { learningRate } = settingsOf(shape);

  let p: Arrays = Object.fromEntries(
    [...weightsOf(shape)].map(([name, { values, shape: size }]) => [name, np.array(values).reshape([...size])]),
  );
  const zeros = (): Arrays => map((a) => np.zeros(a.shape), p);
  let m = zeros();
  let v = zeros();

  const gradientOf = jax.valueAndGrad(lossOf(shape));
  const update = jax.jit(
    (p: Arrays, m: Arrays, v: Arrays, c1: jax.Array, c2: jax.Array, x: jax.Array, y: jax.Array) => {
      const [value, gradient] = gradientOf(tree.ref(p), x, y);
      const first = map((a, g) => a.mul(BETA1).add(g.ref.mul(1 - BETA1)), m, gradient);
      const second = map((a, g) => a.mul(BETA2).add(g.ref.mul(g).mul(1 - BETA2)), v, gradient);
      const moved = map(
        (a, m, v) =>
          a.sub(
            m.ref
              .mul(c1.ref)
              .mul(learningRate)
              .div(np.sqrt(v.ref.mul(c2.ref)).add(EPSILON)),
          ),
        p,
        first,
        second,
      );
      c1.dispose();
      c2.dispose();
      return { value, p: moved, m: first, v: second };
    },
  );

  const { inputs, targets } = batchOf(shape);
  const ids = timeFirst(inputs, shape);
  const oneHot = oneHotOf(timeFirst(targets, shape), V);
  let step = 0;
  const once = async (): Promise<number> => {
    step += 1;
    const result = update(
      p,
      m,
      v,
      np.array(1 / (1 - BETA1 ** step)),
      np.array(1 / (1 - BETA2 ** step)),
      np.array(ids).reshape([T, B]),
      np.array(oneHot).reshape([T * B, V]),
    );
    ({ p, m, v } = result);
    const [value] = (await result.value.data()) as Float32Array;
    await jax.blockUntilReady(p);
    return value;
  };
  return {
    device: '',
    flops: flopsOf(shape),
    steps: async (count) => {
      const losses: number[] = [];
      for (let k = 0; k < count; k++) losses.push(await once());
      return losses;
    },
  };
};
