/** What is under the cursor, spelt out in numbers: of fixed size, in sight, alive while the network trains. */
import { ChevronDown, ChevronUp, Pin } from 'lucide-react';
import { Fragment, useMemo, useRef, type ReactElement, type ReactNode } from 'react';
import type { Cell, Term } from '../../model/cells';
import { usePlayground, type PlaygroundState } from '../../store';
import { useMessages } from '../messages';
import { useView } from '../stage/loop';
import { textLanguage } from '../stage/textLanguage';
import { roleOf, termValue } from './equation';
import { surpriseBits, twoDecimals } from './numbers';
import { clampedSelection, shownFrame } from './frame';
import { gatesText } from './gatesText';
import { charactersOf } from './shape';
import { moveByRows } from './steering';
import './readout.css';

const inputs = (state: PlaygroundState): readonly unknown[] => [
  shownFrame(state),
  state.selection.cursor,
  state.selection.unit,
];

/** A band's letter with what is taken of it: c of the step before, one minus z, tanh c. */
const symbolOf = ({ band, of }: Term): ReactElement => {
  const letter = <i>{band}</i>;
  if (of === 'complement') return <>1 − {letter}</>;
  if (of === 'squashed') return <>tanh {letter}</>;
  if (of === 'value') return letter;
  return (
    <>
      {letter}
      <sub>t−1</sub>
    </>
  );
};

interface ReadoutProps {
  readonly cell: Cell;
  /** Units in the order of their rows. */
  readonly order: readonly number[];
  /** What else is read here. */
  readonly children: ReactNode;
}

export const Readout = ({ cell, order, children }: ReadoutProps): ReactElement => {
  const { score: words, bands } = useMessages().stage;
  const unit = useRef<HTMLSpanElement>(null);
  const character = useRef<HTMLSpanElement>(null);
  const surprise = useRef<HTMLSpanElement>(null);
  const memory = useRef<HTMLParagraphElement>(null);
  const numbers = useRef(new Map<string, HTMLSpanElement>());
  const pinned = usePlayground((state) => state.selection.pinned);
  const { moveCursor } = usePlayground((state) => state.actions);

  useView(
    useMemo(
      () => ({
        isAnswer: true,
        inputs,
        draw: (state) => {
          const frame = shownFrame(state);
          if (!unit.current || !character.current || !surprise.current || !memory.current) return;
          if (!frame) {
            for (const number of numbers.current.values()) number.textContent = '–';
            unit.current.textContent = words.at(state.selection.unit);
            character.current.textContent = '–';
            surprise.current.textContent = '';
            memory.current.textContent = '';
            return;
          }
          const { cursor, unit: row } = clampedSelection(state, frame);
          unit.current.textContent = words.at(row);
          const characters = charactersOf(state);
          character.current.lang = textLanguage(characters.join(''));
          character.current.textContent = characters[cursor] ?? '–';
          surprise.current.textContent = words.surpriseAt(surpriseBits(frame, cursor));
          memory.current.textContent = gatesText(words, frame, cell, { cursor, unit: row, characters });
          cell.equations.forEach((terms, e) => {
            terms.forEach((term, k) => {
              const number = numbers.current.get(`${String(e)} ${String(k)}`);
              if (number) number.textContent = twoDecimals(termValue(frame, term, cursor, row));
            });
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
        {/* For fingers, to which rows are too low; a keyboard has the arrows. */}
        <span className="readout-rows">
          {([-1, 1] as const).map((rows) => (
            <button
              key={rows}
              type="button"
              className="button button-quiet button-icon"
              tabIndex={-1}
              aria-label={rows < 0 ? words.rowAbove : words.rowBelow}
              onClick={() => {
                moveByRows(order, rows);
              }}
            >
              {rows < 0 ? <ChevronUp size="1.2em" aria-hidden /> : <ChevronDown size="1.2em" aria-hidden />}
            </button>
          ))}
        </span>
        <button
          type="button"
          className={`button button-icon readout-pin${pinned ? '' : ' button-quiet'}`}
          aria-label={pinned ? words.unpin : words.pin}
          title={words.pinHint}
          onClick={() => {
            moveCursor(usePlayground.getState().selection.cursor, !pinned);
          }}
        >
          <Pin size="1.1em" aria-hidden fill={pinned ? 'currentColor' : 'none'} />
        </button>
      </div>
      <div className="readout-equations">
        {cell.equations.map((terms, e) => (
          <p key={e} className="readout-equation">
            {terms.map((term, k) => (
              <Fragment key={k}>
                {term.before !== '' && <span className="readout-operator">{term.before}</span>}
                <span className="readout-term" title={bands[term.band]}>
                  <span
                    ref={(element) => {
                      const name = `${String(e)} ${String(k)}`;
                      if (element) numbers.current.set(name, element);
                      else numbers.current.delete(name);
                    }}
                    className="readout-number"
                  />
                  <span className="readout-symbol">
                    <span className="swatch" style={{ background: `var(--role-${roleOf(term)})` }} />
                    {symbolOf(term)}
                    <span className="readout-word">{words.term(term.band, term.of)}</span>
                  </span>
                </span>
              </Fragment>
            ))}
          </p>
        ))}
      </div>
      <p ref={memory} className="readout-memory" />
    </div>
  );
};
