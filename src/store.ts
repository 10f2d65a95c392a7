/** The page's state, as its views use it: a hook, and `getState` and `subscribe` for drawing loops. */
import { useStore, type StoreApi } from 'zustand';
import { shownRun, type PlaygroundState, type RunState } from './store/state';
import { browserEnvironment } from './store/browser';
import { createPlayground } from './store/playground';

export {
  awaitsOwnText,
  earlierRun,
  isFresh,
  isPreparing,
  OWN_TEXT,
  pendingChanges,
  samplesOf,
  shownRun,
} from './store/state';
export { charactersPerStep, offerOf, shownConfiguration } from './store/configuration';
export { doesFollow, followed, lookedFor, rankingsOf } from './store/following';
export { differsFromOwn, ownSettings } from './store/corpusSettings';
export type { OpenedRun } from './store/keepingState';
export type { Deed } from './workers/protocol';
export type { Language, NumberedSample, PlaygroundState, RunState, Theme, WantedText } from './store/state';

const playground = createPlayground(browserEnvironment());

/** Begins; called once, by main.tsx. */
export const startPlayground = (): void => {
  playground.start();
};

interface UsePlayground extends StoreApi<PlaygroundState> {
  /** What `selector` takes out of the state; the component renders again when that changes. */
  <T>(selector: (state: PlaygroundState) => T): T;
}

const useSelected = <T>(selector: (state: PlaygroundState) => T): T => useStore(playground.store, selector);

export const usePlayground: UsePlayground = Object.assign(useSelected, playground.store);

/** What `selector` takes out of the run on the page, null before there is one. */
export const useRun = <T>(selector: (run: RunState | null) => T): T =>
  usePlayground((state) => selector(shownRun(state)));
