/** What went wrong, in both languages: what was found, and what to do about it. */
import type { Failure, FailureCode, RunFileFault } from '../../model/failures';
import { displayCharacter, quotation } from '../../model/text/display';
import type { EngineName } from '../../model/kernels/engines';
import type { Language } from '../../store';
import { engineNames } from './controls';
import { encodingName } from './encodings';
import type { Numbers } from './numbers';

export interface FailureText {
  /** What was found. */
  readonly found: string;
  /** What to do. */
  readonly remedy: string;
}

export type FailureTexts = {
  readonly [C in FailureCode]: (failure: Extract<Failure, { code: C }>, numbers: Numbers) => FailureText;
};

/** Engines are called the same in both languages. */
export const engineName = (engine: string): string =>
  Object.hasOwn(engineNames, engine) ? engineNames[engine as EngineName] : engine;

const damageInEnglish = (fault: RunFileFault): string => {
  switch (fault.kind) {
    case 'foreign':
      return 'This file is no saved run.';
    case 'incomplete':
      return 'This saved run is not whole: a part of it is missing, or something was added to it.';
    case 'changed':
      return 'This saved run is damaged: its content has changed since it was saved.';
    case 'unreadable':
      return `This saved run is damaged: its part “${quotation(fault.where)}” cannot be read.`;
    case 'missing':
      return `This saved run is damaged: its part “${quotation(fault.where)}” is missing.`;
    case 'unknown':
      return `This saved run is damaged: it has a part “${quotation(fault.where)}”, which no run has.`;
    case 'size':
      return `This saved run is damaged: its part “${quotation(fault.where)}” is not of the size that its network has.`;
    case 'not-finite':
      return `This saved run is damaged: its part “${quotation(fault.where)}” holds what is no finite number.`;
    case 'bounds':
      return `This saved run is damaged: its “${quotation(fault.where)}” is ${quotation(fault.value)}, which cannot be.`;
  }
};

/** More names than these say nothing more. */
const MOST_NAMES = 5;

export const enumeration = (names: readonly string[], language: Language, n: Numbers): string => {
  const more = names.length - MOST_NAMES;
  const shown = names.slice(0, more > 0 ? MOST_NAMES : undefined).map((name) => `“${quotation(name)}”`);
  if (language === 'zh') return shown.join('、') + (more > 0 ? ` 以及另外 ${n.integer(more)} 个` : '');
  return shown.join(', ') + (more > 0 ? ` and ${n.integer(more)} more` : '');
};

export const en: FailureTexts = {
  'text-empty': ({ name }) => ({
    found: name === undefined ? 'The text is empty.' : `“${quotation(name)}” is empty.`,
    remedy: 'Paste or open a text of at least 100 characters.',
  }),
  'text-too-short': ({ characters, needed }, n) => ({
    found: `The text has ${n.integer(characters)} characters; training needs at least ${n.integer(needed)}.`,
    remedy: 'Add to it, or repeat it a few times.',
  }),
  'text-one-character': ({ character }) => ({
    found: `Every character of the text is the same, “${displayCharacter(character.codePointAt(0) ?? -1)}”, so there is nothing to predict.`,
    remedy: 'Use a text with at least two different characters.',
  }),
  'text-binary': ({ name }) => ({
    found: `“${quotation(name)}” is not text: it holds bytes that no text has.`,
    remedy: 'Open a plain text file; a Word or PDF document has to be saved as plain text first.',
  }),
  'text-encoding-unclear': ({ name }) => ({
    found: `It is not certain how “${quotation(name)}” is encoded.`,
    remedy: 'Choose the version that reads right.',
  }),
  'text-with-nuls': ({ count }, n) => ({
    found: `The text holds NUL characters (${n.integer(count)}), which no text has.`,
    remedy: 'Take them out, or use another text.',
  }),
  'text-undecodable': ({ encoding }) => ({
    found: `The file cannot be read as ${encodingName(encoding)}.`,
    remedy: 'Choose another encoding, or save the file as UTF-8.',
  }),
  'text-too-large': ({ bytes, limit }, n) => ({
    found: `The text has ${n.bytes(bytes, limit)}; at most ${n.bytes(limit)} can be read.`,
    remedy: 'Use a part of it: a few megabytes are more than enough.',
  }),
  'file-unreadable': ({ name, reason }) =>
    reason === 'gone'
      ? {
          found: `“${quotation(name)}” is not there any more, or is a folder.`,
          remedy: 'Open it where it is now, or paste its text.',
        }
      : {
          found: `“${quotation(name)}” could not be read: it was changed after it was chosen, or the browser may not read it.`,
          remedy: 'Open it once more, or paste its text.',
        },
  'file-folder': ({ name }) => ({
    found: `“${quotation(name)}” is a folder.`,
    remedy: 'Open it, and drop one text file out of it.',
  }),
  'files-several': ({ names }, n) => ({
    found: `Several files were dropped at once: ${enumeration(names, 'en', n)}.`,
    remedy: 'The network reads one text at a time: drop one of them, or join them into one file.',
  }),
  'corpus-unknown': ({ id }) => ({
    found: `There is no corpus “${quotation(id)}” here.`,
    remedy: 'Choose another one. The link may come from a copy of this page that has more of them.',
  }),
  'corpus-unreachable': ({ id, cause }) => ({
    found: `The corpus “${quotation(id)}” could not be loaded (${cause}).`,
    remedy: 'Try again, or choose another one.',
  }),
  'catalogue-unreachable': ({ cause }) => ({
    found: `The list of corpora could not be loaded (${cause}).`,
    remedy: 'Try again, or use a text of your own.',
  }),
  'too-large-for-memory': ({ bytes, limit, nearest }, n) => ({
    found: `This network needs ${n.bytes(bytes, limit)} of memory; ${n.bytes(limit)} can be had.`,
    remedy:
      `The nearest that fits has ${n.integer(nearest.units)} units, a batch of ${n.integer(nearest.batch)} ` +
      `and a length of ${n.integer(nearest.length)}.`,
  }),
  'engine-unavailable': ({ engine, cause }) => ({
    found: `${engineName(engine)} cannot be used here (${cause}).`,
    remedy: 'Another engine trains instead. Updating the browser or the graphics driver may help.',
  }),
  'device-lost': ({ engine, cause }) => ({
    found: `The graphics device was taken away from ${engineName(engine)} (${cause}).`,
    remedy: 'Start again from the seed, or choose another engine.',
  }),
  'device-error': ({ engine, cause }) => ({
    found: `${engineName(engine)} reported an error (${cause}), so its numbers can no longer be trusted.`,
    remedy: 'Start again from the seed, or choose another engine.',
  }),
  'step-abandoned': ({ engine }) => ({
    found: `A step on ${engineName(engine)} took long and was given up.`,
    remedy: 'Another engine may be faster; so is a smaller network.',
  }),
  'thread-lost': ({ cause }) => ({
    found: `A thread that shared the work has stopped (${cause}).`,
    remedy: 'Training goes on with fewer threads: the same numbers, only slower. The next run asks for new ones.',
  }),
  'not-finite': ({ step, quantity }, n) => ({
    found:
      `At step ${n.integer(step)} the ${quantity} was no longer a finite number: the steps had become too large. ` +
      'The network has gone back to a step at which it was still in good order.',
    remedy: 'Go on with a smaller learning rate, clip the gradient harder, or reset.',
  }),
  'run-file-damaged': ({ fault }) => ({
    found: damageInEnglish(fault),
    remedy:
      fault.kind === 'foreign'
        ? 'Choose a file in which this program has saved a run. The run on the page goes on untouched.'
        : 'Copy or download it again, or take an earlier one. The run on the page goes on untouched.',
  }),
  'run-file-newer': ({ version, known }, n) => ({
    found:
      `This run was saved by a newer version of this program: its format is number ${n.integer(version)}, ` +
      `and this page reads up to number ${n.integer(known)}.`,
    remedy: 'Open it with a newer version. The run on the page goes on untouched.',
  }),
  'storage-full': () => ({
    found: 'There is no room left in the browser’s storage.',
    remedy: 'Training goes on. Save the run as a file, or free some room.',
  }),
  'storage-refused': ({ cause }) => ({
    found: `The browser’s storage cannot be used (${cause}).`,
    remedy: 'Training goes on. Save the run as a file before you leave; a private window may keep nothing.',
  }),
  'part-unreachable': ({ cause }) => ({
    found: `A part of the page that is needed for this could not be fetched (${cause}).`,
    remedy: 'Try again once the connection is there.',
  }),
  'browser-lacks': ({ what }) => ({
    found: `This browser lacks ${what}, or keeps it from the page.`,
    remedy:
      'Use a current version of Chrome, Edge, Firefox or Safari; a setting or an extension may also be in the way.',
  }),
  'worker-died': ({ cause, times }, n) => ({
    found: `The part of the program that trains has stopped (${cause})${times === undefined ? '' : `, ${n.integer(times)} times within a minute`}.`,
    remedy: 'Start it again. Settings and text stay; the run comes back as it was saved last, or begins from its seed.',
  }),
  unexpected: ({ cause }) => ({
    found: `Something happened that should not (${cause}).`,
    remedy: 'Reset, or reload the page. If it comes back, please report it with these words.',
  }),
};

/** A failure in the words of one catalogue. */
export const failureText = (texts: FailureTexts, failure: Failure, numbers: Numbers): FailureText => {
  // TypeScript cannot see that the function under a failure's own code takes that failure.
  const text = texts[failure.code] as (failure: Failure, numbers: Numbers) => FailureText;
  return text(failure, numbers);
};
