/** The trained numbers of a network: their names, shapes and places in one flat buffer, and their first values. */
import { CELLS } from './cells';
import type { Cell } from './cells';
import { gateRulesOf, obey } from './gateRules';
import type { GateRule, GateSettings } from './gateRules';
import { sizeOf, subview, viewOf } from './kernels/kernels';
import type { DeviceBuffer, View } from './kernels/kernels';
import { deriveKey, PURPOSE, uniform } from './random';
import type { Settings } from './settings';

/** What decides the shapes of a network's parameters. */
export interface Architecture {
  readonly cell: Cell;
  /** L, number of recurrent layers. */
  readonly layers: number;
  /** H, units of each layer. */
  readonly units: number;
  /** V, symbols of the vocabulary. */
  readonly symbols: number;
  /** E, size of the learned embedding; null where the input is one-hot. */
  readonly embedding: number | null;
  /** What of the gates is not learned. */
  readonly rules: readonly GateRule[];
}

export const architectureOf = (
  settings: Pick<Settings, 'cell' | 'layers' | 'units' | 'input' | 'embeddingSize'> & GateSettings,
  symbols: number,
): Architecture => ({
  cell: CELLS[settings.cell],
  layers: settings.layers,
  units: settings.units,
  symbols,
  embedding: settings.input === 'embedding' ? settings.embeddingSize : null,
  rules: gateRulesOf(CELLS[settings.cell], settings),
});

/** One parameter tensor inside the flat buffer. */
export interface Tensor {
  readonly name: string;
  /** Elements before it. */
  readonly offset: number;
  readonly shape: readonly number[];
}

/**
 * Every tensor in the order of the flat buffer:
 * embedding [V, E]; for each layer l input [V or E or H, G·H], recurrent [H, G·H], bias [G·H] and, for a GRU,
 * candidateBias [H]; output.weight [H, V], output.bias [V]. Matrices multiply rows from the right: y = x W + b.
 */
export const tensorsOf = ({ cell, layers, units: H, symbols: V, embedding: E }: Architecture): readonly Tensor[] => {
  const tensors: Tensor[] = [];
  let offset = 0;
  const add = (name: string, ...shape: readonly number[]) => {
    tensors.push({ name, offset, shape });
    offset += sizeOf(shape);
  };
  const width = cell.gates.length * H;
  if (E !== null) add('embedding', V, E);
  for (let l = 0; l < layers; l++) {
    add(`layers.${String(l)}.input`, l > 0 ? H : (E ?? V), width);
    add(`layers.${String(l)}.recurrent`, H, width);
    add(`layers.${String(l)}.bias`, width);
    for (const name of cell.unitVectors) add(`layers.${String(l)}.${name}`, H);
  }
  add('output.weight', H, V);
  add('output.bias', V);
  return tensors;
};

/** Number of trained numbers. */
export const parameterCount = (architecture: Architecture): number =>
  tensorsOf(architecture).reduce((sum, { shape }) => sum + sizeOf(shape), 0);

/** Each layer's input matrix, recurrent matrix and bias, one below the other: where they begin, and [I + H + 1, G·H]. */
const gatesOf = (architecture: Architecture): readonly Pick<Tensor, 'offset' | 'shape'>[] =>
  tensorsOf(architecture)
    .filter(({ name }) => name.endsWith('.input'))
    .map(({ offset, shape: [I, width] }) => ({ offset, shape: [I + architecture.units + 1, width] }));

/** How many of the parameters no rule decides: of a gate with a rule all columns are decided. */
export const freeParameters = (architecture: Architecture): number => {
  const rows = gatesOf(architecture).reduce((sum, { shape }) => sum + shape[0], 0);
  return parameterCount(architecture) - rows * architecture.units * architecture.rules.length;
};

export interface LayerParameters {
  readonly input: View;
  readonly recurrent: View;
  readonly bias: View;
  readonly candidateBias: View | null;
  /** [I + H + 1, G·H]: the first three, one below the other, so that all that a gate has are its columns. */
  readonly gates: View;
  /** [P, H]: all vectors of the cell's `unitVectors`, among them the one above; null where it has none. */
  readonly unitVectors: View | null;
}

/** The flat buffer of parameters, or of their gradient, taken apart. */
export interface ParameterViews {
  readonly all: View;
  readonly embedding: View | null;
  readonly layers: readonly LayerParameters[];
  readonly outputWeight: View;
  readonly outputBias: View;
}

export const parameterViews = (architecture: Architecture, buffer: DeviceBuffer): ParameterViews => {
  const all = viewOf(buffer, [parameterCount(architecture)]);
  const views = new Map(
    tensorsOf(architecture).map(({ name, offset, shape }) => [name, subview(all, offset, shape)] as const),
  );
  const take = (name: string): View => {
    const view = views.get(name);
    if (!view) throw new Error(`No parameter ${name}`);
    return view;
  };
  const gates = gatesOf(architecture);
  const { unitVectors } = architecture.cell;
  const packedUnitVectors = (layer: number): View | null => {
    if (unitVectors.length === 0) return null;
    const first = take(`layers.${String(layer)}.${unitVectors[0]}`);
    return { ...first, shape: [unitVectors.length, architecture.units] };
  };
  return {
    all,
    embedding: views.get('embedding') ?? null,
    layers: Array.from({ length: architecture.layers }, (_, l) => ({
      input: take(`layers.${String(l)}.input`),
      recurrent: take(`layers.${String(l)}.recurrent`),
      bias: take(`layers.${String(l)}.bias`),
      candidateBias: views.get(`layers.${String(l)}.candidateBias`) ?? null,
      gates: subview(all, gates[l].offset, gates[l].shape),
      unitVectors: packedUnitVectors(l),
    })),
    outputWeight: take('output.weight'),
    outputBias: take('output.bias'),
  };
};

/** Sum of this many uniform numbers: nearly normal, from exact arithmetic alone. */
const SUMMED = 4;

/**
 * An H × H matrix with orthonormal rows, spread over all directions: Gram-Schmidt on rows of nearly normal numbers
 * (Saxe et al. 2014 take the Q of a normal matrix).
 */
const orthogonal = (H: number, key: number): Float64Array => {
  const Q = new Float64Array(H * H);
  for (let k = 0; k < Q.length; k++) {
    for (let s = 0; s < SUMMED; s++) Q[k] += uniform(key, k * SUMMED + s) - 0.5;
  }
  for (let i = 0; i < H; i++) {
    const row = Q.subarray(i * H, (i + 1) * H);
    for (let j = 0; j < i; j++) {
      const other = Q.subarray(j * H, (j + 1) * H);
      let product = 0;
      for (let k = 0; k < H; k++) product += row[k] * other[k];
      for (let k = 0; k < H; k++) row[k] -= product * other[k];
    }
    let square = 0;
    for (const value of row) square += value * value;
    const scale = 1 / Math.sqrt(square);
    for (let k = 0; k < H; k++) row[k] *= scale;
  }
  return Q;
};

/** Makes parameters obey the rules of their gates; random gates are those of the seed. */
export const obeyRules = (architecture: Architecture, values: Float64Array, seed: number): void => {
  gatesOf(architecture).forEach(({ offset, shape }, layer) => {
    obey(
      architecture,
      values.subarray(offset, offset + sizeOf(shape)),
      shape[1],
      deriveKey(seed, PURPOSE.gates, layer),
    );
  });
};

/**
 * First values of every parameter, the same on every machine: weights uniform in ±1/sqrt(H), each gate's recurrent
 * block orthogonal where asked for, biases 0 but for an LSTM's forget gate; gates that are not learned as their rules say.
 */
export const initialParameters = (
  architecture: Architecture,
  settings: Pick<Settings, 'seed' | 'forgetBias' | 'recurrentInit'>,
): Float64Array => {
  const { cell, units: H } = architecture;
  const values = new Float64Array(parameterCount(architecture));
  const bound = 1 / Math.sqrt(H);
  tensorsOf(architecture).forEach(({ name, offset, shape }, index) => {
    const key = deriveKey(settings.seed, PURPOSE.initialisation, index);
    if (shape.length === 1) {
      const forget = cell.gates.indexOf('f');
      if (name.endsWith('.bias') && name.startsWith('layers.') && forget >= 0) {
        values.fill(settings.forgetBias, offset + forget * H, offset + (forget + 1) * H);
      }
    } else if (name.endsWith('.recurrent') && settings.recurrentInit === 'orthogonal') {
      const width = shape[1];
      cell.gates.forEach((_, gate) => {
        const block = orthogonal(H, deriveKey(key, gate));
        for (let i = 0; i < H; i++) values.set(block.subarray(i * H, (i + 1) * H), offset + i * width + gate * H);
      });
    } else {
      for (let k = 0; k < sizeOf(shape); k++) values[offset + k] = (2 * uniform(key, k) - 1) * bound;
    }
  });
  obeyRules(architecture, values, settings.seed);
  return values;
};
