/** Text out of a saved run, written to a stream while it grows. */
import { performance } from 'node:perf_hooks';
import { createSimdKernels } from '../src/model/kernels/simd';
import { openNetwork } from '../src/model/savedNetwork';
import type { RunSnapshot } from '../src/model/snapshot';
import { displayText } from '../src/model/text/display';
import type { Vocabulary } from '../src/model/text/types';
import { createDataset } from '../src/model/text/vocabulary';
import { FileError } from './failures';
import { compileProgram } from './program';
import type { SampleCommand } from './sampleOptions';
import { lacksVocabulary, readSavedRun } from './savedRun';
import { readText } from './text';
import { nameUnknown, startWriting } from './writing';

/** Milliseconds from one look of a reader to the next. */
const BEAT = 30;

/** The part of a stream that is used. */
export interface Output {
  readonly isTTY?: boolean;
  readonly write: (text: string, done: (error?: Error | null) => void) => unknown;
  readonly on: (event: 'error', listener: () => void) => unknown;
}

/** Resolves to whether somebody still reads. @throws {FileError} where it cannot be written */
const print = (output: Output, text: string): Promise<boolean> =>
  new Promise((resolve, reject) => {
    output.write(output.isTTY === true ? displayText(text) : text, (error) => {
      if (!error) resolve(true);
      else if ('code' in error && error.code === 'EPIPE') resolve(false);
      else reject(new FileError(`Cannot write the text (${error.message}).`));
    });
  });

/** That of a file of the first version, out of the text that it was trained on. @throws {FileError | FailureError} */
const vocabularyOf = ({ settings, textHash }: RunSnapshot, file: string, path: string | null): Vocabulary => {
  if (path === null) throw lacksVocabulary(file, 'Give the text that it was trained on: --text TEXT.');
  const text = readText({ text: path, encoding: null, removeNuls: false });
  if (text.hash !== textHash) throw new FileError(`${file} was not trained on ${path}.`);
  return createDataset(text, settings).vocabulary;
};

/** The prompt and what follows it, and a newline. Ends where nobody reads any more. @throws {FileError | FailureError} */
export const sample = async ({ file, text: path, given }: SampleCommand, output: Output): Promise<void> => {
  const saved = readSavedRun(file);
  const { snapshot } = saved;
  const vocabulary = saved.vocabulary ?? vocabularyOf(snapshot, file, path);
  // What could not be written is told to whoever wrote it.
  output.on('error', () => undefined);
  const network = openNetwork(await createSimdKernels(await compileProgram()), snapshot, vocabulary);
  try {
    const wishes = { ...snapshot.settings, ...given };
    const { prompt, unknown, text } = startWriting(network, vocabulary.codePoints, wishes, snapshot.counters.step);
    nameUnknown(unknown);
    let waiting = prompt;
    let printed = performance.now();
    for await (const character of text) {
      waiting += character;
      if (performance.now() - printed < BEAT) continue;
      if (!(await print(output, waiting))) return;
      waiting = '';
      printed = performance.now();
    }
    await print(output, `${waiting}\n`);
  } finally {
    network.dispose();
  }
};
