/** WGSL programs as values: what they bind, what they are told, and their text; and small pieces that texts are made of. */

export type Scalar = 'u32' | 'f32';

/** A compute program with one entry point `main`. */
export interface Program<B extends string = string, P extends string = string> {
  /** Names the program and every constant baked into its text. */
  readonly key: string;
  /** Storage arrays by name, in order of binding: element type and whether the program writes them. */
  readonly buffers: Readonly<Record<B, 'f32' | 'u32' | 'f32 written'>>;
  /** Fields of the uniform `p`, by name. */
  readonly parameters: Readonly<Record<P, Scalar>>;
  /** Declarations and `main`, without the bindings. */
  readonly code: string;
  readonly subgroups?: boolean;
}

/** The whole text of a program. */
export const textOf = ({ buffers, parameters, code, subgroups = false }: Program): string => {
  const fields = Object.entries(parameters).map(([name, type]) => `  ${name}: ${type},`);
  const arrays = Object.entries(buffers).map(([name, kind], index) => {
    const [type, written] = kind.split(' ');
    return `@group(0) @binding(${index + 1}) var<storage, ${written ? 'read_write' : 'read'}> ${name}: array<${type}>;`;
  });
  return [
    ...(subgroups ? ['enable subgroups;'] : []),
    `struct Parameters {\n${fields.join('\n')}\n}`,
    '@group(0) @binding(0) var<uniform> p: Parameters;',
    ...arrays,
    code,
  ].join('\n');
};

/** `make(0)`, `make(1)`, … each on a line of its own. */
export const repeat = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join('\n');

export const ceilTo = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple;

/**
 * The logistic function and tanh by an exponential that cannot overflow: some drivers make NaN of tanh beyond 44.
 * Absolute errors are a few 1e-7.
 */
export const ACTIVATIONS = `
fn sigmoid(x: f32) -> f32 {
  return 1.0 / (1.0 + exp(-clamp(x, -80.0, 80.0)));
}
fn hyperbolic(x: f32) -> f32 {
  let e = exp(-2.0 * min(abs(x), 40.0));
  let y = (1.0 - e) / (1.0 + e);
  return select(y, -y, x < 0.0);
}`;

/** By the bits of the exponent: a compiler may take for granted that no number is NaN. */
export const FINITE = `
fn finite(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u;
}`;

/** The bits of a NaN, handed in as a parameter because a constant NaN is an error in WGSL. */
export const NAN_BITS = 0x7fc00000;
