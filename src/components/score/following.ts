/** Keeps the cursor's column in view where the text is wider than its place, without asking the browser for its layout. */
import { useMemo, useRef, type RefObject, type UIEvent } from 'react';
import type { PlaygroundState } from '../../store';
import { useView } from '../stage/loop';
import type { ScoreLayout } from './layout';

/** CSS pixels at each end of what is in view under which the text fades (score.css). */
const FADE = 28;

/** Where to scroll so that the cursor's column is in view; null where it is. */
export const scrollFor = (
  { columnWidth, width }: Pick<ScoreLayout, 'columnWidth' | 'width'>,
  available: number,
  scrolled: number,
  cursor: number,
): number | null => {
  if (available <= 0 || width <= available) return null;
  // A neighbour, too, is in view.
  const left = Math.max(0, (cursor - 1) * columnWidth - FADE);
  const right = Math.min(width, (cursor + 2) * columnWidth + FADE);
  if (left < scrolled) return left;
  return right > scrolled + available ? right - available : null;
};

interface Following {
  readonly onScroll: (event: UIEvent<HTMLElement>) => void;
  readonly onPointerEnter: () => void;
  readonly onPointerLeave: () => void;
}

export const useFollowing = (
  element: RefObject<HTMLElement | null>,
  layout: ScoreLayout,
  available: number,
): Following => {
  const scrolled = useRef(0);
  const hovered = useRef(false);
  useView(
    useMemo(
      () => ({
        inputs: (state: PlaygroundState) => [state.selection.cursor],
        draw: (state) => {
          // A column that a pointer points at is in view already, and must not move away under it.
          if (hovered.current) return;
          const left = scrollFor(layout, available, scrolled.current, Math.min(state.selection.cursor, layout.T - 1));
          if (left !== null) element.current?.scrollTo({ left, behavior: 'instant' });
        },
      }),
      [element, layout, available],
    ),
  );
  return useMemo(
    () => ({
      onScroll: (event) => {
        scrolled.current = event.currentTarget.scrollLeft;
      },
      onPointerEnter: () => {
        hovered.current = true;
      },
      onPointerLeave: () => {
        hovered.current = false;
      },
    }),
    [],
  );
};
