/** Every step as a line of CSV. */
import { closeSync, existsSync, openSync, writeSync } from 'node:fs';
import { csvFormatBody, csvFormatRow } from 'd3';
import type { Metrics } from '../src/model/telemetry';
import { FileError } from './failures';

const COLUMNS = ['step', 'loss', 'accuracy', 'gradientNorm', 'learningRate', 'heldOutLoss'] as const;

export interface Log {
  /** `isMeasured`: the held-out loss is of this very step. Numbers are written in full. */
  readonly add: (metrics: Metrics, isMeasured: boolean) => void;
  readonly close: () => void;
}

/** @throws {FileError} */
export const openLog = (path: string, append: boolean): Log => {
  let file: number;
  try {
    const continues = append && existsSync(path);
    file = openSync(path, continues ? 'a' : 'w');
    if (!continues) writeSync(file, `${csvFormatRow([...COLUMNS])}\n`);
  } catch (error) {
    throw new FileError(`Cannot write ${path} (${error instanceof Error ? error.message : String(error)}).`);
  }
  return {
    add: (metrics, isMeasured) => {
      const heldOutLoss = isMeasured ? metrics.heldOutLoss : '';
      writeSync(file, `${csvFormatBody([{ ...metrics, heldOutLoss }], [...COLUMNS])}\n`);
    },
    close: () => {
      closeSync(file);
    },
  };
};
