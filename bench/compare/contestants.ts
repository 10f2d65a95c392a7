/** Who is measured against whom. */

/** What a contestant computes on, and so which limit it is held against. */
export type Medium = 'wasm' | 'webgpu' | 'webgl' | 'native';

export interface Contestant {
  readonly id: string;
  readonly engine: string;
  /** Null for ours. */
  readonly peer: string | null;
  readonly medium: Medium;
  readonly threads: number;
}

const of = (id: string, peer: string | null, engine: string, medium: Medium, threads = 1): Contestant => ({
  id,
  engine,
  peer,
  medium,
  threads,
});

const LAYERS = 'tf.layers LSTM';
const JAX = '@jax-js/jax';

/** What runs in the page. */
export const IN_PAGE = [
  of('simd', null, 'simd', 'wasm'),
  of('simd-2', null, 'simd', 'wasm', 2),
  of('webgpu', null, 'webgpu', 'webgpu'),
  of('tfjs', null, 'tfjs', 'webgpu'),
  of('webgl', null, 'webgl', 'webgl'),
  of('cpu', null, 'cpu', 'wasm'),
  of('layers-wasm', LAYERS, 'wasm', 'wasm'),
  of('layers-webgl', LAYERS, 'webgl', 'webgl'),
  of('layers-webgpu', LAYERS, 'webgpu', 'webgpu'),
  of('jax-wasm', JAX, 'wasm', 'wasm'),
  of('jax-webgpu', JAX, 'webgpu', 'webgpu'),
] as const;

/** What runs beside the browser, where it is installed. */
export const NATIVE = [
  of('pytorch', 'PyTorch', 'native', 'native'),
  of('pytorch-2', 'PyTorch', 'native', 'native', 2),
] as const;

export const CONTESTANTS: readonly Contestant[] = [...IN_PAGE, ...NATIVE];

/** Plain matrix products: what each medium can do at most. */
export const LIMITS: readonly Pick<Contestant, 'id' | 'medium' | 'threads'>[] = [
  { id: 'limit-wasm', medium: 'wasm', threads: 1 },
  { id: 'limit-webgpu', medium: 'webgpu', threads: 1 },
  { id: 'limit-webgl', medium: 'webgl', threads: 1 },
  { id: 'limit-native', medium: 'native', threads: 1 },
  { id: 'limit-native-2', medium: 'native', threads: 2 },
];

/** The limit that a contestant is held against, and how many of it: threads of the page each have their own. */
export const limitOf = ({ medium, threads }: Contestant): { readonly id: string; readonly times: number } =>
  medium === 'native'
    ? { id: threads === 1 ? 'limit-native' : `limit-native-${String(threads)}`, times: 1 }
    : { id: `limit-${medium}`, times: threads };

export const labelOf = ({ engine, peer, threads }: Contestant): string => {
  const on = peer === null ? engine : peer === 'PyTorch' ? peer : `${peer}, ${engine}`;
  return threads > 1 ? `${on}, ${String(threads)} threads` : on;
};
