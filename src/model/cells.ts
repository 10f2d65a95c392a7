/** The recurrent cells and their letters; the one place where the order of gates is written. */

export const CELL_NAMES = ['lstm', 'gru', 'rnn'] as const;
export type CellName = (typeof CELL_NAMES)[number];

/**
 * What a view can show of a cell, one letter each:
 * LSTM: i input gate, f forget gate, g candidate, o output gate, c cell state, h hidden state.
 * GRU: r reset gate, z update gate, n candidate, h hidden state.
 * tanh RNN: a pre-activation, h hidden state.
 */
export type BandName = 'i' | 'f' | 'g' | 'o' | 'r' | 'z' | 'n' | 'a' | 'c' | 'h';

export interface Cell {
  readonly name: CellName;
  /** Blocks of H columns in the input, recurrent and bias matrices, in order (PyTorch's). G is their number. */
  readonly gates: readonly BandName[];
  /** Whether the cell carries a cell state c beside its hidden state h. */
  readonly hasCellState: boolean;
  /** Whether a second candidate bias stands beside the recurrent product (GRU, PyTorch's b_hn). */
  readonly hasRecurrentBias: boolean;
  /** What the score shows, top to bottom. */
  readonly bands: readonly BandName[];
}

/** Hochreiter and Schmidhuber 1997 with the forget gate of Gers et al. 2000; Cho et al. 2014; Elman 1990. */
export const CELLS: Readonly<Record<CellName, Cell>> = {
  lstm: {
    name: 'lstm',
    gates: ['i', 'f', 'g', 'o'],
    hasCellState: true,
    hasRecurrentBias: false,
    bands: ['i', 'f', 'g', 'o', 'c', 'h'],
  },
  gru: {
    name: 'gru',
    gates: ['r', 'z', 'n'],
    hasCellState: false,
    hasRecurrentBias: true,
    bands: ['r', 'z', 'n', 'h'],
  },
  rnn: {
    name: 'rnn',
    gates: ['a'],
    hasCellState: false,
    hasRecurrentBias: false,
    bands: ['a', 'h'],
  },
};

/** Bands whose values lie in 0 to 1; the others are signed (c and a without bound). */
export const UNIT_INTERVAL_BANDS: ReadonlySet<BandName> = new Set(['i', 'f', 'o', 'r', 'z']);
