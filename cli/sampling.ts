/** Text out of a saved run, written to a stream while it grows. */
import { performance } from 'node:perf_hooks';
import { createSimdKernels } from '../src/model/kernels/simd';
import { openNetwork } from '../src/model/savedNetwork';
import { displayText } from '../src/model/text/display';
import { FileError } from './failures';
import { compileProgram } from './program';
import type { SampleCommand } from './sampleOptions';
import { lacksVocabulary, readSavedRun } from './savedRun';
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

/** The prompt and what follows it, and a newline. Ends where nobody reads any more. @throws {FileError | FailureError} */
export const sample = async ({ file, given }: SampleCommand, output: Output): Promise<void> => {
  const { snapshot, vocabulary } = readSavedRun(file);
  if (vocabulary === null) throw lacksVocabulary(file);
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
