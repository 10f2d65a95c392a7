/** The four parts of a step that stand over each other, a column for each character of the row of text. */
import type { ReactElement, ReactNode } from 'react';
import type { StepParts } from '../../model/inspect/step';
import type { AxisTick } from '../stage/axes';
import { TICK_GAP } from '../stage/axes';
import type { Numbers } from '../messages/numbers';
import type { StepWords } from '../messages/step';
import { barsOf, GUTTER, type Columns } from './layout';
import { meanLoss } from './shown';

/** CSS pixels: of a line of characters, and of bars. */
const LINE = 22;
const LOW = 26;
const HIGH = 44;
/** Below bars, for half of the label at their line. */
const FOOT = 6;

interface PlotProps {
  readonly columns: Columns;
  readonly height: number;
  /** The character that is read. */
  readonly cursor: number;
  readonly ticks?: readonly AxisTick[];
  /** From the plot's top to where the axis begins. */
  readonly top?: number;
  /** What is revealed, from the left or from the right. */
  readonly children: ReactNode;
  readonly from?: 'left' | 'right';
}

const Plot = ({ columns, height, cursor, ticks = [], top = 0, from = 'left', children }: PlotProps): ReactElement => (
  <div className="step-plot" style={{ height }} aria-hidden>
    <div className="step-cursor" style={{ left: GUTTER + cursor * columns.column, width: columns.column }} />
    <svg width={columns.width} height={height}>
      {ticks.map(({ at, label }) => (
        <g key={label} transform={`translate(0 ${String(top + at)})`}>
          <line className="step-grid" x1={GUTTER} x2={columns.width} />
          <text className="step-tick" x={GUTTER - TICK_GAP} dy="0.32em">
            {label}
          </text>
        </g>
      ))}
    </svg>
    <svg className="step-ink" data-from={from} width={columns.width} height={height}>
      {children}
    </svg>
  </div>
);

interface CharactersProps {
  readonly ids: Int32Array;
  readonly symbols: readonly string[];
  readonly columns: Columns;
  readonly lang: string | undefined;
  readonly className?: string;
}

const Characters = ({ ids, symbols, columns, lang, className = '' }: CharactersProps): ReactElement => (
  <g className={`step-characters ${className}`} lang={lang}>
    {Array.from(ids, (id, t) => (
      <text key={t} x={GUTTER + (t + 0.5) * columns.column} y={LINE - 6}>
        {symbols[id]}
      </text>
    ))}
  </g>
);

interface BarsProps {
  readonly tops: readonly number[];
  readonly columns: Columns;
  readonly top: number;
  readonly height: number;
  readonly isHollow?: (t: number) => boolean;
}

const Bars = ({ tops, columns, top, height, isHollow }: BarsProps): ReactElement => (
  <g className="step-bars" transform={`translate(${String(GUTTER)} ${String(top)})`}>
    {tops.map((y, t) => (
      <rect
        key={t}
        className={isHollow?.(t) === true ? 'step-hollow' : undefined}
        x={t * columns.column + 2.5}
        y={y}
        width={columns.column - 5}
        height={Math.max(0, height - y)}
      />
    ))}
  </g>
);

interface PartProps {
  readonly name: Exclude<keyof StepWords['parts'], 'weights'>;
  readonly caption: string;
  readonly legend?: string;
  readonly words: StepWords;
  readonly children: ReactNode;
}

const Part = ({ name, caption, legend, words, children }: PartProps): ReactElement => (
  <div className="step-part" data-part={name}>
    <p className="step-caption">
      <b>{words.parts[name]}</b> {caption} {legend !== undefined && <span className="step-legend">{legend}</span>}
    </p>
    {children}
  </div>
);

interface TextRowsProps {
  /** Null before the first; the figure then has its size and nothing in it. */
  readonly step: StepParts | null;
  readonly symbols: readonly string[];
  readonly columns: Columns;
  readonly cursor: number;
  readonly layers: number;
  readonly batch: number;
  readonly words: StepWords;
  readonly numbers: Numbers;
  readonly lang: string | undefined;
}

export const TextRows = ({
  step,
  symbols,
  columns,
  cursor,
  layers,
  batch,
  words,
  numbers,
  lang,
}: TextRowsProps): ReactElement => {
  const { captions } = words;
  const plain = { columns, cursor };
  const sure = barsOf(step?.guessed ?? [], LOW, { most: 1, label: (value) => numbers.percent(value) });
  const losses = barsOf(step?.losses ?? [], HIGH);
  const gradients = barsOf(step?.gradients ?? [], HIGH, { label: numbers.significant });
  const isWrong = (t: number): boolean => step !== null && step.guesses[t] !== step.next[t];
  const characters = numbers.integer((step?.B ?? batch) * columns.T);
  return (
    <>
      <Part
        name="text"
        caption={captions.text(numbers.integer(step?.B ?? batch), numbers.integer(columns.T))}
        words={words}
      >
        <Plot {...plain} height={LINE}>
          {step && <Characters ids={step.ids} symbols={symbols} columns={columns} lang={lang} />}
        </Plot>
      </Part>
      <Part name="forward" caption={captions.forward} legend={words.forwardLegend} words={words}>
        <Plot {...plain} height={LINE + LOW + 2 + FOOT} top={LINE + 2} ticks={sure.ticks}>
          {step && (
            <Characters className="step-guesses" ids={step.guesses} symbols={symbols} columns={columns} lang={lang} />
          )}
          <Bars tops={sure.tops} columns={columns} top={LINE + 2} height={LOW} isHollow={isWrong} />
        </Plot>
      </Part>
      <Part
        name="loss"
        caption={captions.loss(characters, meanLoss(step, numbers))}
        legend={words.lossLegend}
        words={words}
      >
        <Plot {...plain} height={LINE + HIGH + 4 + FOOT} top={LINE + 4} ticks={losses.ticks}>
          {step && <Characters ids={step.next} symbols={symbols} columns={columns} lang={lang} />}
          <Bars tops={losses.tops} columns={columns} top={LINE + 4} height={HIGH} />
        </Plot>
      </Part>
      <Part
        name="backward"
        caption={captions.backward(layers > 1 ? String((step?.layer ?? 0) + 1) : null)}
        legend={words.backwardLegend}
        words={words}
      >
        <Plot {...plain} height={HIGH + 8 + FOOT} top={8} ticks={gradients.ticks} from="right">
          <Bars tops={gradients.tops} columns={columns} top={8} height={HIGH} />
        </Plot>
      </Part>
    </>
  );
};
