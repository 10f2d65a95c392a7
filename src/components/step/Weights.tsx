/** The last part of a step: how far the weights moved, in groups and unit by unit. */
import { useEffect, useState, type MouseEvent, type ReactElement } from 'react';
import type { UnitMoves } from '../../model/inspect/moves';
import type { StepParts } from '../../model/inspect/step';
import { usePlayground } from '../../store';
import { barsOf } from './layout';
import { groupName, moveText, type Language } from './shown';

/** CSS pixels. */
const HIGH = 40;

const percentOf = (share: number, { numbers }: Language): string => numbers.percent(share, 2);

interface WeightsProps {
  readonly step: StepParts | null;
  readonly symbols: readonly string[];
  readonly layers: number;
  readonly language: Language;
}

const Groups = ({ step, language }: { readonly step: StepParts; readonly language: Language }): ReactElement => {
  const most = Math.max(...step.groups.map(({ moved }) => (Number.isFinite(moved) ? moved : 0))) || 1;
  return (
    <ul className="step-groups">
      {step.groups.map((group) => {
        const name = groupName(group, language);
        return (
          <li key={name}>
            <span>{name}</span>
            <span className="step-track" aria-hidden>
              <span
                className="step-ink step-moved"
                data-from="left"
                data-band={group.gate ?? undefined}
                style={{ width: `${String((100 * (group.moved || 0)) / most)}%` }}
              />
            </span>
            <data value={group.moved}>{percentOf(group.moved, language)}</data>
          </li>
        );
      })}
    </ul>
  );
};

/** The moves of the selected unit; null until they have been told, and where they cannot be. */
const useMoves = (step: StepParts, unit: number): UnitMoves | null => {
  const { ask } = usePlayground((state) => state.actions);
  const [moves, setMoves] = useState<UnitMoves | null>(null);
  const { runId, step: number, layer } = step;
  useEffect(() => {
    let isWanted = true;
    void ask({ reading: 'moves', unit }).then((answer) => {
      if (isWanted) setMoves(answer);
    });
    return () => {
      isWanted = false;
    };
  }, [ask, runId, number, layer, unit]);
  return moves?.step === number && moves.unit === unit && moves.layer === layer ? moves : null;
};

const Units = ({ step, symbols, layers, language }: WeightsProps & { readonly step: StepParts }): ReactElement => {
  const { words } = language;
  const H = step.units.length;
  const actions = usePlayground((state) => state.actions);
  const unit = usePlayground((state) => Math.min(H - 1, Math.max(0, state.selection.unit)));
  const moves = useMoves(step, unit);
  const [pointed, setPointed] = useState<number | null>(null);
  const { tops } = barsOf(step.units, HIGH);
  const select = (next: number): void => {
    if (next !== unit) actions.select({ unit: next });
  };
  const unitAt = ({ clientX, currentTarget }: MouseEvent<HTMLElement>): number => {
    const { left, width } = currentTarget.getBoundingClientRect();
    return Math.min(H - 1, Math.max(0, Math.floor(((clientX - left) / width) * H)));
  };
  const movedOf = (k: number): string => words.unitMoved(String(k), percentOf(step.units[k], language));
  const most = percentOf(Math.max(...step.units), language);
  return (
    <div>
      <p className="step-legend">{words.unitsOf(layers > 1 ? String(step.layer + 1) : null, most)}</p>
      <div
        className="step-units"
        aria-hidden
        onPointerMove={(event) => {
          setPointed(unitAt(event));
        }}
        onPointerLeave={() => {
          setPointed(null);
        }}
        onClick={(event) => {
          select(unitAt(event));
        }}
      >
        <svg
          className="step-ink"
          data-from="left"
          viewBox={`0 0 ${String(H)} ${String(HIGH)}`}
          preserveAspectRatio="none"
        >
          {tops.map((y, k) => (
            <rect
              key={k}
              className={k === (pointed ?? unit) ? 'step-chosen' : 'step-unit'}
              x={k + 0.1}
              y={y}
              width={0.8}
              height={HIGH - y}
            />
          ))}
        </svg>
      </div>
      <input
        className="step-range"
        type="range"
        min={0}
        max={H - 1}
        value={unit}
        aria-label={words.unit}
        aria-valuetext={movedOf(unit)}
        onChange={({ target }) => {
          select(target.valueAsNumber);
        }}
      />
      <p className="step-reading">
        {movedOf(pointed ?? unit)}
        {pointed === null &&
          moves &&
          words.gap + words.most(moves.moves.map((move) => moveText(move, symbols, language)))}
      </p>
    </div>
  );
};

export const Weights = ({ step, symbols, layers, language }: WeightsProps): ReactElement => {
  const { words } = language;
  return (
    <div className="step-part step-weights" data-part="weights">
      <p className="step-caption">
        <b>{words.parts.weights}</b> {words.captions.weights} <span className="step-legend">{words.weightsLegend}</span>
      </p>
      {step && (
        <div className="step-moves">
          <Groups step={step} language={language} />
          <Units step={step} symbols={symbols} layers={layers} language={language} />
        </div>
      )}
    </div>
  );
};
