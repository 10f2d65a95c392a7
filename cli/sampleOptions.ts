/** The command line of `npm run sample`. */
import { Command } from 'commander';
import { USUAL_LENGTH } from '../src/model/sampling';
import type { Settings } from '../src/model/settings';
import { UNKNOWN_SIGN } from '../src/model/text/display';
import { EXIT } from './failures';
import { optionOf, parseCount } from './settingOptions';
import type { Wishes } from './writing';

export interface SampleCommand {
  /** Path of the saved run. */
  readonly file: string;
  /** Path of the text that it was trained on; null where the file holds its vocabulary. */
  readonly text: string | null;
  /** What was asked for; the rest is as the run has it. */
  readonly given: Partial<Wishes>;
}

/** What else there is of the page's settings of samples. */
const NAMES = ['prompt', 'temperature', 'topK', 'topP', 'seed'] as const;

const MORE = `
What is not given is as in the saved run. Without --seed the text is the page's first sample at the step of the run; the same file and options write the same text on every machine.
The prompt stands before what the network writes. A character of it that the network does not know is named, and read as the unknown symbol, which it writes as ${UNKNOWN_SIGN}, or left out where the network has none.
The text is needed only for a file of the first version, from the time before a saved run held its vocabulary. On a terminal invisible and control characters are escaped; anywhere else the text is written as it is, in UTF-8.
Exit codes: ${String(EXIT.done)} done, ${String(EXIT.failed)} failed, ${String(EXIT.usage)} not understood.`;

const createCommand = (): Command => {
  const command = new Command('sample')
    .description('Writes text with the network of a saved run, character by character, on the simd engine.')
    .argument('<file>', 'a run that the page, or npm run train with --out or --every, has saved')
    .option(
      '--length <count>',
      `characters to write, 1 or more (default: as the run has it, else ${String(USUAL_LENGTH)})`,
      parseCount,
    )
    .option('--text <path>', 'the text that the run was trained on, for a file of the first version')
    .addHelpText('after', MORE)
    .showHelpAfterError('(see npm run sample -- --help)')
    .exitOverride();
  for (const name of NAMES) command.addOption(optionOf(name, 'as the run has it'));
  return command;
};

/** @throws {CommanderError} where it is not understood; commander has said why then */
export const parseSampleCommand = (words: readonly string[]): SampleCommand => {
  const command = createCommand();
  command.parse([...words], { from: 'user' });
  const { length, text, ...given } = command.opts<
    Partial<Pick<Settings, (typeof NAMES)[number]>> & { length?: number; text?: string }
  >();
  return {
    file: command.args[0],
    text: text ?? null,
    given: { ...given, ...(length !== undefined && { sampleLength: length }) },
  };
};
