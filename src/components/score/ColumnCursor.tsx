/** The cursor: a frame around one column of the text, moved without React. */
import { useMemo, useRef, type ReactElement } from 'react';
import type { PlaygroundState } from '../../store';
import { useView } from '../stage/loop';
import { clampedSelection, shownFrame } from './frame';
import type { ScoreLayout } from './layout';

export const ColumnCursor = ({ layout, height }: { layout: ScoreLayout; height: number }): ReactElement => {
  const frameElement = useRef<HTMLDivElement>(null);
  const { columnWidth } = layout;
  useView(
    useMemo(
      () => ({
        isAnswer: true,
        inputs: (state: PlaygroundState) => [
          shownFrame(state) !== null,
          state.selection.cursor,
          state.selection.pinned,
        ],
        draw: (state) => {
          const element = frameElement.current;
          if (!element) return;
          const frame = shownFrame(state);
          element.hidden = frame === null;
          if (!frame) return;
          const { cursor } = clampedSelection(state, frame);
          element.style.transform = `translateX(${String(cursor * columnWidth)}px)`;
          element.toggleAttribute('data-pinned', state.selection.pinned);
        },
      }),
      [columnWidth],
    ),
  );
  return <div ref={frameElement} className="column-cursor" style={{ width: columnWidth, height }} hidden aria-hidden />;
};
