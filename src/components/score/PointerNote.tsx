/** Names the cell under the pointer, which need not be the selected one, and keeps its number live. */
import { useEffect, useMemo, useRef, type ReactElement, type RefObject } from 'react';
import type { PlaygroundState } from '../../store';
import { useMessages } from '../messages';
import { useView } from '../stage/loop';
import { twoDecimals } from './numbers';
import { clampedSelection, shownFrame, valueAt } from './frame';
import { cellAt, columnAt, type ScoreLayout } from './layout';

interface PointerNoteProps {
  /** What the pointer moves over: the score's columns. */
  readonly columns: RefObject<HTMLElement | null>;
  readonly layout: ScoreLayout;
  /** The unit of each row. */
  readonly units: readonly number[];
}

export const PointerNote = ({ columns, layout, units }: PointerNoteProps): ReactElement => {
  const { score: words, bands: names } = useMessages().stage;
  const note = useRef<HTMLSpanElement>(null);
  const place = useRef<{ readonly x: number; readonly y: number }>(null);
  const invalidate = useView(
    useMemo(
      () => ({
        inputs: (state: PlaygroundState) => [shownFrame(state)],
        draw: (state) => {
          if (!note.current) return;
          const frame = shownFrame(state);
          const cell = place.current && cellAt(layout, place.current.y);
          if (!frame || !cell || !place.current) {
            note.current.textContent = '';
            return;
          }
          const unit = cell.row === null ? clampedSelection(state, frame).unit : units[cell.row];
          const value = valueAt(frame, cell.band, columnAt(layout, place.current.x), unit);
          note.current.textContent = words.pointer(names[cell.band], unit, twoDecimals(value), state.selection.pinned);
        },
      }),
      [layout, units, names, words],
    ),
  );
  useEffect(() => {
    const element = columns.current;
    if (!element) return;
    const move = (event: PointerEvent): void => {
      // As a click counts them: whole pixels.
      place.current = { x: Math.floor(event.offsetX), y: Math.floor(event.offsetY) };
      invalidate();
    };
    const leave = (): void => {
      place.current = null;
      invalidate();
    };
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerleave', leave);
    return () => {
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerleave', leave);
    };
  }, [columns, invalidate]);
  return <span ref={note} className="score-pointer" />;
};
