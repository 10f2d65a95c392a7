/** What the page knows of saved runs, and what a reader can do with them. */
import type { Failure } from '../model/failures';
import type { EngineName } from '../model/kernels/engines';
import type { Keeping, KeptList, KeptOrder, ReadRun } from '../workers/protocol';

/** A saved run on its way to the page. */
export interface OpenedRun {
  readonly fileId: string;
  /** Of the file; null where the run was kept by the page itself. */
  readonly name: string | null;
  /**
   * 'text': its text is on the way; 'asks': nobody but the reader has it; 'either': it is at hand, and so is another one that
   * the reader has chosen.
   */
  readonly status: 'reading' | 'text' | 'asks' | 'either' | 'failed';
  /** Null until it has been read. */
  readonly run: ReadRun | null;
  readonly failure: Failure | null;
}

/** A run that an earlier visit has left, and that is not on the page. */
export interface OfferedRun {
  readonly runId: string;
  readonly step: number;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}

/** A run that was taken from what computed it, and is back: as it was saved, or from its seed. */
export interface ReturnedRun {
  readonly failure: Failure;
  /** The step at which it was last seen. */
  readonly from: number;
  /** The step at which it stands, and the engine; null until it is there. */
  readonly step: number | null;
  readonly engine: EngineName | null;
}

export interface KeepingFacts {
  /** What was said last of keeping runs, and when, in milliseconds since 1970; null until there is something to say. */
  readonly keeping: (Keeping & { readonly at: number }) | null;
  readonly opened: OpenedRun | null;
  readonly offered: OfferedRun | null;
  /** What the worker has said last of all kept runs, or why it could not; null where nobody has asked. */
  readonly keptRuns: KeptList | Failure | null;
  /** Null once it has gone on. */
  readonly returned: ReturnedRun | null;
}

export interface KeepingActions {
  /** Hands the run on the page to `take`, as a file with a name. */
  readonly saveRun: (take: (file: Blob, name: string) => void) => void;
  /** Opens a saved run: it takes the place of the one on the page once it is read and its text is there. */
  readonly openRun: (file: File) => void;
  /** The saved run is not to be opened any more. */
  readonly dismissOpened: () => void;
  /** Opens a run that is kept, as one that was offered: it takes the place of the one on the page. */
  readonly goOn: (runId: string) => void;
  readonly orderKept: (order: KeptOrder) => void;
  readonly duplicateKept: (runId: string, name: string) => void;
  readonly dismissOffered: () => void;
  /** A new run on the text of the page begins with the network of the opened run, which has read another one. */
  readonly fineTune: () => void;
  /** The opened run takes the page with its own text, where either is at hand. */
  readonly openWithItsText: () => void;
  readonly dismissReturned: () => void;
}

export const NOTHING_KEPT: KeepingFacts = {
  keeping: null,
  opened: null,
  offered: null,
  keptRuns: null,
  returned: null,
};
