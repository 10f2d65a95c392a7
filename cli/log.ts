/** Every step as a line of CSV. */
import { closeSync, openSync, statSync, writeFileSync } from 'node:fs';
import { csvFormatBody, csvFormatRow } from 'd3';
import type { Metrics } from '../src/model/telemetry';
import { FileError } from './failures';

const COLUMNS = ['step', 'loss', 'accuracy', 'gradientNorm', 'learningRate', 'heldOutLoss'] as const;

export interface Log {
  /**
   * `isMeasured`: the held-out loss is of this very step; it stands in no other line. Numbers are written in full.
   * @throws {FileError}
   */
  readonly add: (metrics: Metrics, isMeasured: boolean) => void;
  readonly close: () => void;
}

/** @throws {FileError} */
export const openLog = (path: string, append: boolean): Log => {
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
    if (!continues) writeFileSync(opened, `${csvFormatRow([...COLUMNS])}\n`);
    return opened;
  });
  return {
    add: (metrics, isMeasured) => {
      const heldOutLoss = isMeasured ? metrics.heldOutLoss : '';
      attempt(() => {
        writeFileSync(file, `${csvFormatBody([{ ...metrics, heldOutLoss }], [...COLUMNS])}\n`);
      });
    },
    close: () => {
      closeSync(file);
    },
  };
};
