/** PyTorch on the same machine, where a Python has it: PYTHON names one, else the usual ones are tried. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { inRoot } from '../../scripts/root.mjs';
import { batchOf, settingsOf, weightsOf } from './problem';
import type { Turn } from './protocol';
import type { Shape } from './shapes';

const SCRIPT = inRoot('bench/compare/native.py');

/** A Python that has PyTorch. */
export const findPython = (): string | null => {
  const named = process.env['PYTHON'];
  const tried = named === undefined ? ['python3', '/usr/bin/python3', 'python'] : [named];
  return tried.find((path) => spawnSync(path, ['-c', 'import torch'], { timeout: 60_000 }).status === 0) ?? null;
};

/** glibc keeps what PyTorch frees: otherwise most of a step's time may go into pages that are asked for again. */
const KEEP_MEMORY = { MALLOC_MMAP_THRESHOLD_: '1000000000', MALLOC_TRIM_THRESHOLD_: '4000000000' };

export interface Native {
  readonly version: string;
  /** 'cpu', or the name of the GPU. */
  readonly device: string;
  open(shape: Shape): Promise<void>;
  steps(count: number): Promise<Turn>;
  /** So many plain products; `flops` is of one. */
  limit(count: number): Promise<{ readonly milliseconds: number; readonly flops: number }>;
  close(): void;
}

/** Writes what Python reads: all weights one after the other, and both halves of the batch. */
const writeProblem = (folder: string, shape: Shape) => {
  const weights = [...weightsOf(shape)];
  let offset = 0;
  const tensors = weights.map(([name, { shape: size, values }]) => {
    const tensor = { name, shape: size, offset };
    offset += values.length;
    return tensor;
  });
  const [weightsFile, batchFile] = [join(folder, 'weights'), join(folder, 'batch')];
  writeFileSync(weightsFile, Buffer.concat(weights.map(([, { values }]) => Buffer.from(values.buffer))));
  const { inputs, targets } = batchOf(shape);
  writeFileSync(batchFile, Buffer.concat([inputs, targets].map(({ buffer }) => Buffer.from(buffer))));
  return { weights: weightsFile, batch: batchFile, tensors };
};

const converse = (child: ChildProcess) => {
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('Python has no pipes');
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  const hear = async (): Promise<unknown> => {
    const line = (await lines.next()) as IteratorResult<string, undefined>;
    if (line.done === true) throw new Error('PyTorch has ended');
    return JSON.parse(line.value) as unknown;
  };
  const ask = (request: object): Promise<unknown> => {
    stdin.write(`${JSON.stringify(request)}\n`);
    return hear();
  };
  return { hear, ask };
};

/** @returns null where there is no PyTorch */
export const openNative = async ({ threads = 1, cuda = false }): Promise<Native | null> => {
  const python = findPython();
  if (python === null) return null;
  const child = spawn(python, [SCRIPT, '--threads', String(threads), ...(cuda ? ['--cuda'] : [])], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...KEEP_MEMORY },
  });
  const { hear, ask } = converse(child);
  const { version, device } = (await hear()) as Pick<Native, 'version' | 'device'>;
  const folder = mkdtempSync(join(tmpdir(), 'lstm-bench-'));
  return {
    version,
    device,
    open: async (shape) => {
      const { learningRate, clip } = settingsOf(shape);
      await ask({ open: { ...shape, ...writeProblem(folder, shape), lr: learningRate, clip } });
    },
    steps: async (steps) => (await ask({ steps })) as Turn,
    limit: async (count) => (await ask({ limit: count })) as Awaited<ReturnType<Native['limit']>>,
    close: () => {
      child.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
