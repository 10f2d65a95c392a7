/** What is written where: settled before anything is trained. */
import { assertCheckpoints } from './checkpoints';
import type { CheckpointPlan } from './checkpoints';
import { UsageError } from './failures';
import { assertAppendable, assertWritable, isSameFile } from './files';
import type { TrainCommand } from './trainOptions';

/**
 * @throws {UsageError} where a file is to be written that is read, or two in one place
 * @throws {FileError} where a file cannot be written
 */
export const assertTargets = (
  { text, resume, fineTune, log, out }: Pick<TrainCommand, 'text' | 'resume' | 'fineTune' | 'log' | 'out'>,
  checkpoints: CheckpointPlan | null,
): void => {
  const targets = Object.entries({ '--out': out, '--log': log });
  for (const [option, path] of targets) {
    if (path === null) continue;
    if (isSameFile(path, text)) throw new UsageError(`${option} is the text itself (${text}). Give another file.`);
    for (const [reader, saved] of Object.entries({ '--resume': resume, '--fine-tune': fineTune })) {
      if (saved === null || !isSameFile(path, saved)) continue;
      throw new UsageError(`${option} is the saved run itself that ${reader} reads (${saved}). Give another file.`);
    }
  }
  if (out !== null && log !== null && isSameFile(out, log)) {
    throw new UsageError(`--out and --log are the same file (${out}). Give two.`);
  }
  if (checkpoints !== null) {
    assertCheckpoints(checkpoints, {
      'the text': text,
      'the file of --resume': resume,
      'the file of --fine-tune': fineTune,
      '--log': log,
      '--out': out,
    });
  }
  if (out !== null) assertWritable(out);
  if (log !== null) assertAppendable(log);
};
