/** What the readout says of the gates: their letters with their values, and how much is left of what was held. */
import { describe, expect, it } from 'vitest';
import { CELLS, type BandName } from '../../src/model/cells';
import { en } from '../../src/components/messages/stage';
import { gatesText } from '../../src/components/score/gatesText';
import { makeFrame } from './frames';

const characters = ['a', '-', '*', 'b'];

/** Of a unit whose gates have these values at every character, but for the one that keeps at the last. */
const textOf = (cell: 'lstm' | 'gru' | 'rnn', values: Partial<Record<BandName, number>>, kept: number): string => {
  const { keeps } = CELLS[cell];
  const frame = makeFrame(cell, 4, 2, (band, t) => (band === keeps ? (t === 3 ? kept : 1) : (values[band] ?? 0)));
  return gatesText(en.score, frame, CELLS[cell], { cursor: 3, unit: 1, characters });
};

describe('what the gates do at a character', () => {
  it('names each gate of an LSTM with its value', () => {
    const text = textOf('lstm', { i: 0.25, o: 0.75 }, 0.03);
    expect(text).toMatch(/f keeps 3 %.*i writes 25 %.*o lets 75 %/);
  });

  it('names both gates of a GRU, of which one does two things', () => {
    const text = textOf('gru', { r: 0.6 }, 0.3);
    expect(text).toMatch(/z keeps 30 %.*1 − z writes 70 %.*60 % .* r/);
  });

  it('says nothing of a cell without gates', () => {
    expect(textOf('rnn', { a: 0.5 }, 0)).toBe('');
  });

  it.each([
    [0.0049, en.score.forgetsAll],
    [0.0051, en.score.forgetsAlmostAll],
    [0.0999, en.score.forgetsAlmostAll],
    [0.1001, en.score.forgetsHere],
    [0.4999, en.score.forgetsHere],
    [0.5001, en.score.holdsFromStart],
  ])('of an f of %d it says how much is left', (kept, said) => {
    expect(textOf('lstm', {}, kept).endsWith(said)).toBe(true);
  });

  it('says nothing is left only where it also writes 0 %', () => {
    for (let f = 0; f < 0.6; f += 0.0007) {
      const text = textOf('lstm', {}, f);
      expect(text.includes('keeps 0 %')).toBe(text.endsWith(en.score.forgetsAll));
    }
  });

  it('names the character of which at least half is left', () => {
    const frame = makeFrame('lstm', 4, 1, (band, t) => (band === 'f' ? [0.9, 0.2, 0.9, 0.8][t] : 0));
    const text = gatesText(en.score, frame, CELLS.lstm, { cursor: 3, unit: 0, characters });
    expect(text.endsWith(en.score.holds(2, '-'))).toBe(true);
  });
});
