/** Moving the shared cursor and the shared unit, by pointer and by keys. */
import type { KeyboardEvent, MouseEvent, PointerEvent } from 'react';
import { usePlayground } from '../../store';
import { clampedSelection, shownCell, shownFrame } from './frame';
import { cellAt, columnAt, nearestRow, type ScoreLayout } from './layout';
import { axisFor, nearestUnit } from './trajectoryLayout';

/** How far beside the rows a finger may come down and still mean one of them, in CSS pixels. */
const FINGER = 12;

/** Unit under height `y`: of a band's row, or of the nearest trajectory; null elsewhere. A finger means the nearest row. */
const unitAt = (
  layout: ScoreLayout,
  order: readonly number[],
  { column, y, isFinger }: { readonly column: number; readonly y: number; readonly isFinger: boolean },
): number | null => {
  const cell = cellAt(layout, y);
  if (cell) return cell.row === null ? null : (order[cell.row] ?? null);
  const near = isFinger ? nearestRow(layout, y, FINGER) : null;
  if (near !== null) return order[near] ?? null;
  const { top, height } = layout.trajectories;
  const state = usePlayground.getState();
  const frame = shownFrame(state);
  if (!frame || y < top || y >= top + height) return null;
  const { carried } = shownCell(state);
  const { unit } = clampedSelection(state, frame);
  const axis = axisFor(frame, { height, carried, scale: state.selection.scale, unit });
  return nearestUnit(frame, axis, carried, column, y - top);
};

/** A mouse and a pen point before they press; a finger that moves scrolls the page. */
export const hoverColumn = (layout: ScoreLayout, event: PointerEvent): void => {
  if (event.pointerType === 'touch') return;
  const { selection, actions } = usePlayground.getState();
  const column = columnAt(layout, event.nativeEvent.offsetX);
  if (!selection.pinned && column !== selection.cursor) actions.moveCursor(column, false);
};

/** Pins the cursor here, and lets it go where it is pinned already. */
export const clickColumn = (layout: ScoreLayout, event: MouseEvent): void => {
  const state = usePlayground.getState();
  const column = columnAt(layout, event.nativeEvent.offsetX);
  const again = state.selection.pinned && column === clampedSelection(state, layout).cursor;
  state.actions.moveCursor(column, !again);
};

/** Pins the cursor here and selects the unit here; the same place again lets go. */
export const clickScore = (layout: ScoreLayout, order: readonly number[], event: MouseEvent): void => {
  const state = usePlayground.getState();
  const { selection, actions } = state;
  const column = columnAt(layout, event.nativeEvent.offsetX);
  const current = clampedSelection(state, layout);
  // A click has the type of its pointer, where the browser tells it.
  const isFinger = 'pointerType' in event.nativeEvent && event.nativeEvent.pointerType === 'touch';
  const unit = unitAt(layout, order, { column, y: event.nativeEvent.offsetY, isFinger }) ?? current.unit;
  const again = selection.pinned && column === current.cursor && unit === current.unit;
  if (unit !== current.unit) actions.select({ unit });
  actions.moveCursor(column, !again);
};

/** Units that Page Up and Page Down jump over. */
const PAGE = 10;

/** Selects the unit so many rows further down. */
export const moveByRows = (order: readonly number[], rows: number): void => {
  const { selection, actions } = usePlayground.getState();
  const row = Math.min(order.length - 1, Math.max(0, order.indexOf(selection.unit) + rows));
  actions.select({ unit: order[row] });
};

/** Whether the key meant something to the score. Space stays the page's own. Units are walked in the order of their rows. */
export const steerScore = (layout: ScoreLayout, order: readonly number[], event: KeyboardEvent): boolean => {
  if (event.altKey || event.ctrlKey || event.metaKey) return false;
  const state = usePlayground.getState();
  const { selection, actions } = state;
  const { cursor } = clampedSelection(state, layout);
  const toColumn = (column: number): void => {
    actions.moveCursor(Math.min(layout.T - 1, Math.max(0, column)), selection.pinned);
  };
  const byRows = (rows: number): void => {
    moveByRows(order, rows);
  };
  switch (event.key) {
    case 'ArrowLeft':
      toColumn(cursor - 1);
      break;
    case 'ArrowRight':
      toColumn(cursor + 1);
      break;
    case 'ArrowUp':
      byRows(-1);
      break;
    case 'ArrowDown':
      byRows(1);
      break;
    case 'PageUp':
      byRows(-PAGE);
      break;
    case 'PageDown':
      byRows(PAGE);
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
