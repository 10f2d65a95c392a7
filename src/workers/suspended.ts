/** A run that has left the page, as far as it can come back. */
import type { Chronicle } from '../model/chronicle';
import type { RunSnapshot } from '../model/run';
import type { Settings } from '../model/settings';

/** A run that can come back as it was: values, and nothing on an engine. */
export interface Suspended {
  readonly runId: string;
  readonly textId: string;
  readonly settings: Settings;
  readonly layer: number;
  /** Null where nothing could be saved. */
  readonly snapshot: RunSnapshot | null;
  /** See HostCopies. */
  readonly healthy: RunSnapshot | null;
  /** Null where nobody remembers. */
  readonly chronicle: Chronicle | null;
  /** Symbols that its vocabulary has whatever its text has; null where there are none. */
  readonly before: Int32Array | null;
}
