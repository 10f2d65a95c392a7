/** Every step as a line of CSV. */
import { closeSync, openSync, statSync, writeFileSync } from 'node:fs';
import { csvFormatBody, csvFormatRow } from 'd3';
import type { Metrics } from '../src/model/telemetry';
import { FileError } from './failures';
import type { TaskScore } from './tasks';

const COLUMNS = ['step', 'loss', 'accuracy', 'gradientNorm', 'learningRate', 'heldOutLoss'] as const;
/** Of a toy task: the share of its decisions that is right. */
const TASK_COLUMN = 'decisionsRight' as const;

export interface Log {
  /**
   * `isMeasured`: the held-out loss is of this very step; it stands in no other line, nor do a task's decisions. Numbers are
   * written in full.
   * @throws {FileError}
   */
  readonly add: (metrics: Metrics, isMeasured: boolean, decisions: TaskScore | null) => void;
  readonly close: () => void;
}

/** @throws {FileError} */
export const openLog = (
  path: string,
  { append, ofTask }: { readonly append: boolean; readonly ofTask: boolean },
): Log => {
  const columns = ofTask ? [...COLUMNS, TASK_COLUMN] : [...COLUMNS];
  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw new FileError(`Cannot write ${path} (${error instanceof Error ? error.message : String(error)}).`);
    }
  };
  const file = attempt(() => {
    const continues = append && (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;
    const opened = openSync(path, continues ? 'a' : 'w');
    if (!continues) writeFileSync(opened, `${csvFormatRow(columns)}\n`);
    return opened;
  });
  return {
    add: (metrics, isMeasured, decisions) => {
      const heldOutLoss = isMeasured ? metrics.heldOutLoss : '';
      const decisionsRight = decisions === null ? '' : decisions.right / decisions.of;
      attempt(() => {
        writeFileSync(file, `${csvFormatBody([{ ...metrics, heldOutLoss, decisionsRight }], columns)}\n`);
      });
    },
    close: () => {
      closeSync(file);
    },
  };
};
