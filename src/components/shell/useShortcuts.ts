/** The page's one listener for keys. */
import { useEffect } from 'react';
import { shownRun, usePlayground } from '../../store';
import { placeOf, shortcutOf, type Shortcut } from './shortcuts';

const within = (value: number, count: number): number => Math.min(count - 1, Math.max(0, value));

const act = (shortcut: Shortcut, openHelp: () => void): void => {
  const state = usePlayground.getState();
  const { actions, selection } = state;
  const run = shownRun(state);
  const frame = run?.readings.probe;
  switch (shortcut) {
    case 'train':
      if (run?.phase === 'running') actions.pause();
      // A key is pressed without a look at what waits: a new run is begun by what can be seen.
      else actions.carryOn('train');
      break;
    case 'step':
      actions.carryOn('step');
      break;
    case 'reset':
      actions.reset();
      break;
    case 'help':
      openHelp();
      break;
    case 'left':
    case 'right':
      if (frame) {
        const column = within(selection.cursor + (shortcut === 'right' ? 1 : -1), frame.T);
        actions.moveCursor(column, selection.pinned);
      }
      break;
    case 'up':
    case 'down':
      if (frame) actions.select({ unit: within(selection.unit + (shortcut === 'down' ? 1 : -1), frame.H) });
      break;
  }
};

export const useShortcuts = (openHelp: () => void): void => {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // A figure that took the key for itself has said so.
      if (event.defaultPrevented || !usePlayground.getState().shortcuts) return;
      const shortcut = shortcutOf(event, placeOf(event.target));
      if (shortcut === null) return;
      event.preventDefault();
      act(shortcut, openHelp);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
    };
  }, [openHelp]);
};
