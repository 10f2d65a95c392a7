/** The loss over the steps: training raw and smoothed, held-out, and what simpler models reach on the same text. */
import { useEffect, useId, useMemo, useRef, useState, type PointerEvent, type ReactElement } from 'react';
import { shownRun, usePlayground, useRun, type PlaygroundState } from '../../store';
import type * as Part from '../figures';
import { KeptLine, LookBackPlace } from '../keeping/lazyKeeping';
import { messagesOf, useMessages, useNumbers } from '../messages';
import { numbersOf } from '../messages/numbers';
import { loadFigures } from '../parts';
import { Canvas, type Surface } from '../stage/Canvas';
import { useView } from '../stage/loop';
import { palette } from '../stage/palette';
import { SaveMenu } from '../stage/SaveMenu';
import { CurveTable } from './CurveTable';
import { BaselineValues, CurveLegend } from './CurveLegend';
import { drawStepCursor } from './draw';
import { keyStep, keyZoom } from './keys';
import type { CurveLayout } from './layout';
import { baselinesDrawn } from './legend';
import { inputs, paintCurve, type Axes } from './picture';
import { RangeButtons } from './RangeButtons';
import { readingText } from './readingText';
import { RunFacts } from './RunFacts';
import { holding, rangeBetween, zoomed, type StepRange } from './stepRange';
import './curve.css';

const textAt = (state: PlaygroundState, step: number): string =>
  readingText(state, step, messagesOf(state.language).stage, numbersOf(state.language));

/** The step that is read: the wanted one, or the newest. */
const readStep = (state: PlaygroundState, wanted: number | null): number => {
  const last = shownRun(state)?.metrics.step ?? 0;
  return Math.min(wanted ?? last, last);
};

/** Milliseconds after the first step: its loss is not to wait for what draws lines. */
const REST = 1000;

export const LossCurve = (): ReactElement => {
  const {
    stage: messages,
    controls: { gap },
  } = useMessages();
  const words = messages.curve;
  const hintId = useId();
  const [logs, setLogs] = useState({ logX: false, logY: false });
  const runId = useRun((run) => run?.runId ?? null);
  /** A range of steps is one of a run. */
  const [chosen, setChosen] = useState<{ readonly runId: string | null; readonly range: StepRange | null }>({
    runId: null,
    range: null,
  });
  const range = chosen.runId === runId ? chosen.range : null;
  /** Steps that are shown on the way to those. */
  const [passing, setPassing] = useState<StepRange | null>(null);
  const axes = useMemo<Axes>(() => ({ ...logs, range: passing ?? range }), [logs, range, passing]);
  /** Steps that are drawn; null: all. */
  const drawn = useRef<StepRange>(null);
  const stopEasing = useRef<() => void>(null);
  useEffect(() => () => stopEasing.current?.(), []);
  const layout = useRef<CurveLayout>(null);
  /** The step that is read; null: the newest. */
  const read = useRef<number>(null);
  /** The step that was read last: what a finger has pointed at before it went to a button. */
  const readLast = useRef<number>(null);
  const slider = useRef<HTMLDivElement>(null);
  const overlay = useRef<SVGSVGElement>(null);
  const fitBrush = useRef<() => void>(null);
  const text = useRef<HTMLParagraphElement>(null);
  const started = useRun((run) => (run?.metrics.step ?? 0) > 0);
  const numbers = useNumbers();
  const actions = usePlayground((state) => state.actions);
  const [part, setPart] = useState<typeof Part | null>(null);
  const tracers = part?.tracers ?? null;
  // No sooner: the first step is not to wait for what draws it.
  useEffect(() => {
    if (!started) return;
    const timer = setTimeout(() => {
      loadFigures().then(setPart, actions.tellProblem);
    }, REST);
    return () => {
      clearTimeout(timer);
    };
  }, [started, actions]);
  const baselines = useRun((run) => run?.baselines ?? null);
  const { hasGrammar } = baselinesDrawn(baselines);
  const description = useRun((run) => run?.description ?? null);

  const curve = useMemo(
    () => ({
      inputs,
      paint: (surface: Surface, state: PlaygroundState) => {
        layout.current = paintCurve(state, surface, axes, tracers);
        drawn.current = axes.range;
      },
    }),
    [axes, tracers],
  );
  const cursor = useMemo(
    () => ({
      inputs: (state: PlaygroundState) => [...inputs(state), axes, read.current],
      paint: (surface: Surface) => {
        if (read.current === null || !layout.current) return;
        drawStepCursor(surface, layout.current, read.current, palette());
      },
    }),
    [axes],
  );
  const invalidate = useView(
    useMemo(
      () => ({
        inputs: (state: PlaygroundState) => [...inputs(state), read.current],
        draw: (state) => {
          if (text.current) text.current.textContent = textAt(state, readStep(state, read.current)) || words.empty;
        },
      }),
      [words],
    ),
  );

  const readAt = (step: number | null): void => {
    read.current = step;
    readLast.current = step ?? readLast.current;
    invalidate();
  };
  /** Says the numbers to a screen reader: on focus and on keys only, never by itself. */
  const announce = (): void => {
    const state = usePlayground.getState();
    const step = readStep(state, read.current);
    slider.current?.setAttribute('aria-valuemax', String(shownRun(state)?.metrics.step ?? 0));
    slider.current?.setAttribute('aria-valuenow', String(step));
    slider.current?.setAttribute('aria-valuetext', textAt(state, step) || words.empty);
  };
  const point = (event: PointerEvent): void => {
    const { left } = event.currentTarget.getBoundingClientRect();
    if (started && layout.current) readAt(layout.current.stepAt(event.clientX - left));
  };
  const show = (next: StepRange | null, easeRange = part?.easeRange): void => {
    const run = shownRun(usePlayground.getState());
    setChosen({ runId: run?.runId ?? null, range: next });
    stopEasing.current?.();
    const whole: StepRange = [0, run?.metrics.step ?? 0];
    stopEasing.current = easeRange?.(drawn.current ?? whole, next ?? whole, setPassing) ?? null;
  };
  const zoom = (factor: number): void => {
    const state = usePlayground.getState();
    show(zoomed(range, shownRun(state)?.metrics.step ?? 0, readStep(state, readLast.current), factor));
  };
  /** The brush is fetched when a mouse first comes near. */
  const prepareBrush = async (): Promise<void> => {
    try {
      const loaded = await loadFigures();
      setPart(loaded);
      if (!overlay.current) return;
      fitBrush.current ??= loaded.attachBrush(overlay.current, {
        plot: () => layout.current?.plot ?? { left: 0, top: 0, right: 1, bottom: 1 },
        onSelect: (from, to) => {
          const run = shownRun(usePlayground.getState());
          if (!layout.current || !run) return;
          const { stepAt } = layout.current;
          const selected = rangeBetween(stepAt(from), stepAt(to), run.metrics.step);
          if (selected) show(selected, loaded.easeRange);
        },
      });
      fitBrush.current();
    } catch {
      // The buttons and the keys do the same.
    }
  };

  return (
    <figure className="curve" aria-label={words.title}>
      <div className="panel-head">
        <h2>
          {words.title} <span className="panel-unit">{words.unit}</span>
        </h2>
        <SaveMenu
          label={messages.export.menu(words.title)}
          disabled={!started}
          items={[
            {
              label: messages.export.png,
              save: ({ saveCurvePicture }) => {
                saveCurvePicture(axes, tracers);
              },
            },
            {
              label: messages.export.csv,
              save: ({ saveCurve }) => {
                saveCurve();
              },
            },
          ]}
        />
      </div>
      <div
        ref={slider}
        className="curve-plot"
        role="slider"
        tabIndex={0}
        aria-label={words.reader}
        aria-describedby={hintId}
        aria-valuemin={0}
        aria-valuemax={0}
        aria-valuenow={0}
        aria-valuetext={words.empty}
        onPointerEnter={({ pointerType }) => {
          if (pointerType === 'mouse') void prepareBrush();
        }}
        onDoubleClick={() => {
          show(null);
        }}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={() => {
          readAt(null);
        }}
        onFocus={announce}
        onBlur={() => {
          readAt(null);
        }}
        onKeyDown={(event) => {
          const state = usePlayground.getState();
          const last = shownRun(state)?.metrics.step ?? 0;
          const stride = shownRun(state)?.history?.loss.width ?? 1;
          const step = keyStep(event, readStep(state, read.current), last, range ?? [0, last], stride);
          const factor = keyZoom(event);
          if (step !== null) {
            readAt(step);
            announce();
            if (range !== null) show(holding(range, last, step));
          } else if (factor !== null) zoom(factor);
          else if (event.key === 'Escape' && range !== null) show(null);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        <Canvas {...curve} aria-hidden />
        <Canvas {...cursor} aria-hidden />
        <svg ref={overlay} className="curve-brush" aria-hidden />
      </div>
      <p ref={text} className="curve-reading" />
      <LookBackPlace />
      <RunFacts />
      <KeptLine />
      <CurveLegend />
      <BaselineValues />
      {baselines && description && (
        <p className="curve-note">
          {words.measured(numbers.integer(baselines.measured), numbers.integer(description.heldOutLength))}
          {baselines.counted < description.trainLength && gap + words.counted(numbers.integer(baselines.counted))}
          {hasGrammar && gap + words.knowing}
        </p>
      )}
      <div className="curve-axes">
        {(['logX', 'logY'] as const).map((name) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={logs[name]}
              onChange={(event) => {
                setLogs({ ...logs, [name]: event.target.checked });
              }}
            />
            {words[name]}
          </label>
        ))}
      </div>
      <RangeButtons
        range={range}
        disabled={!started}
        onZoom={zoom}
        onWhole={() => {
          show(null);
        }}
      />
      <CurveTable />
      <p id={hintId} className="visually-hidden">
        {words.description}
      </p>
    </figure>
  );
};
