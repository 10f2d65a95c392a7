/** Turns and quartiles of the benchmark. */
import { describe, expect, it } from 'vitest';
import { paceOf, quartilesOf, turnsOf } from '../../bench/compare/rounds';

describe('turns', () => {
  it('go there and back, so that a drift of the machine meets everyone alike', () => {
    const turns = turnsOf(
      new Map([
        ['a', 3],
        ['b', 3],
        ['c', 3],
      ]),
    );
    expect(turns.join('')).toBe('abccbaabc');
  });

  it('leave out who has had all of its rounds', () => {
    const turns = turnsOf(
      new Map([
        ['a', 3],
        ['slow', 1],
        ['b', 2],
      ]),
    );
    expect(turns).toEqual(['a', 'slow', 'b', 'b', 'a', 'a']);
  });

  it('are none where nobody is there', () => {
    expect(turnsOf(new Map())).toEqual([]);
  });
});

describe('a pace', () => {
  it('makes a turn of quick steps long enough for the clock, and one of slow steps a single step', () => {
    expect(paceOf(10, 7)).toEqual({ steps: 40, rounds: 7 });
    expect(paceOf(0.01, 7).steps).toBe(200);
    expect(paceOf(900, 7)).toEqual({ steps: 1, rounds: 7 });
  });

  it('gives slow contestants fewer rounds, never more than were wanted', () => {
    expect(paceOf(4_000, 7).rounds).toBe(3);
    expect(paceOf(4_000, 2).rounds).toBe(2);
    expect(paceOf(20_000, 7).rounds).toBe(1);
  });
});

describe('quartiles', () => {
  it('are those of the numbers, whatever their order', () => {
    expect(quartilesOf([5, 1, 3, 2, 4])).toEqual({ median: 3, q1: 2, q3: 4 });
    expect(quartilesOf([4, 1, 2, 3])).toEqual({ median: 2.5, q1: 1.75, q3: 3.25 });
    expect(quartilesOf([7])).toEqual({ median: 7, q1: 7, q3: 7 });
  });

  it('of nothing are an error', () => {
    expect(() => quartilesOf([])).toThrow('No turn');
  });
});
