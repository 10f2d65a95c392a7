/** Moving the shared cursor and the shared unit, by pointer and by keys. */
import type { KeyboardEvent, MouseEvent, PointerEvent } from 'react';
import { usePlayground } from '../../store';
import { clampedSelection, shownFrame } from './frame';
import { cellAt, columnAt, type ScoreLayout } from './layout';
import { rangesOf } from './ranges';
import { nearestUnit } from './trajectoryLayout';

/** Unit under height `y`: of a band's row, or of the nearest trajectory; null elsewhere. */
const unitAt = (layout: ScoreLayout, column: number, y: number): number | null => {
  const cell = cellAt(layout, y);
  if (cell) return cell.unit;
  const { top, height } = layout.trajectories;
  const frame = shownFrame(usePlayground.getState());
  if (!frame || y < top || y >= top + height) return null;
  return nearestUnit(frame, { height, range: rangesOf(frame).lines ?? 1 }, column, y - top);
};

export const hoverScore = (layout: ScoreLayout, event: PointerEvent): void => {
  const { selection, actions } = usePlayground.getState();
  const column = columnAt(layout, event.nativeEvent.offsetX);
  if (!selection.pinned && column !== selection.cursor) actions.moveCursor(column, false);
};

/** Pins the cursor here and selects the unit here; the same place again lets go. */
export const clickScore = (layout: ScoreLayout, event: MouseEvent): void => {
  const state = usePlayground.getState();
  const { selection, actions } = state;
  const column = columnAt(layout, event.nativeEvent.offsetX);
  const current = clampedSelection(state, layout);
  const unit = unitAt(layout, column, event.nativeEvent.offsetY) ?? current.unit;
  const again = selection.pinned && column === current.cursor && unit === current.unit;
  if (unit !== selection.unit) actions.select({ unit });
  actions.moveCursor(column, !again);
};

/** Units that Page Up and Page Down jump over. */
const PAGE = 10;

/** Whether the key meant something to the score. Space stays the page's own. */
export const steerScore = (layout: ScoreLayout, event: KeyboardEvent): boolean => {
  if (event.altKey || event.ctrlKey || event.metaKey) return false;
  const state = usePlayground.getState();
  const { selection, actions } = state;
  const { cursor, unit } = clampedSelection(state, layout);
  const toColumn = (column: number): void => {
    actions.moveCursor(Math.min(layout.T - 1, Math.max(0, column)), selection.pinned);
  };
  const toUnit = (wanted: number): void => {
    actions.select({ unit: Math.min(layout.H - 1, Math.max(0, wanted)) });
  };
  switch (event.key) {
    case 'ArrowLeft':
      toColumn(cursor - 1);
      break;
    case 'ArrowRight':
      toColumn(cursor + 1);
      break;
    case 'ArrowUp':
      toUnit(unit - 1);
      break;
    case 'ArrowDown':
      toUnit(unit + 1);
      break;
    case 'PageUp':
      toUnit(unit - PAGE);
      break;
    case 'PageDown':
      toUnit(unit + PAGE);
      break;
    case 'Home':
      toColumn(0);
      break;
    case 'End':
      toColumn(layout.T - 1);
      break;
    case 'Enter':
      actions.moveCursor(cursor, !selection.pinned);
      break;
    default:
      return false;
  }
  event.preventDefault();
  // The page's own shortcuts move the same cursor: one key, one move.
  event.stopPropagation();
  return true;
};
