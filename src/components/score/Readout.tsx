/** What is under the cursor, spelt out in numbers: one line of fixed size that lives while the network trains. */
import { Pin } from 'lucide-react';
import { Fragment, useMemo, useRef, type ReactElement, type ReactNode } from 'react';
import type { CellName } from '../../model/cells';
import { usePlayground, type PlaygroundState } from '../../store';
import { useMessages } from '../messages';
import { useView } from '../stage/loop';
import { textLanguage } from '../stage/textLanguage';
import { EQUATIONS, equationValues } from './equation';
import { surpriseBits, twoDecimals } from './numbers';
import { clampedSelection, shownFrame } from './frame';
import { charactersOf } from './shape';
import './readout.css';

const inputs = (state: PlaygroundState): readonly unknown[] => [
  shownFrame(state),
  state.selection.cursor,
  state.selection.unit,
];

/** Letter of a band with what is done to it: c of the step before, one minus z. */
const letterOf = (band: string, of: '' | 'previous' | 'complement'): ReactElement =>
  of === 'complement' ? (
    <span>
      (1 − <i>{band}</i>)
    </span>
  ) : (
    <span>
      <i>{band}</i>
      {of === 'previous' && <sub>t−1</sub>}
    </span>
  );

interface ReadoutProps {
  readonly cell: CellName;
  /** What else is read here. */
  readonly children: ReactNode;
}

export const Readout = ({ cell, children }: ReadoutProps): ReactElement => {
  const { score: words, bands } = useMessages().stage;
  const unit = useRef<HTMLSpanElement>(null);
  const character = useRef<HTMLSpanElement>(null);
  const surprise = useRef<HTMLSpanElement>(null);
  const numbers = useRef<(HTMLSpanElement | null)[]>([]);
  const pinned = usePlayground((state) => state.selection.pinned);
  const { moveCursor } = usePlayground((state) => state.actions);

  useView(
    useMemo(
      () => ({
        inputs,
        draw: (state) => {
          const frame = shownFrame(state);
          if (!unit.current || !character.current || !surprise.current) return;
          if (!frame) {
            for (const number of numbers.current) if (number) number.textContent = '–';
            unit.current.textContent = words.at(state.selection.unit);
            character.current.textContent = '–';
            surprise.current.textContent = '';
            return;
          }
          const { cursor, unit: row } = clampedSelection(state, frame);
          unit.current.textContent = words.at(row);
          const characters = charactersOf(state);
          character.current.lang = textLanguage(characters.join(''));
          character.current.textContent = characters[cursor] ?? '–';
          surprise.current.textContent = words.surpriseAt(surpriseBits(frame, cursor));
          equationValues(frame, cell, cursor, row).forEach((value, k) => {
            const number = numbers.current[k];
            if (number) number.textContent = twoDecimals(value);
          });
        },
      }),
      [cell, words],
    ),
  );

  return (
    <div className="readout">
      <div className="readout-place">
        <span>
          <span ref={unit} className="readout-unit" /> <span ref={character} className="readout-character" />
        </span>
        <span ref={surprise} className="readout-surprise" />
        {children}
        <button
          type="button"
          className={pinned ? 'button readout-pin' : 'button button-quiet readout-pin'}
          title={words.pinHint}
          onClick={() => {
            moveCursor(usePlayground.getState().selection.cursor, !pinned);
          }}
        >
          <Pin size="1.1em" aria-hidden fill={pinned ? 'currentColor' : 'none'} />
          {pinned ? words.unpin : words.pin}
        </button>
      </div>
      <p className="readout-equation">
        {EQUATIONS[cell].map(({ before, band, of }, k) => (
          <Fragment key={`${band}${of}`}>
            {k > 0 && before === '' && <span className="readout-break" />}
            <span className="readout-term" title={bands[band]}>
              {before !== '' && <span className="readout-operator">{before}</span>}
              <span className="swatch" style={{ background: `var(--band-${band})` }} />
              {letterOf(band, of)}
              <span
                ref={(element) => {
                  numbers.current[k] = element;
                }}
                className="readout-number"
              />
            </span>
          </Fragment>
        ))}
      </p>
    </div>
  );
};
