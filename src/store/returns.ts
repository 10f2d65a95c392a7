/** Runs that come back by Undo and Redo: what the worker does not keep of them, and what they bring to the page. */
import { liveOf, SETTING_NAMES, SETTINGS, type SettingName, type Settings } from '../model/settings';
import type { Client } from '../workers/client';
import type { Event as WorkerEvent } from '../workers/protocol';
import type { PlaygroundState } from './state';

interface Hands {
  readonly get: () => PlaygroundState;
  readonly set: (patch: Partial<PlaygroundState>) => void;
  readonly post: Client['post'];
  /** Makes the text of the run that came back the wanted one. */
  readonly adopt: (textId: string) => void;
}

type Told<T extends WorkerEvent['type']> = Extract<WorkerEvent, { readonly type: T }>;

export interface Returns {
  /** Whether a run of that text can come back. */
  readonly isKept: (textId: string) => boolean;
  /** Whether one that has made steps can come back. */
  readonly haveLearnt: () => boolean;
  /** One run is shown in place of another; the state was `before`. */
  readonly replaced: (event: Told<'replaced'>, before: Pick<PlaygroundState, 'run' | 'samples'>) => void;
  readonly heardDeeds: (event: Told<'deeds'>) => void;
  /** The run has described itself. */
  readonly described: (runId: string) => void;
  readonly forget: () => void;
}

/** Settings that neither start a run nor decide its numbers. */
const LOOKS = SETTING_NAMES.filter((name) => SETTINGS[name].effect === 'page');

const pick = (from: Partial<Settings>, names: readonly SettingName[]): Partial<Settings> =>
  Object.fromEntries(names.filter((name) => name in from).map((name) => [name, from[name]]));

export const createReturns = ({ get, set, post, adopt }: Hands): Returns => {
  const departed = new Map<
    string,
    { readonly textId: string; readonly samples: PlaygroundState['samples']; readonly hasLearnt: boolean }
  >();
  /** A run that came back and has not described itself yet; it was there before where it went back itself. */
  let returning: { readonly runId: string; readonly wasThere: boolean } | null = null;

  return {
    isKept: (textId) => [...departed.values()].some((run) => run.textId === textId),
    haveLearnt: () => [...departed.values()].some((run) => run.hasLearnt),
    replaced: ({ runId, replaced }, { run, samples }) => {
      if (run?.description) {
        departed.set(run.runId, { textId: run.description.textId, samples, hasLearnt: run.metrics.step > 0 });
      }
      const back = departed.get(runId);
      const wasThere = runId === replaced;
      returning = wasThere || back !== undefined ? { runId, wasThere } : null;
      if (back !== undefined) set({ samples: back.samples });
    },
    heardDeeds: ({ undo, redo }) => {
      const there = new Set([...undo, ...redo].map(({ runId }) => runId));
      for (const runId of departed.keys()) if (!there.has(runId)) departed.delete(runId);
    },
    described: (runId) => {
      const description = get().run?.description;
      if (returning?.runId !== runId || !description) return;
      const { wasThere } = returning;
      returning = null;
      const { settings, heldBack, selection } = get();
      // How the reader looks at it stays.
      const looks = { ...pick(settings, LOOKS), ...(wasThere && pick(heldBack, LOOKS)) };
      const live = liveOf(description.settings);
      if (wasThere) {
        // What waits for a new run goes on waiting.
        const held = SETTING_NAMES.filter((name) => name in heldBack);
        set({
          settings: { ...settings, ...live, ...pick(settings, held) },
          heldBack: { ...heldBack, ...pick(live, held) },
        });
      } else {
        adopt(description.textId);
        set({ settings: { ...description.settings, ...looks } });
      }
      // What was changed while it was on its way went to the one before.
      post({ type: 'change', runId, settings: { ...looks, ...live } });
      post({ type: 'watch', runId, layer: selection.layer });
    },
    forget: () => {
      departed.clear();
      returning = null;
    },
  };
};
