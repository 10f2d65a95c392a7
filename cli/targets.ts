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
  { text, resume, log, out }: Pick<TrainCommand, 'text' | 'resume' | 'log' | 'out'>,
  checkpoints: CheckpointPlan | null,
): void => {
  const targets = Object.entries({ '--out': out, '--log': log });
  for (const [option, path] of targets) {
    if (path === null) continue;
    if (isSameFile(path, text)) throw new UsageError(`${option} is the text itself (${text}). Give another file.`);
    if (resume !== null && isSameFile(path, resume)) {
      throw new UsageError(
        `${option} is the saved run itself that --resume goes on from (${resume}). Give another file.`,
      );
    }
  }
  if (out !== null && log !== null && isSameFile(out, log)) {
    throw new UsageError(`--out and --log are the same file (${out}). Give two.`);
  }
  if (checkpoints !== null) {
    assertCheckpoints(checkpoints, { 'the text': text, 'the file of --resume': resume, '--log': log, '--out': out });
  }
  if (out !== null) assertWritable(out);
  if (log !== null) assertAppendable(log);
};
