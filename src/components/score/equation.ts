/**
 * What a cell computes, spelt out with the numbers of one unit at one character.
 * LSTM: c = f ⊙ c' + i ⊙ g, h = o ⊙ tanh c (Hochreiter and Schmidhuber 1997; Gers et al. 2000).
 * GRU: h = z ⊙ h' + (1 − z) ⊙ n, PyTorch's form of Cho et al. 2014. tanh RNN: h = tanh a.
 * A prime marks the step before, which for the first character is the zero state.
 */
import type { BandName, CellName } from '../../model/cells';
import type { ProbeFrame } from '../../model/telemetry';
import { valueAt } from './frame';

export interface Term {
  /** What stands before the band's letter. */
  readonly before: string;
  readonly band: BandName;
  /** What stands between the letter and the number. */
  readonly of: '' | 'previous' | 'complement';
}

const term = (before: string, band: BandName, of: Term['of'] = ''): Term => ({ before, band, of });

export const EQUATIONS: Readonly<Record<CellName, readonly Term[]>> = {
  lstm: [
    term('', 'f'),
    term('×', 'c', 'previous'),
    term('+', 'i'),
    term('×', 'g'),
    term('=', 'c'),
    term('', 'o'),
    term('× tanh c =', 'h'),
  ],
  gru: [
    term('', 'z'),
    term('×', 'h', 'previous'),
    term('+', 'z', 'complement'),
    term('×', 'n'),
    term('=', 'h'),
    term('', 'r'),
  ],
  rnn: [term('tanh', 'a'), term('=', 'h')],
};

/** The number of each term for `unit` after character `t`. */
export const equationValues = (frame: ProbeFrame, cell: CellName, t: number, unit: number): number[] =>
  EQUATIONS[cell].map(({ band, of }) => {
    if (of === 'previous') return t === 0 ? 0 : valueAt(frame, band, t - 1, unit);
    const value = valueAt(frame, band, t, unit);
    return of === 'complement' ? 1 - value : value;
  });
