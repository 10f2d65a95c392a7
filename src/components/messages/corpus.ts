/** The words about the text that the network reads, in both languages. */
import { UNKNOWN_SIGN } from '../../model/text/display';
import type { WantedText } from '../../store';
import { counted } from './numbers';

type Stage = WantedText['stage'];

const stages: Readonly<Record<Stage, string>> = {
  reading: 'Reading the text',
  decoding: 'Decoding the text',
  counting: 'Counting its characters',
};

export const en = {
  language: (tag: string): string =>
    tag === 'task' ? 'Toy tasks' : tag === 'mul' ? 'Several languages' : 'Made-up languages',
  own: 'Your own text',
  missing: (id: string) => `${id} (not here)`,
  made: 'How it was made:',
  beginning: 'How it begins',
  characters: (count: string) => `${count} characters`,
  distinct: (count: string) => `${count} distinct`,
  vocabulary: (symbols: string) => `The network’s vocabulary has ${symbols} symbols.`,
  vocabularyCut: (distinct: string, share: string) =>
    `${counted(distinct, 'rare character', 'rare characters')} (${share} of the training part) became the unknown symbol, shown as ${UNKNOWN_SIGN}.`,
  vocabularyUnseen: (distinct: string, share: string) =>
    `${counted(distinct, 'character is', 'characters are')} not in the training part and read as the unknown symbol, shown as ${UNKNOWN_SIGN} (${share} of the held-out part).`,
  parts: (train: string, heldOut: string) => `${train} characters to train on, ${heldOut} held out.`,
  frequent: 'Most frequent characters',
  newlines: (count: string) => `${counted(count, 'line end was', 'line ends were')} made LF.`,
  bom: 'A byte order mark was removed.',
  replaced: (count: string) =>
    `In ${counted(count, 'place', 'places')} the bytes make no character of this encoding: shown as �.`,
  cutOff: 'The file ends inside a character, which was left out.',
  nulsRemoved: (count: string) => `${counted(count, 'NUL was', 'NULs were')} taken out.`,
  encoding: 'Encoding',
  about: 'More about this text',
  yourText: 'Your text',
  yourTextHint: 'Paste here, or drop a file anywhere on the page.',
  use: 'Use this text',
  open: 'Open a file',
  tookPaste: (characters: string) => `Took the pasted text of ${characters} characters.`,
  drop: 'Drop the file to use it',
  stages,
  cancel: 'Cancel',
  retry: 'Try again',
  /** Behind what a corpus' note promises, where the settings are others. */
  promisedWithOwn: 'So it is with the settings that suit this text.',
  settings: {
    own: { use: 'Use the settings that suit this text', used: 'With the settings that suit it' },
    general: { use: 'Use the general settings', used: 'With the general settings' },
  },
  repeat: 'Repeat it until it is long enough',
  another: 'Open another file',
  first: (bytes: string) => `Use its first ${bytes}`,
  removeNuls: (count: string) => `Take the NULs out (${count})`,
};

export type CorpusMessages = typeof en;
