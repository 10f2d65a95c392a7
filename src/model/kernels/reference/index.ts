/**
 * The reference engine: every operation in float64, plain and obvious. It is the oracle that other engines are compared
 * with, and the engine of browsers without WebAssembly SIMD.
 */
import type { CellName } from '../../cells';
import { handOver } from '../kernels';
import type { DeviceBuffer, Kernels, Scan, ScanBackward } from '../kernels';
import { crossEntropy } from './crossEntropy';
import { createDropout } from './dropout';
import { gather, scatterAdd } from './gather';
import { gruBackward, gruForward } from './gru';
import { lstmBackward, lstmForward } from './lstm';
import { add, combineColumns, matmul, sumRows } from './matmul';
import { elements, floats, ReferenceBuffer } from './memory';
import { optimizerStep, sumOfSquares } from './optimizer';
import { rnnBackward, rnnForward } from './rnn';

const SCANS: Readonly<Record<CellName, (scan: Scan) => void>> = { lstm: lstmForward, gru: gruForward, rnn: rnnForward };
const BACKWARD_SCANS: Readonly<Record<CellName, (scan: ScanBackward) => void>> = {
  lstm: lstmBackward,
  gru: gruBackward,
  rnn: rnnBackward,
};

const free = (buffer: DeviceBuffer): void => {
  if (!(buffer instanceof ReferenceBuffer)) throw new TypeError('The buffer belongs to another engine');
  buffer.free();
};

/** Everything is done by the time a call returns; only promises' resolution waits. */
export const createReferenceKernels = (): Kernels => ({
  precision: 'float64',
  shards: 1,
  allocate: (kind, length) => new ReferenceBuffer(kind, length),
  free,
  write: (view, values) => {
    const target = elements(view);
    if (values.length !== target.length) {
      throw new RangeError(`${String(values.length)} values for ${String(target.length)} elements`);
    }
    target.set(values);
  },
  read: (view, into) => Promise.resolve(handOver(Float64Array.from(elements(view)), into)),
  fill: (view, value) => {
    floats(view, ...view.shape).fill(value);
  },
  copy: (from, to) => {
    const source = elements(from);
    const target = elements(to);
    if (source.length !== target.length) throw new RangeError('A copy needs two views of the same size');
    target.set(source);
  },
  gather,
  scatterAdd,
  matmul,
  add,
  combineColumns,
  sumRows,
  dropout: createDropout(),
  crossEntropy,
  scan: (args) => {
    SCANS[args.cell](args);
  },
  scanBackward: (args) => {
    BACKWARD_SCANS[args.cell](args);
  },
  sumOfSquares,
  optimizerStep,
  settle: () => Promise.resolve(),
  // Buffers belong to their owners, and the garbage collector to the rest.
  dispose: () => undefined,
});
