/** What the page keeps of the run that was replaced, and of how fast a run trains. */
import { describe, expect, it } from 'vitest';
import { HistoryRecorder } from '../../src/model/history';
import { NO_METRICS, type History } from '../../src/model/telemetry';
import { earlierRun, shownRun } from '../../src/store/state';
import { trainedPage } from './page';

const historyOf = (loss: number): History => ({
  loss: {
    width: 1,
    minimum: Float32Array.of(loss),
    mean: Float32Array.of(loss),
    maximum: Float32Array.of(loss),
  },
  smoothedLoss: { steps: Float64Array.of(1), values: Float32Array.of(loss) },
  heldOutLoss: { steps: Float64Array.of(0), values: Float32Array.of(loss) },
  milestones: new HistoryRecorder().view().milestones,
});

type Page = ReturnType<typeof trainedPage>;

const shownId = ({ get }: Page): string => shownRun(get())?.runId ?? '';

const sendFrame = (page: Page, loss: number, charactersPerSecond = 0) => {
  page.tell({
    type: 'frame',
    runId: shownId(page),
    metrics: { ...NO_METRICS, step: 500, charactersPerSecond },
    readings: {},
    history: historyOf(loss),
    buffer: new ArrayBuffer(8),
  });
};

/** Another run takes the place of the one on the page, and trains. */
const replace = (page: Page, change: () => void) => {
  change();
  page.get().actions.startNewRun();
  page.show(500);
};

describe('the run that was replaced', () => {
  it('leaves its curve on the page, with what it was, whatever becomes of the buffer that held it', () => {
    const page = trainedPage();
    const first = shownId(page);
    const history = historyOf(3);
    const { values } = history.smoothedLoss;
    sendFrame(page, 3);
    page.tell({
      type: 'frame',
      runId: first,
      metrics: { ...NO_METRICS, step: 500 },
      readings: {},
      history,
      buffer: new ArrayBuffer(8),
    });
    replace(page, () => {
      page.get().actions.set('cell', 'gru');
    });
    values.fill(0);
    const earlier = earlierRun(page.get());
    expect(earlier).toMatchObject({
      runId: first,
      metrics: { step: 500 },
      description: { settings: { cell: 'lstm' } },
    });
    expect(earlier?.history?.smoothedLoss.values).toEqual(Float32Array.of(3));
  });

  it('stays until it is dismissed or another one is replaced', () => {
    const page = trainedPage();
    sendFrame(page, 3);
    replace(page, () => {
      page.get().actions.set('units', 64);
    });
    const second = shownId(page);
    // A run that has made no step leaves nothing.
    page.get().actions.reset();
    page.show(0);
    expect(page.get().earlier).not.toBe(second);
    expect(page.get().earlier).not.toBeNull();
    page.phase(shownId(page), 500);
    sendFrame(page, 2);
    const third = shownId(page);
    replace(page, () => {
      page.get().actions.set('units', 32);
    });
    expect(page.get().earlier).toBe(third);
    expect(earlierRun(page.get())?.history?.smoothedLoss.values).toEqual(Float32Array.of(2));
    page.get().actions.dismissEarlier();
    expect(page.get().earlier).toBeNull();
  });

  it('goes where Undo brings it back, and stays where a run goes back itself', () => {
    const page = trainedPage();
    const first = shownId(page);
    sendFrame(page, 3);
    replace(page, () => {
      page.get().actions.set('units', 64);
    });
    const second = shownId(page);
    page.tell({ type: 'replaced', runId: second, replaced: second });
    expect(page.get().earlier).toBe(first);
    page.tell({ type: 'replaced', runId: first, replaced: second });
    expect(page.get().earlier).toBeNull();
  });
});

describe('a run that Undo brought back', () => {
  it('has its past at once, and leaves it on the page where it is replaced before its next frame', () => {
    const page = trainedPage();
    const first = shownId(page);
    sendFrame(page, 3);
    replace(page, () => {
      page.get().actions.set('units', 64);
    });
    page.tell({
      type: 'deeds',
      runId: shownId(page),
      undo: [{ runId: first, textId: '', step: 500, restores: {} }],
      redo: [],
    });
    const description = page.get().runs[first].description;
    page.tell({ type: 'replaced', runId: first, replaced: shownId(page) });
    if (!description) throw new Error('no run');
    page.tell({ type: 'description', description });
    page.phase(first, 500);
    expect(shownRun(page.get())?.history?.smoothedLoss.values).toEqual(Float32Array.of(3));
    replace(page, () => {
      page.get().actions.set('units', 32);
    });
    expect(page.get().earlier).toBe(first);
  });
});

describe('the speed of a run', () => {
  const moveTo = (page: Page, name: 'simd' | 'webgl') => {
    const description = shownRun(page.get())?.description;
    if (!description) throw new Error('no run');
    const engine = { ...description.engine, name };
    page.tell({ type: 'standing', runId: shownId(page), standing: { ...description, engine } });
  };

  it('is of the engine that it is on: of another one nothing is known', () => {
    const page = trainedPage();
    moveTo(page, 'simd');
    sendFrame(page, 3, 80_000);
    expect(shownRun(page.get())).toMatchObject({ fullSpeed: 80_000, metrics: { charactersPerSecond: 80_000 } });
    moveTo(page, 'simd');
    expect(shownRun(page.get())?.fullSpeed).toBe(80_000);
    moveTo(page, 'webgl');
    expect(shownRun(page.get())).toMatchObject({ fullSpeed: 0, metrics: { charactersPerSecond: 0 } });
    sendFrame(page, 3, 50_000);
    expect(shownRun(page.get())?.fullSpeed).toBe(50_000);
  });

  it('is what it was when it was last let loose', () => {
    const page = trainedPage();
    sendFrame(page, 3, 80_000);
    sendFrame(page, 3, 84_000);
    expect(shownRun(page.get())?.fullSpeed).toBe(80_000);
    sendFrame(page, 3, 95_000);
    sendFrame(page, 3, 0);
    page.get().actions.set('speed', 1);
    sendFrame(page, 3, 256);
    expect(shownRun(page.get())?.fullSpeed).toBe(95_000);
  });
});
