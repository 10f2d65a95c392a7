/** The command line of `npm run train`: the settings of the page as options, and what there is besides. */
import { Command, Option } from 'commander';
import { DECIDING_NAMES, isStructural } from '../src/model/settings';
import type { SettingName, Settings } from '../src/model/settings';
import { TASKS } from '../src/model/text/tasks';
import { ENCODINGS, type Encoding } from '../src/model/text/types';
import { EXIT, UsageError } from './failures';
import { TASK_FORM } from './tasks';
import { dashed, optionOf, OPTION_SETTINGS, parseCount } from './settingOptions';

export interface TrainCommand {
  /** Path of the text, or a toy task: `task:NAME`. */
  readonly text: string;
  /** Null: by what the bytes look like. */
  readonly encoding: Encoding | null;
  readonly removeNuls: boolean;
  /** The settings that were given. */
  readonly given: Partial<Settings>;
  /** The last step to be made, counted from the beginning of the run. */
  readonly steps: number;
  readonly log: string | null;
  readonly out: string | null;
  /** Steps from one checkpoint to the next; they are named after `out`. Null: none. */
  readonly every: number | null;
  readonly resume: string | null;
  /** A saved run whose network a new run begins with. */
  readonly fineTune: string | null;
  readonly json: boolean;
  /** Whether the network is to write at the end. */
  readonly sample: boolean;
}

const DEFAULT_STEPS = 1000;

const EXITS = `
Exit codes: ${String(EXIT.done)} done, ${String(EXIT.failed)} failed, ${String(EXIT.usage)} not understood, ${String(EXIT.interrupted)} interrupted (Ctrl-C, SIGTERM and SIGHUP end after the step, and save to --out; a second one ends at once).
A checkpoint is a whole run for --resume and npm run sample: the file that --out would have been at its step. One of the same name is written over; one that cannot be written is said, and training goes on. Where --out cannot be written at the end, the run is saved in a folder for temporary files, and where that is stands in the message.
With --fine-tune the symbols of the saved run that this text lacks stay, those that are new begin at random by its seed, and the steps are counted from 0; the optimizer goes on. How many they are is said. Such a run goes on with --resume, as any other.
The held-out loss of the result is measured at its step; in the log it stands in the line of the step after which it was measured, and in no other.
Toy tasks: ${Object.keys(TASKS).join(', ')}. One brings the settings with which it is learnt. How many of its decisions are right stands in the result, and in the log beside the held-out loss.
The losses are those of the page for the same text and settings, bit for bit, with any number of threads.`;

const createCommand = (): Command => {
  const command = new Command('train')
    .description('Trains a character-level network on a text, on the simd engine.')
    .argument(
      '<text>',
      `a text file, or a toy task: ${TASK_FORM}, or ${TASK_FORM}:SEED for another text of its grammar`,
    )
    .addOption(
      new Option('--encoding <name>', "the text's encoding (default: by what it looks like)").choices(ENCODINGS),
    )
    .option('--remove-nuls', 'take NULs out of the text, which is refused with them')
    .option('--steps <count>', `train up to this step of the run (default: ${String(DEFAULT_STEPS)})`, parseCount)
    .option('--log <file>', 'write the loss of every step as CSV; a resumed run is appended')
    .option('--out <file>', 'save the run as one safetensors file at the end, on Ctrl-C, and when something fails')
    .option(
      '--every <steps>',
      'save a checkpoint beside --out after each so many steps: run-00000500.safetensors where --out is run.safetensors',
      parseCount,
    )
    .option('--resume <file>', 'go on with a saved run on the same text')
    .option('--fine-tune <file>', 'begin a new run with the network of a saved one, on this text')
    .option('--sample', 'print at the end what the network writes: after --prompt, by --temperature and so on')
    .option('--json', 'print one JSON object at the end, and nothing else on standard output')
    .addHelpText('after', EXITS)
    .showHelpAfterError('(see npm run train -- --help)')
    .exitOverride();
  for (const name of OPTION_SETTINGS) command.addOption(optionOf(name));
  return command;
};

/** @throws {CommanderError | UsageError} where it is not understood; commander has said why then */
export const parseCommand = (words: readonly string[]): TrainCommand => {
  const command = createCommand();
  command.parse([...words], { from: 'user' });
  const { encoding, removeNuls, steps, log, out, every, resume, fineTune, json, sample, ...given } = command.opts<
    Partial<Settings> &
      Partial<Pick<TrainCommand, 'encoding' | 'removeNuls' | 'steps' | 'json' | 'sample'>> & {
        log?: string;
        out?: string;
        every?: number;
        resume?: string;
        fineTune?: string;
      }
  >();
  if (every !== undefined && out === undefined) {
    throw new UsageError('--every names its checkpoints after --out. Give --out too.');
  }
  const names = Object.keys(given) as SettingName[];
  const fixed = names.filter((name) => isStructural(name) && DECIDING_NAMES.includes(name));
  if (resume !== undefined && fineTune !== undefined) {
    throw new UsageError('--resume goes on with a run, --fine-tune begins another one. Give one of them.');
  }
  const taken = resume === undefined ? '--fine-tune' : '--resume';
  if ((resume ?? fineTune) !== undefined && fixed.length > 0) {
    throw new UsageError(
      `A saved run keeps its settings: --${fixed.map(dashed).join(', --')} cannot be given with ${taken}.`,
    );
  }
  return {
    text: command.args[0],
    encoding: encoding ?? null,
    removeNuls: removeNuls ?? false,
    given,
    steps: steps ?? DEFAULT_STEPS,
    log: log ?? null,
    out: out ?? null,
    every: every ?? null,
    resume: resume ?? null,
    fineTune: fineTune ?? null,
    json: json ?? false,
    sample: sample ?? false,
  };
};
