/** What is measured: sizes of networks, and the arithmetic that a training step of one cannot do without. */

/** H units, L layers, T characters, B streams, V symbols. */
export interface Shape {
  readonly H: number;
  readonly L: number;
  readonly T: number;
  readonly B: number;
  readonly V: number;
}

export const SHAPES = {
  S: { H: 64, L: 1, T: 64, B: 32, V: 65 },
  M: { H: 128, L: 1, T: 64, B: 32, V: 65 },
  C: { H: 128, L: 2, T: 50, B: 50, V: 65 },
  L: { H: 256, L: 2, T: 64, B: 64, V: 65 },
} as const satisfies Record<string, Shape>;

export type ShapeName = keyof typeof SHAPES;

export const SHAPE_NAMES = Object.keys(SHAPES) as ShapeName[];

const GATES = 4;

/**
 * Floating-point operations of the matrix products of one training step, a multiplication and an addition counting as
 * two. The gradient of a product takes two more of its size. The one-hot input is a row look-up: no product.
 */
export const flopsOf = ({ H, L, T, B, V }: Shape): number => {
  const layers = L * H * GATES * H + (L - 1) * H * GATES * H;
  return 3 * 2 * T * B * (layers + H * V);
};

export const charactersOf = ({ T, B }: Shape): number => T * B;
