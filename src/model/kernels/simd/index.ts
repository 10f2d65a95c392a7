/**
 * The engine of WebAssembly SIMD (assembly/): float32, one thread, bit-identical on every machine.
 * Every call computes before it returns.
 */
import { keyHalves } from '../../random';
import {
  MOST_SHARDS,
  sizeOf,
  type CrossEntropy,
  type Dropout,
  type Kernels,
  type MatmulOptions,
  type OptimizerStep,
  type Scan,
  type ScanBackward,
  type View,
} from '../kernels';
import { createHeap, type Block } from './memory';
import type { Program } from './program';

/** @throws {WebAssembly.CompileError | WebAssembly.LinkError} where the engine has no SIMD */
export const createSimdKernels = async (module: WebAssembly.Module): Promise<Kernels> => {
  const memory = new WebAssembly.Memory({ initial: 16, maximum: 65536 });
  const instance = await WebAssembly.instantiate(module, { env: { memory } });
  return simdKernels(instance.exports as unknown as Program, memory);
};

const simdKernels = (program: Program, memory: WebAssembly.Memory): Kernels => {
  const heap = createHeap(memory, program.dataEnd());
  let scratch: Block | null = null;

  /** Address of a work area of at least that many floats: grown when a larger shape comes, never in a later step. */
  const work = (floats: number): number => {
    if (scratch === null || scratch.length < floats) {
      if (scratch !== null) heap.free(scratch);
      scratch = heap.allocate('float', floats);
    }
    return scratch.pointer;
  };
  const at = (view: View): number => (view.buffer as Block).pointer + 4 * view.offset;
  const sameSize = (length: number, { shape }: View): void => {
    if (length !== sizeOf(shape)) throw new RangeError(`${length} values for ${sizeOf(shape)} elements`);
  };
  const optional = (view: View | null): number => {
    if (view === null) throw new TypeError("the cell's tape lacks an array");
    return at(view);
  };

  const matmul = (a: View, b: View, out: View, options: MatmulOptions = {}): void => {
    const [m, n] = out.shape;
    const [aRows, aColumns] = a.shape;
    const [, bColumns] = b.shape;
    const accumulate = options.accumulate ? 1 : 0;
    if (options.transposeA) {
      const sums = options.sums ? at(options.sums) : 0;
      const scratch = work(program.scratchOfTransposed(m, aRows));
      program.multiplyTransposed(at(a), at(b), at(out), m, n, aRows, accumulate, sums, scratch);
      return;
    }
    const [rowStride, columnStride] = options.transposeB ? [1, bColumns] : [bColumns, 1];
    const bias = options.bias ? at(options.bias) : 0;
    const scratch = work(program.scratchOfMultiply(m, n, aColumns));
    program.multiply(at(a), at(b), rowStride, columnStride, at(out), m, n, aColumns, bias, accumulate, scratch);
  };

  const directionOf = ({ reversed }: Scan): number => (reversed ? 1 : 0);
  /** Address, or 0. */
  const maskOf = ({ mask }: Scan): number => (mask ? at(mask) : 0);

  const scan = (args: Scan): void => {
    const { cell, recurrent, unitVectors, tape } = args;
    const [T, B] = tape.gates.shape;
    const [H, G] = recurrent.shape;
    const [u, gates, h] = [at(recurrent), at(tape.gates), at(tape.h)];
    const state = program.packedSizeA(B, H);
    const direction = directionOf(args);
    const mask = maskOf(args);
    switch (cell) {
      case 'lstm':
        // prettier-ignore
        program.lstmForward(T, B, H, u, gates, optional(tape.c), h, direction, mask, work(program.packedSizeB(G, H) + state));
        break;
      case 'gru': {
        const packed = program.packedSizeB(2 * H, H) + program.packedSizeB(H, H);
        // prettier-ignore
        program.gruForward(
          T, B, H, u, optional(unitVectors), gates, optional(tape.q), h, direction, mask, work(packed + state),
        );
        break;
      }
      case 'rnn':
        program.rnnForward(T, B, H, u, gates, h, direction, mask, work(program.packedSizeB(H, H) + state));
        break;
    }
  };

  const scanBackward = (args: ScanBackward): void => {
    const { cell, recurrent, tape, price = 0 } = args;
    const [T, B] = tape.gates.shape;
    const [H, G] = recurrent.shape;
    const [u, gates, h, dh] = [at(recurrent), at(tape.gates), at(tape.h), at(args.dh)];
    const [dgates, dhCarry] = [at(args.dgates), at(args.dhCarry)];
    const direction = directionOf(args);
    const mask = maskOf(args);
    const scratch = work(program.packedSizeB(H, G) + program.packedSizeA(B, G));
    switch (cell) {
      case 'lstm':
        // prettier-ignore
        program.lstmBackward(
          T, B, H, u, gates, optional(tape.c), dh, dgates, dhCarry, optional(args.dcCarry), price, direction, mask, scratch,
        );
        break;
      case 'gru':
        // prettier-ignore
        program.gruBackward(
          T, B, H, u, gates, optional(tape.q), h, dh, dgates, optional(args.drecurrent), dhCarry, price, direction, mask, scratch,
        );
        break;
      case 'rnn':
        program.rnnBackward(T, B, H, u, h, dh, dgates, dhCarry, price, direction, mask, scratch);
        break;
    }
  };

  const crossEntropy = ({ logits, targets, gradientScale, totals, accumulate }: CrossEntropy): void => {
    const [M, V] = logits.shape;
    const gradient = gradientScale === null ? 0 : 1;
    // prettier-ignore
    program.crossEntropy(
      at(logits), at(targets), M, V, gradient, gradientScale ?? 0, at(totals), accumulate ? 1 : 0, work(V),
    );
  };

  const dropout = (x: View, out: View, { rate, key, start }: Dropout): void => {
    const [first, second] = keyHalves(key);
    const threshold = Math.ceil(rate * 0x1000000);
    program.dropout(at(x), at(out), sizeOf(x.shape), start, first, second, threshold, 1 / (1 - rate));
  };

  const optimizerStep = (step: OptimizerStep): void => {
    const norm = Math.sqrt(heap.floats(at(step.squaredNorm), 1)[0]);
    if (!Number.isFinite(norm)) return;
    const n = sizeOf(step.parameters.shape);
    const [p, g] = [at(step.parameters), at(step.gradient)];
    const [first, second] = step.moments.map(at);
    const { beta1, beta2, epsilon, learningRate } = step;
    const scale = Math.min(1, step.clip / (norm + 1e-6));
    const keep = 1 - learningRate * step.weightDecay;
    switch (step.name) {
      case 'adam': {
        const rate = learningRate / step.correction1;
        const root = Math.sqrt(step.correction2);
        // prettier-ignore
        program.adam(n, p, g, first, second, scale, keep, rate, root, epsilon, beta1, 1 - beta1, beta2, 1 - beta2);
        break;
      }
      case 'rmsprop':
        program.rmsprop(n, p, g, first, scale, keep, learningRate, epsilon, beta2, 1 - beta2);
        break;
      case 'sgd':
        program.sgd(n, p, g, first, scale, keep, learningRate, beta1);
        break;
    }
  };

  return {
    precision: 'float32',
    shards: MOST_SHARDS,
    allocate: (kind, length) => heap.allocate(kind, length),
    free: (buffer) => {
      heap.free(buffer);
    },
    write: (view, values) => {
      sameSize(values.length, view);
      const kind = view.buffer.kind === 'float' ? 'floats' : 'integers';
      heap[kind](at(view), values.length).set(values);
    },
    read: (view, into = new Float32Array(sizeOf(view.shape))) => {
      const kind = view.buffer.kind === 'float' ? 'floats' : 'integers';
      into.set(heap[kind](at(view), sizeOf(view.shape)));
      return Promise.resolve(into);
    },
    fill: (view, value) => {
      program.fill(at(view), sizeOf(view.shape), value);
    },
    copy: (from, to) => {
      sameSize(sizeOf(from.shape), to);
      heap.integers(at(to), sizeOf(to.shape)).set(heap.integers(at(from), sizeOf(from.shape)));
    },
    gather: (table, ids, out, bias) => {
      const [m, d] = out.shape;
      program.gather(at(table), at(ids), at(out), bias ? at(bias) : 0, m, d);
    },
    scatterAdd: (rows, ids, table, accumulate) => {
      const [n, d] = table.shape;
      const [m] = rows.shape;
      program.scatterAdd(at(rows), at(ids), at(table), m, n, d, accumulate ? 1 : 0, work(n + m));
    },
    matmul,
    add: (x, out) => {
      program.add(at(x), at(out), sizeOf(out.shape));
    },
    combineColumns: (matrix, { from, to, width, alpha, beta }) => {
      const [m, n] = matrix.shape;
      const start = at(matrix);
      program.combineColumns(start + 4 * from, start + 4 * to, m, n, width, alpha, beta);
    },
    sumRows: (x, out, accumulate) => {
      const [m, n] = x.shape;
      program.sumRows(at(x), at(out), m, n, accumulate ? 1 : 0);
    },
    dropout,
    crossEntropy,
    scan,
    scanBackward,
    sumOfSquares: (x, out, guard) => {
      const good = !guard || heap.floats(at(guard), sizeOf(guard.shape)).every(Number.isFinite);
      heap.floats(at(out), 1)[0] = good ? program.sumOfSquares(at(x), sizeOf(x.shape)) : NaN;
    },
    optimizerStep,
    settle: () => Promise.resolve(),
    dispose: () => {
      if (scratch !== null) heap.free(scratch);
      scratch = null;
    },
  };
};
