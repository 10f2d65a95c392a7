/** Runs that come back by Undo and Redo: what the worker does not keep of them, and what they bring to the page. */
import { liveOf, pickSettings, SETTING_NAMES, SETTINGS } from '../model/settings';
import type { Client } from '../workers/client';
import type { WorkerEvent } from '../workers/protocol';
import { shownRun, type PlaygroundState, type RunState } from './state';

interface ReturnAccess {
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
  /** One run is shown in place of another. */
  readonly replaced: (event: Told<'replaced'>) => void;
  readonly heardDeeds: (event: Told<'deeds'>) => void;
  /** The run has described itself. */
  readonly described: (runId: string) => void;
  readonly forget: () => void;
}

/** Settings that neither start a run nor decide its numbers. */
const LOOKS = SETTING_NAMES.filter((name) => SETTINGS[name].effect === 'page');

export const createReturns = ({ get, set, post, adopt }: ReturnAccess): Returns => {
  /** Runs that have left the page and can come back. */
  const departed = new Set<string>();
  /** A run that came back and has not described itself yet; it was there before where it went back itself. */
  let returning: { readonly runId: string; readonly wasThere: boolean } | null = null;

  const stillThere = (): RunState[] => {
    const { runs } = get();
    return [...departed].filter((runId) => runId in runs).map((runId) => runs[runId]);
  };

  return {
    isKept: (textId) => stillThere().some(({ description }) => description?.textId === textId),
    haveLearnt: () => stillThere().some(({ metrics }) => metrics.step > 0),
    replaced: ({ runId, replaced }) => {
      const wasThere = runId === replaced;
      returning = wasThere || departed.has(runId) ? { runId, wasThere } : null;
      if (replaced !== null && get().runs[replaced].description !== null) departed.add(replaced);
    },
    heardDeeds: ({ undo, redo }) => {
      const there = new Set([...undo, ...redo].map((deed) => deed.runId));
      for (const runId of departed) if (!there.has(runId)) departed.delete(runId);
    },
    described: (runId) => {
      const description = shownRun(get())?.description;
      if (returning?.runId !== runId || !description) return;
      const { wasThere } = returning;
      returning = null;
      const { settings, heldBack, selection } = get();
      // How the reader looks at it stays.
      const looks = { ...pickSettings(settings, LOOKS), ...(wasThere && pickSettings(heldBack, LOOKS)) };
      const live = liveOf(description.settings);
      if (wasThere) {
        // What waits for a new run goes on waiting.
        const held = SETTING_NAMES.filter((name) => name in heldBack);
        set({
          settings: { ...settings, ...live, ...pickSettings(settings, held) },
          heldBack: { ...heldBack, ...pickSettings(live, held) },
        });
      } else {
        adopt(description.textId);
        set({ settings: { ...description.settings, ...looks } });
      }
      // What was changed while it was on its way went to the one before.
      post({ type: 'change', runId, settings: { ...looks, ...live } });
      post({ type: 'watch', runId, layer: selection.layer, pastStep: null });
    },
    forget: () => {
      departed.clear();
      returning = null;
    },
  };
};
