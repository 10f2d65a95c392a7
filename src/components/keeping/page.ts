/**
 * What the page has loaded already, handed to the part that tells of saved runs: were it to import all of this itself, the
 * bundler would cut the first download into many files.
 */
import type { X } from 'lucide-react';
import type { quotation } from '../../model/text/display';
import type { Settings } from '../../model/settings';
import type { Messages } from '../messages';
import type { engineName, failureText } from '../messages/failures';
import type { Numbers } from '../messages/numbers';
import type { Notice, Way } from '../shell/Notice';
import type { useValueText } from '../shell/useValueText';

export interface Page {
  readonly words: Messages;
  readonly numbers: Numbers;
  readonly failureText: typeof failureText;
  readonly engineName: typeof engineName;
  readonly quotation: typeof quotation;
  readonly corpusTitle: (id: string) => string | null;
  /** What the text of that id brings. */
  readonly ownSettings: (corpus: string) => Partial<Settings>;
  readonly valueText: ReturnType<typeof useValueText>;
  readonly saveBlob: (blob: Blob, name: string) => void;
  readonly CloseSign: typeof X;
  readonly Notice: typeof Notice;
  readonly Way: typeof Way;
}
