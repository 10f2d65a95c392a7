/**
 * What the page has loaded already, handed to the part that tells of saved runs: were it to import all of this itself, the
 * bundler would cut the first download into many files.
 */
import type { quotation } from '../../model/text/display';
import type { Messages } from '../messages';
import type { failureText } from '../messages/failures';
import type { Numbers } from '../messages/numbers';
import type { Notice, Way } from '../shell/Notice';

export interface Page {
  readonly words: Messages;
  readonly numbers: Numbers;
  readonly failureText: typeof failureText;
  readonly quotation: typeof quotation;
  readonly saveBlob: (blob: Blob, name: string) => void;
  readonly Notice: typeof Notice;
  readonly Way: typeof Way;
}
