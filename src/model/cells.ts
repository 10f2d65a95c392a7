/**
 * The recurrent cells: what each has, and what each of its letters stands for. The one place where the order of gates is
 * written.
 */

export const CELL_NAMES = ['lstm', 'gru', 'rnn'] as const;
export type CellName = (typeof CELL_NAMES)[number];

/** What something in a cell does, whatever its letter there. */
export type Role = 'keep' | 'write' | 'propose' | 'let' | 'cell' | 'hidden';

export interface Band {
  readonly role: Role;
  /** Where its values lie: from 0 to 1, from −1 to 1, or anywhere. */
  readonly range: 'share' | 'signed' | 'unbounded';
}

/**
 * What a view can show of a cell, one letter each.
 * LSTM: i input gate, f forget gate, g candidate, o output gate, c cell state, h hidden state.
 * GRU: r reset gate, z update gate (1 − z is what writes), n candidate, h hidden state.
 * tanh RNN: a pre-activation, h hidden state.
 */
export const BANDS = {
  i: { role: 'write', range: 'share' },
  f: { role: 'keep', range: 'share' },
  g: { role: 'propose', range: 'signed' },
  o: { role: 'let', range: 'share' },
  r: { role: 'let', range: 'share' },
  z: { role: 'keep', range: 'share' },
  n: { role: 'propose', range: 'signed' },
  a: { role: 'propose', range: 'unbounded' },
  c: { role: 'cell', range: 'unbounded' },
  h: { role: 'hidden', range: 'signed' },
} as const satisfies Record<string, Band>;

export type BandName = keyof typeof BANDS;
export const BAND_NAMES = Object.keys(BANDS) as readonly BandName[];

/** A number in a cell's equation. */
export interface Term {
  /** What stands before it. */
  readonly before: string;
  readonly band: BandName;
  /** What is taken of the band: its value, that of the step before, 1 − its value, or its tanh. */
  readonly of: 'value' | 'previous' | 'complement' | 'squashed';
}

export interface Cell {
  readonly name: CellName;
  /** Blocks of H columns in the input, recurrent and bias matrices, in order (PyTorch's). G is their number. */
  readonly gates: readonly BandName[];
  /** Whether the cell carries a cell state c beside its hidden state h. */
  readonly hasCellState: boolean;
  /** Whether a gate multiplies the candidate's recurrent product, which is then kept apart for the way back (GRU: r). */
  readonly resetsProduct: boolean;
  /**
   * What the scan takes of each unit beside the recurrent matrix, as rows of H that lie one after the other among the
   * parameters: of a GRU the candidate's bias beside the recurrent product (PyTorch's b_hn).
   */
  readonly unitVectors: readonly 'candidateBias'[];
  /** What the score shows, top to bottom. */
  readonly bands: readonly BandName[];
  /** The state that is carried most directly from step to step. */
  readonly carried: 'c' | 'h';
  /** The gate that says how much of `carried` is kept; null where there is none. */
  readonly keeps: BandName | null;
  /** What a step computes of the values above, one equation after the other. */
  readonly equations: readonly (readonly Term[])[];
}

const term = (before: string, band: BandName, of: Term['of'] = 'value'): Term => ({ before, band, of });

/**
 * Hochreiter and Schmidhuber 1997 with the forget gate of Gers et al. 2000: c = f ⊙ c′ + i ⊙ g, h = o ⊙ tanh c.
 * Cho et al. 2014 in PyTorch's form: h = z ⊙ h′ + (1 − z) ⊙ n. Elman 1990: h = tanh a. A prime marks the step before.
 */
export const CELLS: Readonly<Record<CellName, Cell>> = {
  lstm: {
    name: 'lstm',
    gates: ['i', 'f', 'g', 'o'],
    hasCellState: true,
    resetsProduct: false,
    unitVectors: [],
    bands: ['i', 'f', 'g', 'o', 'c', 'h'],
    carried: 'c',
    keeps: 'f',
    equations: [
      [term('', 'f'), term('×', 'c', 'previous'), term('+', 'i'), term('×', 'g'), term('=', 'c')],
      [term('', 'o'), term('×', 'c', 'squashed'), term('=', 'h')],
    ],
  },
  gru: {
    name: 'gru',
    gates: ['r', 'z', 'n'],
    hasCellState: false,
    resetsProduct: true,
    unitVectors: ['candidateBias'],
    bands: ['r', 'z', 'n', 'h'],
    carried: 'h',
    keeps: 'z',
    equations: [
      [term('', 'z'), term('×', 'h', 'previous'), term('+', 'z', 'complement'), term('×', 'n'), term('=', 'h')],
      [term('', 'r')],
    ],
  },
  rnn: {
    name: 'rnn',
    gates: ['a'],
    hasCellState: false,
    resetsProduct: false,
    unitVectors: [],
    bands: ['a', 'h'],
    carried: 'h',
    keeps: null,
    equations: [[term('tanh', 'a'), term('=', 'h')]],
  },
};
