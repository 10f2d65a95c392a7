/** Streams and windows: the invariants that truncated back-propagation through time stands on. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  EVALUATION,
  fillBatch,
  fitBatch,
  hasWindow,
  measuredStretches,
  planEvaluation,
  shardsOf,
  streamsOf,
  windowsOf,
} from '../../src/model/batches';
import { SETTINGS } from '../../src/model/settings';

const wish = {
  batch: fc.integer({ min: SETTINGS.batch.min, max: SETTINGS.batch.max }),
  length: fc.integer({ min: SETTINGS.length.min, max: SETTINGS.length.max }),
};

describe('fitBatch', () => {
  it('leaves a long text the wanted sizes', () => {
    expect(fitBatch(1_000_000, 128, 256)).toEqual({ batch: 128, length: 256 });
  });

  it('lowers the batch first, and the length only when the batch is 1', () => {
    expect(fitBatch(500, 16, 48)).toEqual({ batch: 2, length: 48 });
    expect(fitBatch(90, 16, 48)).toEqual({ batch: 1, length: 22 });
  });

  it('never raises anything, and leaves each stream four windows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 50, max: 100_000 }), wish.batch, wish.length, (symbols, batch, length) => {
        const fitted = fitBatch(symbols, batch, length);
        expect(fitted.batch).toBeLessThanOrEqual(batch);
        expect(fitted.length).toBeLessThanOrEqual(length);
        expect(fitted.length === length || fitted.batch === 1).toBe(true);
        expect(windowsOf(streamsOf(0, symbols, fitted.batch, fitted.length))).toBeGreaterThanOrEqual(4);
      }),
    );
  });

  it('refuses what has no next symbol', () => {
    expect(() => fitBatch(1, 1, 8)).toThrow(RangeError);
  });
});

describe('windows', () => {
  it('read every stream in order without a gap, targets one ahead, and stay inside', () => {
    fc.assert(
      fc.property(
        fc.nat(100),
        fc.integer({ min: 60, max: 3000 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 20 }),
        (from, symbols, wantedBatch, wantedLength) => {
          const { batch: B, length: T } = fitBatch(symbols, wantedBatch, wantedLength);
          const streams = streamsOf(from, symbols, B, T);
          // Each symbol's id is its place, so that what was read says where from.
          const ids = Uint32Array.from({ length: from + symbols }, (_, k) => k);
          const inputs = new Int32Array(T * B);
          const targets = new Int32Array(T * B);
          let position = 0;
          let count = 0;
          for (; hasWindow(streams, position); position += T, count++) {
            fillBatch(streams, ids, position, inputs, targets);
            for (let t = 0; t < T; t++) {
              for (let b = 0; b < B; b++) {
                const place = from + b * streams.streamLength + position + t;
                if (inputs[t * B + b] !== place || targets[t * B + b] !== place + 1) return false;
                if (place + 1 >= from + (b + 1) * streams.streamLength) return false;
              }
            }
          }
          return count === windowsOf(streams);
        },
      ),
    );
  });
});

describe('measuredStretches', () => {
  it('are what an evaluation predicts, each with what the network has read before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 30_000 }), (heldOut) => {
        const from = 1000;
        const plan = planEvaluation(from, heldOut);
        if (!plan) throw new Error('There is something to measure');
        const { streams, windows } = plan;
        const { length: T, batch: B } = streams;
        // Symbols that are their own places.
        const ids = Uint32Array.from({ length: from + heldOut }, (_, k) => k);
        const inputs = new Int32Array(T * B);
        const targets = new Int32Array(T * B);
        const read = Array.from({ length: B }, (): number[] => []);
        const predicted = Array.from({ length: B }, (): number[] => []);
        for (let w = 0; w < windows; w++) {
          fillBatch(streams, ids, w * T, inputs, targets);
          inputs.forEach((place, k) => read[k % B].push(place));
          targets.forEach((place, k) => predicted[k % B].push(place));
        }
        const stretches = measuredStretches(from, heldOut);
        expect(stretches).toHaveLength(B);
        stretches.forEach(({ known, start, end }, b) => {
          expect([known, start, end - start]).toEqual([read[b][0], predicted[b][0], predicted[b].length]);
          expect(predicted[b].at(-1)).toBe(end - 1);
          expect(end).toBeLessThanOrEqual(from + heldOut);
        });
      }),
      { numRuns: 30 },
    );
  });

  it('are none where nothing is measured', () => {
    expect(measuredStretches(90, 1)).toEqual([]);
  });
});

describe('shardsOf', () => {
  it('cuts a batch into whole blocks of four rows, as evenly as they allow, nothing left out', () => {
    fc.assert(
      fc.property(wish.batch, fc.integer({ min: 1, max: 8 }), (batch, wanted) => {
        const parts = shardsOf(batch, wanted);
        expect(parts).toHaveLength(Math.max(1, Math.min(wanted, Math.floor(batch / 4))));
        expect(parts.reduce((next, { from, rows }) => (from === next ? next + rows : NaN), 0)).toBe(batch);
        const rows = parts.map((part) => part.rows);
        expect(rows.slice(0, -1).every((count) => count % 4 === 0)).toBe(true);
        if (parts.length > 1) {
          expect(Math.min(...rows)).toBeGreaterThanOrEqual(4);
          expect(Math.max(...rows) - Math.min(...rows)).toBeLessThan(8);
        }
      }),
    );
  });

  it('makes eight parts of 32 rows, two of eight', () => {
    expect(shardsOf(32, 8).map(({ rows }) => rows)).toEqual([4, 4, 4, 4, 4, 4, 4, 4]);
    expect(shardsOf(8, 8).map(({ rows }) => rows)).toEqual([4, 4]);
    expect(shardsOf(3, 8)).toEqual([{ from: 0, rows: 3 }]);
  });
});

describe('planEvaluation', () => {
  it('has nothing to measure below two symbols', () => {
    expect(planEvaluation(90, 1)).toBeNull();
    expect(planEvaluation(90, 2)).toEqual({ streams: streamsOf(90, 2, 1, 1), windows: 1 });
  });

  it('measures the beginning of the held-out part, as much as there is and bounded', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 200_000 }), (heldOut) => {
        const plan = planEvaluation(1000, heldOut);
        if (!plan) throw new Error('There is something to measure');
        const { streams, windows } = plan;
        expect(streams.batch).toBeLessThanOrEqual(EVALUATION.batch);
        expect(streams.length).toBeLessThanOrEqual(EVALUATION.length);
        expect(windows).toBeGreaterThanOrEqual(1);
        expect(windowsOf(streams)).toBe(windows);
        expect(hasWindow(streams, (windows - 1) * streams.length)).toBe(true);
        const measured = windows * streams.batch * streams.length;
        expect(measured).toBeLessThanOrEqual(8192);
        if (heldOut > 10_000) expect(measured).toBe(8192);
        else expect(measured).toBeGreaterThanOrEqual(heldOut * 0.4);
      }),
    );
  });
});
