/** When the rows of the score take a new order. */
import { describe, expect, it } from 'vitest';
import { isOld, type Taken } from '../../src/components/score/rowOrder';

const taken = (change: Partial<Taken> = {}): Taken => ({
  asked: ['run', 0, 'rank'],
  numbers: 'first',
  step: 100,
  ...change,
});

describe('an order of rows', () => {
  it('stays while it trains, until the steps have grown by a quarter, whatever numbers come', () => {
    expect(isOld(taken(), taken({ numbers: 'next', step: 110 }), true)).toBe(false);
    expect(isOld(taken(), taken({ numbers: 'next', step: 126 }), true)).toBe(true);
  });
  it('is that of the newest numbers at rest, of the same step too: rankings come after the pause', () => {
    expect(isOld(taken(), taken(), false)).toBe(false);
    expect(isOld(taken(), taken({ numbers: 'next' }), false)).toBe(true);
  });
  it('is another one at once where another is asked for, or another network is looked at', () => {
    expect(isOld(taken(), taken({ asked: ['run', 0, 'halfLife'] }), true)).toBe(true);
    expect(isOld(taken(), taken({ asked: ['other', 0, 'rank'] }), true)).toBe(true);
  });
});
