/** The names of what a cell has, in English: whole, and where there is little room. */
import type { BandName } from '../../model/cells';

export const bands: Record<BandName, string> = {
  i: 'input gate',
  f: 'forget gate',
  g: 'candidate',
  o: 'output gate',
  r: 'reset gate',
  z: 'update gate',
  n: 'candidate',
  a: 'pre-activation',
  c: 'cell state',
  h: 'hidden state',
};

export const shortBands: Record<BandName, string> = {
  i: 'input',
  f: 'forget',
  g: 'candidate',
  o: 'output',
  r: 'reset',
  z: 'update',
  n: 'candidate',
  a: 'pre-activation',
  c: 'cell',
  h: 'hidden',
};
