/** The loss over the steps: training raw and smoothed, held-out, and what simpler models reach on the same text. */
import { useId, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactElement } from 'react';
import { usePlayground, type PlaygroundState } from '../../store';
import { MESSAGES, useMessages, useNumbers } from '../messages';
import { numbersOf } from '../messages/numbers';
import { Canvas, type Surface } from '../stage/Canvas';
import { useView } from '../stage/loop';
import { palette } from '../stage/palette';
import { saveCsv, savePicture } from '../stage/save';
import { SaveMenu } from '../stage/SaveMenu';
import { CurveTable } from './CurveTable';
import { baselineNamesWidth, drawCurve, drawStepCursor, tickMeasure } from './draw';
import { layoutCurve, type CurveLayout } from './layout';
import { curveRows, readCurve } from './reading';
import { RunFacts } from './RunFacts';
import './curve.css';

interface Axes {
  readonly logX: boolean;
  readonly logY: boolean;
}

const layoutOf = (
  { history, run, language }: PlaygroundState,
  { context, width, height }: Surface,
  axes: Axes,
): CurveLayout => {
  const baselines = run?.baselines?.values ?? [];
  const nameWidth = baselineNamesWidth(context, baselines, palette(), language);
  const tickWidth = tickMeasure(context, palette(), language);
  return layoutCurve(history, run?.metrics.step ?? 0, baselines, { width, height, nameWidth, tickWidth, ...axes });
};

const inputs = (state: PlaygroundState): readonly unknown[] => [
  state.history,
  state.run?.metrics.step ?? 0,
  state.run?.baselines,
  state.language,
];

/** The step that is read: the wanted one, or the newest. */
const readStep = ({ run }: PlaygroundState, wanted: number | null): number => {
  const last = run?.metrics.step ?? 0;
  return Math.min(wanted ?? last, last);
};

/** Numbers at a step, in words. */
const readingText = (state: PlaygroundState, step: number): string => {
  const { curve } = MESSAGES[state.language].stage;
  const { integer, fixed } = numbersOf(state.language);
  if (!state.history || !state.run || state.run.metrics.step < 1) return '';
  const reading = readCurve(state.history, step);
  const { first, last } = reading;
  const parts = [
    curve.at(integer(first), integer(last)),
    first === last
      ? `${curve.training} ${fixed(reading.mean, 2)}`
      : `${curve.trainingMean} ${fixed(reading.mean, 2)} (${fixed(reading.low, 2)}–${fixed(reading.high, 2)})`,
    `${curve.smoothedShort} ${fixed(reading.smoothed, 2)}`,
  ];
  if (Number.isFinite(reading.heldOut)) {
    parts.push(`${curve.heldOut} ${fixed(reading.heldOut, 2)} (${curve.bits(fixed(reading.heldOut / Math.LN2, 2))})`);
  }
  return parts.join(' · ');
};

const PAGES = 10;

/** The step that a key asks for; null for other keys. */
const keyStep = (event: KeyboardEvent, step: number, last: number, stride: number): number | null => {
  const wanted: Record<string, number> = {
    ArrowLeft: step - stride,
    ArrowRight: step + stride,
    PageDown: step - Math.ceil(last / PAGES),
    PageUp: step + Math.ceil(last / PAGES),
    Home: 1,
    End: last,
  };
  const found = event.altKey || event.ctrlKey || event.metaKey ? undefined : wanted[event.key];
  return found === undefined ? null : Math.min(last, Math.max(1, found));
};

const saveCurve = (): void => {
  const { history, run } = usePlayground.getState();
  if (history) saveCsv(curveRows(history), `loss-step-${String(run?.metrics.step ?? 0)}.csv`);
};

const PICTURE = { width: 720, height: 420 };

const saveCurvePicture = (axes: Axes): void => {
  const state = usePlayground.getState();
  const title = MESSAGES[state.language].stage.curve;
  savePicture(
    { ...PICTURE, height: PICTURE.height + 24 },
    palette().paper,
    (context) => {
      context.font = `600 14px ${palette().sans}`;
      context.fillStyle = palette().ink;
      context.fillText(`${title.title} (${title.unit})`, 12, 18);
      context.translate(0, 24);
      const surface: Surface = { context, ...PICTURE, ratio: 1 };
      drawCurve(surface, layoutOf(state, surface, axes), palette(), state.language);
    },
    `loss-step-${String(state.run?.metrics.step ?? 0)}.png`,
  );
};

/** A dash, a line or a dot as the curve draws it, with its name. */
const Key = ({ mark, label }: { readonly mark: ReactElement; readonly label: string }): ReactElement => (
  <li>
    <svg className="curve-key" viewBox="0 0 26 10" aria-hidden>
      {mark}
    </svg>
    {label}
  </li>
);

export const LossCurve = (): ReactElement => {
  const {
    stage: messages,
    controls: { gap },
  } = useMessages();
  const words = messages.curve;
  const hintId = useId();
  const [axes, setAxes] = useState<Axes>({ logX: false, logY: false });
  const layout = useRef<CurveLayout>(null);
  /** The step that is read; null: the newest. */
  const read = useRef<number>(null);
  const slider = useRef<HTMLDivElement>(null);
  const text = useRef<HTMLParagraphElement>(null);
  const started = usePlayground((state) => (state.run?.metrics.step ?? 0) > 0);
  const numbers = useNumbers();
  const baselines = usePlayground((state) => state.run?.baselines ?? null);
  const hasGrammar = baselines?.values.some(({ name }) => name === 'grammar') ?? false;
  const description = usePlayground((state) => state.run?.description ?? null);

  const curve = useMemo(
    () => ({
      inputs,
      paint: (surface: Surface, state: PlaygroundState) => {
        layout.current = layoutOf(state, surface, axes);
        drawCurve(surface, layout.current, palette(), state.language);
      },
    }),
    [axes],
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
          if (text.current) text.current.textContent = readingText(state, readStep(state, read.current)) || words.empty;
        },
      }),
      [words],
    ),
  );

  const readAt = (step: number | null): void => {
    read.current = step;
    invalidate();
  };
  /** Says the numbers to a screen reader: on focus and on keys only, never by itself. */
  const announce = (): void => {
    const state = usePlayground.getState();
    const step = readStep(state, read.current);
    slider.current?.setAttribute('aria-valuemax', String(state.run?.metrics.step ?? 0));
    slider.current?.setAttribute('aria-valuenow', String(step));
    slider.current?.setAttribute('aria-valuetext', readingText(state, step) || words.empty);
  };
  const point = (event: PointerEvent): void => {
    if (started && layout.current) readAt(layout.current.stepAt(event.nativeEvent.offsetX));
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
              save: () => {
                saveCurvePicture(axes);
              },
            },
            { label: messages.export.csv, save: saveCurve },
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
          const stride = state.history?.loss.width ?? 1;
          const step = keyStep(event, readStep(state, read.current), state.run?.metrics.step ?? 0, stride);
          if (step === null) return;
          event.preventDefault();
          event.stopPropagation();
          readAt(step);
          announce();
        }}
      >
        <Canvas {...curve} aria-hidden />
        <Canvas {...cursor} aria-hidden />
      </div>
      <p ref={text} className="curve-reading" />
      <RunFacts />
      <ul className="curve-legend">
        <Key label={words.range} mark={<rect width="26" height="10" fill="var(--faint)" opacity="0.35" />} />
        <Key label={words.smoothed} mark={<path d="M0 5H26" stroke="var(--ink)" strokeWidth="2" />} />
        <Key
          label={words.heldOut}
          mark={
            <>
              <path d="M0 5H26" stroke="var(--band-o)" strokeWidth="1.5" />
              <circle cx="13" cy="5" r="3" fill="var(--band-o)" />
            </>
          }
        />
        <Key
          label={words.baseline}
          mark={<path d="M0 5H26" stroke="var(--faint)" strokeWidth="1" strokeDasharray="5 4" />}
        />
        {hasGrammar && (
          <Key
            label={words.grammar}
            mark={<path d="M0 5H26" stroke="var(--ink)" strokeWidth="1.5" strokeDasharray="2 3" />}
          />
        )}
      </ul>
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
              checked={axes[name]}
              onChange={(event) => {
                setAxes({ ...axes, [name]: event.target.checked });
              }}
            />
            {words[name]}
          </label>
        ))}
      </div>
      <CurveTable />
      <p id={hintId} className="visually-hidden">
        {words.description}
      </p>
    </figure>
  );
};
