/** Which run the reader wants: a new one where the controls ask for it, else the one on the page does what is wished. */
import { SETTING_NAMES, SETTINGS, type SettingName, type Settings } from '../model/settings';
import type { Client } from '../workers/client';
import type { OpenRun } from '../workers/protocol';
import {
  isFresh,
  pendingChanges,
  shownRun,
  type OpeningRun,
  type PlaygroundState,
  type RunState,
  type Selection,
} from './state';

interface RunAccess {
  readonly get: () => PlaygroundState;
  readonly set: (patch: Partial<PlaygroundState>) => void;
  readonly post: Client['post'];
  /** A name that no other run has, of this visit or another one. */
  readonly newRunId: () => string;
}

type Wish = Pick<OpenRun, 'when' | 'then'>;

export interface RunWishes {
  /** A new run with the controls as they are, once the wanted text is there. */
  readonly open: (wish: Wish) => void;
  /**
   * The saved run that was read by that name; `runId` where it goes on being the run that it was. With `tunes` a new run on the
   * text of the page begins with its network.
   */
  readonly openSaved: (fileId: string, runId: string | null, tunes: boolean) => void;
  /** While there is nothing to lose, the run follows the controls. */
  readonly follow: () => void;
  /** Trains or steps: the run on the page, the one on its way there, or the new one that waits. */
  readonly act: (then: 'train' | 'step') => void;
  /** As `act`, but where the run on the page has made steps, what waits goes on waiting. */
  readonly carryOn: (then: 'train' | 'step') => void;
  readonly pause: () => void;
  /** Tells the run on the page, and the one on its way there, of settings that start no new run. */
  readonly tell: (before: Settings, next: Settings) => void;
  readonly watch: (selection: Pick<Selection, 'layer' | 'pastStep'>) => void;
  /** A new run that goes on from the one on the page as that was at the step that is looked at. */
  readonly fork: () => void;
  /** The wanted text is there, or another one in its place. */
  readonly textSettled: () => void;
  /** What was wished for the text to come is not wished any more. */
  readonly forget: () => void;
  /** The run that is on its way, and has not failed. */
  readonly active: () => OpeningRun | null;
}

export const createRunWishes = ({ get, set, post, newRunId }: RunAccess): RunWishes => {
  /** What the run that is being opened does once it is there. */
  let openingThen: OpenRun['then'] = 'wait';
  /** What was asked for while the wanted text was still loading. */
  let intent: Wish | null = null;

  const active = (): OpeningRun | null => {
    const { opening } = get();
    return opening?.failure === null ? opening : null;
  };
  const concerned = (): string[] => [get().shown, active()?.runId ?? null].filter((runId) => runId !== null);

  const open = ({ when, then }: Wish, runId = newRunId(), from: Pick<OpenRun, 'from' | 'tunes'> = {}) => {
    const { text, settings, shown, opening, selection } = get();
    if (text?.status !== 'ready') {
      intent = { when, then };
      return;
    }
    intent = null;
    openingThen = then;
    set({ opening: { runId, textId: text.textId, settings, failure: null } });
    const replaces = shown ?? opening?.runId ?? null;
    post({ type: 'open', runId, textId: text.textId, settings, replaces, when, then, ...from });
    if (selection.layer > 0) post({ type: 'watch', runId, layer: selection.layer, pastStep: null });
  };

  const follow = () => {
    const state = get();
    if (state.text?.status !== 'ready' || !isFresh(state)) return;
    const onItsWay = active();
    if (pendingChanges(state).length > 0 || (state.shown === null && onItsWay === null)) {
      open({ when: 'ready', then: onItsWay === null ? 'wait' : openingThen });
    } else if (onItsWay === null) set({ opening: null });
  };

  const onTheRun = ({ runId, phase }: RunState, then: 'train' | 'step') => {
    set({ opening: null });
    if (phase === 'failed') post({ type: 'resume', runId });
    post({ type: then, runId });
  };

  const act: RunWishes['act'] = (then) => {
    const state = get();
    const run = shownRun(state);
    const onItsWay = active();
    if (state.text?.status === 'loading') intent = { when: 'first-step', then };
    else if (pendingChanges(state).length > 0 || (state.shown === null && onItsWay === null)) {
      open({ when: 'first-step', then });
    } else if (onItsWay !== null) {
      openingThen = then;
      post({ type: then, runId: onItsWay.runId });
    } else if (run !== null) onTheRun(run, then);
  };

  return {
    open: (wish) => {
      open(wish);
    },
    openSaved: (fileId, runId, tunes) => {
      open({ when: 'ready', then: 'wait' }, runId ?? newRunId(), { from: fileId, tunes });
    },
    follow,
    active,
    act,
    carryOn: (then) => {
      const state = get();
      const run = shownRun(state);
      if (run === null || isFresh(state) || active() !== null) act(then);
      else onTheRun(run, then);
    },
    pause: () => {
      intent = null;
      openingThen = 'wait';
      for (const runId of concerned()) post({ type: 'pause', runId });
    },
    tell: (before, next) => {
      const changed = SETTING_NAMES.filter(
        (name) => SETTINGS[name].effect !== 'structural' && before[name] !== next[name],
      );
      if (changed.length === 0) return;
      const settings: Partial<Settings> = Object.fromEntries(changed.map((name) => [name, next[name]]));
      const { opening, heldBack } = get();
      set({
        heldBack: Object.fromEntries(
          Object.entries(heldBack).filter(([name]) => !changed.includes(name as SettingName)),
        ),
        opening: opening && { ...opening, settings: { ...opening.settings, ...settings } },
      });
      for (const runId of concerned()) post({ type: 'change', runId, settings });
    },
    watch: ({ layer, pastStep }) => {
      for (const runId of concerned()) post({ type: 'watch', runId, layer, pastStep });
    },
    fork: () => {
      const state = get();
      const { pastStep } = state.selection;
      const run = shownRun(state);
      const description = run?.description ?? null;
      if (pastStep === null || run === null || description === null || active() !== null) return;
      const { textId, settings } = description;
      const runId = newRunId();
      set({ opening: { runId, textId, settings, failure: null } });
      const wish = { when: 'ready', then: 'wait' } as const;
      post({ type: 'open', runId, textId, settings, replaces: run.runId, ...wish, pastStep });
    },
    textSettled: () => {
      const wish = intent;
      intent = null;
      if (wish !== null && get().text?.failure === null) open(wish);
      else follow();
    },
    forget: () => {
      intent = null;
    },
  };
};
