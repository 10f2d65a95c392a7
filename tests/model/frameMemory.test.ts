/** What the readings of a run take, counted beforehand and compared with what is made. */
import { describe, expect, it } from 'vitest';
import { CELL_NAMES } from '../../src/model/cells';
import { LONGEST_PROBE } from '../../src/model/cost';
import { FIRST_BUFFER_BYTES, FRAME_BUFFERS, HISTORY_BYTES, padded } from '../../src/model/frameMemory';
import { CAPACITY, HistoryRecorder } from '../../src/model/history';
import { partsOf } from '../../src/model/inspect/step';
import { unknownMilestones } from '../../src/model/milestones';
import { StepWatch } from '../../src/model/stepWatch';
import { pack } from '../../src/workers/frames';
import { createRun } from './support/runs';

/** Bytes of every array of numbers in a value, however deep, as they lie in a frame's buffer. */
const bytesIn = (value: unknown): number => {
  if (ArrayBuffer.isView(value)) return padded(value.byteLength);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, part) => sum + bytesIn(part), 0);
};

/** The history of a run of a thousand million steps: all of its memory is full. */
const fullHistory = () => {
  const recorder = new HistoryRecorder();
  for (let step = 1; step <= CAPACITY; step++) {
    recorder.pushLoss(step, 1);
    recorder.pushHeldOut(step, 1);
  }
  return HistoryRecorder.restore({ ...recorder.snapshot(), milestones: unknownMilestones(999_999_999) }).view();
};

describe('the memory of readings', () => {
  it('has room for the longest history', () => {
    expect(bytesIn(fullHistory())).toBeLessThanOrEqual(HISTORY_BYTES);
    expect(bytesIn(fullHistory())).toBeGreaterThan(0.9 * HISTORY_BYTES);
  });

  it.each(CELL_NAMES.flatMap((cell) => [8, 40].map((units) => ({ cell, units }))))(
    'is counted as it is made: $cell of $units units',
    async ({ cell, units }) => {
      const run = createRun({ cell, units, layers: 2 });
      const ids = Int32Array.from({ length: LONGEST_PROBE }, (_, k) => k % 5);
      const watch = new StepWatch(1);
      await run.step(watch);
      await run.settle();
      const watched = await watch.read();
      if (watched === null) throw new Error('nothing was watched');
      const readings = { probe: await run.probe(ids, 1), step: partsOf(watched) };
      const { buffer } = pack(new ArrayBuffer(FIRST_BUFFER_BYTES), { readings, history: fullHistory() });
      expect(run.cost.readings).toBe(bytesIn(readings) + FRAME_BUFFERS * buffer.byteLength);
      run.dispose();
    },
  );
});
