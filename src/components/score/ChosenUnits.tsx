/** Which units stand out among the trajectories: the legend of their lines, and the control that adds and removes them. */
import { Plus, X } from 'lucide-react';
import type { ReactElement } from 'react';
import { usePlayground } from '../../store';
import { useMessages } from '../messages';
import type { Shape } from './shape';
import { CHOSEN_LIMIT, chosenLines, DASHES, faintUnits } from './trajectoryLayout';
import './units.css';

const LineSample = ({ stroke, width, dash }: { stroke: string; width: number; dash?: string }): ReactElement => (
  <svg className="line-sample" viewBox="0 0 28 8" aria-hidden>
    <line x1="0" x2="28" y1="4" y2="4" stroke={stroke} strokeWidth={width} strokeDasharray={dash} />
  </svg>
);

export const ChosenUnits = ({ shape }: { readonly shape: Shape }): ReactElement => {
  const words = useMessages().stage.trajectories;
  const wanted = usePlayground((state) => state.selection.unit);
  const chosenUnits = usePlayground((state) => state.selection.chosenUnits);
  const { select } = usePlayground((state) => state.actions);
  const unit = Math.min(wanted, shape.H - 1);
  const others = chosenLines(chosenUnits, unit, shape.H);
  const faint = faintUnits(shape.H, [unit, ...others]).length;
  const undrawn = shape.H - 1 - others.length - faint;
  const full = others.length >= CHOSEN_LIMIT;
  return (
    <div className="chosen-units">
      <ul>
        <li>
          <LineSample stroke={`var(--band-${shape.cell.carried})`} width={3} />
          {words.selected(unit)}
        </li>
        {others.map((chosen, style) => (
          <li key={chosen}>
            <LineSample stroke="var(--ink)" width={1.5} dash={(DASHES[style] ?? []).join(' ')} />
            <button
              type="button"
              className="link-button chosen-name"
              onClick={() => {
                select({ unit: chosen, chosenUnits: chosenUnits.map((other) => (other === chosen ? unit : other)) });
              }}
            >
              {words.chosen(chosen)}
            </button>
            <button
              type="button"
              className="button button-quiet button-icon chosen-remove"
              aria-label={words.remove(chosen)}
              onClick={() => {
                select({ chosenUnits: chosenUnits.filter((other) => other !== chosen) });
              }}
            >
              <X size="1em" aria-hidden />
            </button>
          </li>
        ))}
        <li className="chosen-others">
          <LineSample stroke="var(--faint)" width={1} />
          {undrawn > 0 ? words.some(faint, undrawn) : words.others}
        </li>
      </ul>
      <button
        type="button"
        className="button button-quiet chosen-add"
        disabled={full || chosenUnits.includes(unit)}
        onClick={() => {
          select({ chosenUnits: [...others, unit] });
        }}
      >
        <Plus size="1em" aria-hidden />
        {words.addSelected(unit)}
      </button>
    </div>
  );
};
