/** The figure of one training step: text, forward, loss, backward, weights, shown one after the other. */
import { useEffect, useMemo, useRef, useState, type PointerEvent, type ReactElement } from 'react';
import { shownRun, usePlayground, useRun } from '../../store';
import type { Messages } from '../messages';
import type { Numbers } from '../messages/numbers';
import { stepWords } from '../messages/step';
import { followSize } from '../size';
import { columnAt, columnsOf, GUTTER } from './layout';
import { useReveal } from './reveal';
import { readingOf, stepOf, stepRows, type Language } from './shown';
import { StepTable } from './StepTable';
import { TextRows } from './TextRows';
import { Weights } from './Weights';
import './step.css';

interface StepFigureProps {
  /** The menu that saves rows of numbers as a file of that name; null where there are none. */
  readonly saving: (label: string, file: string, rows: (() => string[][]) | null) => ReactElement;
  /** Language of the text's characters. */
  readonly lang: string | undefined;
  /** The vocabulary's symbols, made visible. */
  readonly symbols: readonly string[];
  readonly messages: Messages;
  readonly numbers: Numbers;
}

/** What other late parts of the page share with it is handed over, so that the page itself stays one file. */
export const StepFigure = ({ saving, lang, symbols, messages, numbers }: StepFigureProps): ReactElement => {
  const { bands } = messages.stage;
  const words = stepWords[usePlayground((state) => state.language)];
  const language = useMemo<Language>(() => ({ words, bands, numbers }), [words, bands, numbers]);
  const step = useRun(stepOf);
  const description = useRun((run) => run?.description ?? null);
  const settings = usePlayground((state) => shownRun(state)?.description?.settings ?? state.settings);
  const running = useRun((run) => run?.phase === 'running');
  const figure = useRef<HTMLElement>(null);
  const scroll = useRef<HTMLDivElement>(null);
  const [available, setAvailable] = useState(0);
  const [wished, setWished] = useState(0);
  useEffect(() => {
    if (!scroll.current) return;
    return followSize(scroll.current, ({ width }) => {
      setAvailable(width);
    });
  }, []);
  useReveal(figure, step && `${step.runId} ${String(step.step)}`);

  const used = (name: 'batch' | 'length'): number =>
    description?.adjustments.find((adjustment) => adjustment.name === name)?.used ?? settings[name];
  const columns = columnsOf(step?.T ?? used('length'), available);
  const cursor = Math.min(wished, columns.T - 1);
  const reading = step ? readingOf(step, symbols, cursor, language) : words.empty;

  const point = ({ clientX, currentTarget }: PointerEvent<HTMLElement>): void => {
    setWished(columnAt(columns, clientX - currentTarget.getBoundingClientRect().left));
  };
  /** Keys may lead out of what is in sight. */
  const follow = (next: number): void => {
    setWished(next);
    const window = scroll.current;
    if (window === null) return;
    const left = GUTTER + next * columns.column;
    if (left < window.scrollLeft + GUTTER) window.scrollLeft = left - GUTTER;
    else if (left + columns.column > window.scrollLeft + window.clientWidth)
      window.scrollLeft = left + columns.column - window.clientWidth;
  };
  return (
    <figure ref={figure} className="step" aria-label={words.title}>
      <div className="panel-head">
        <h2>
          {words.title} <span className="panel-unit">{step && words.at(numbers.integer(step.step))}</span>
        </h2>
        {saving(words.title, `step-${String(step?.step ?? 0)}.csv`, step && (() => stepRows(step, symbols)))}
      </div>
      <p className="step-hint">{words.hint}</p>
      <div ref={scroll} className="step-scroll">
        <div className="step-rows" style={{ width: columns.width }} onPointerMove={point} onPointerDown={point}>
          <TextRows
            step={step}
            symbols={symbols}
            columns={columns}
            cursor={cursor}
            layers={settings.layers}
            batch={used('batch')}
            words={words}
            numbers={numbers}
            lang={lang}
          />
        </div>
        <input
          className="step-range"
          style={{ marginLeft: GUTTER, width: columns.T * columns.column }}
          type="range"
          min={1}
          max={columns.T}
          value={cursor + 1}
          aria-label={words.character}
          aria-valuetext={reading}
          onChange={({ target }) => {
            follow(target.valueAsNumber - 1);
          }}
        />
      </div>
      <p className="step-reading">{reading}</p>
      <Weights step={step} symbols={symbols} layers={settings.layers} language={language} />
      {step && <StepTable step={step} symbols={symbols} running={running} language={language} />}
    </figure>
  );
};
