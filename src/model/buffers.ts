/** Device memory of a run, allocated once. The same functions, run against a ledger, tell the cost beforehand. */
import type { DeviceBuffer, Kernels } from './kernels/kernels';
import { MOMENTS } from './kernels/kernels';
import type { OptimizerName } from './kernels/kernels';
import { EVALUATION, shardsOf } from './batches';
import type { Part } from './batches';
import { sparesFor, sumsWithin } from './pairwise';
import type { Span } from './pairwise';
import { parameterCount } from './parameters';
import type { Architecture } from './parameters';

export interface Allocator {
  float(length: number): DeviceBuffer;
  int(length: number): DeviceBuffer;
}

/** Allocates on an engine and frees everything together. */
export class Arena implements Allocator {
  #buffers: DeviceBuffer[] = [];

  constructor(private readonly kernels: Kernels) {}

  float(length: number): DeviceBuffer {
    return this.#take('float', length);
  }

  int(length: number): DeviceBuffer {
    return this.#take('int', length);
  }

  dispose(): void {
    for (const buffer of this.#buffers) this.kernels.free(buffer);
    this.#buffers = [];
  }

  #take(kind: 'float' | 'int', length: number): DeviceBuffer {
    const buffer = this.kernels.allocate(kind, length);
    this.#buffers.push(buffer);
    return buffer;
  }
}

/** Counts what would be allocated. */
export class Ledger implements Allocator {
  floats = 0;
  ints = 0;

  float(length: number): DeviceBuffer {
    this.floats += length;
    return { kind: 'float', length };
  }

  int(length: number): DeviceBuffer {
    this.ints += length;
    return { kind: 'int', length };
  }
}

/** One layer's part of a forward pass; see `Tape` for what the buffers hold. */
export interface LayerBuffers {
  readonly gates: DeviceBuffer;
  readonly q: DeviceBuffer | null;
  readonly c: DeviceBuffer | null;
  readonly h: DeviceBuffer;
  /** [T, B, H]: the hidden states after dropout; null where the pass never drops. */
  readonly dropped: DeviceBuffer | null;
}

/** A forward pass over at most T · B characters in windows of at most T by B. */
export interface ForwardBuffers {
  /** Ids of the characters read and of those to be predicted, [T, B]. */
  readonly inputs: DeviceBuffer;
  readonly targets: DeviceBuffer;
  /** [T, B, E]. */
  readonly embedded: DeviceBuffer | null;
  readonly layers: readonly LayerBuffers[];
  /** [rows, V]: logits of a chunk of the T · B rows. */
  readonly logits: DeviceBuffer;
  readonly chunkRows: number;
}

/** What a backward pass writes beside the parameters' gradient. */
export interface BackwardBuffers {
  /** [T, B, H]. */
  readonly dh: DeviceBuffer;
  /** [T, B, G·H]. */
  readonly dgates: DeviceBuffer;
  readonly drecurrent: DeviceBuffer | null;
  /** [G·H]: sums over the rows of `drecurrent`. */
  readonly recurrentSums: DeviceBuffer | null;
  /** [T, B, E]. */
  readonly dembedded: DeviceBuffer | null;
  /** [B, H]. */
  readonly dhCarry: DeviceBuffer;
  readonly dcCarry: DeviceBuffer | null;
}

/** Recurrent state between two windows: for each layer h [B, H] and, for an LSTM, c [B, H]. */
export interface StateBuffers {
  readonly h: readonly DeviceBuffer[];
  readonly c: readonly DeviceBuffer[] | null;
}

/** Logits are made for so many numbers at a time, whatever the vocabulary. */
const CHUNK = 2 ** 22;

const perLayer = <R>({ layers }: Architecture, make: () => R): R[] => Array.from({ length: layers }, make);

export const allocateForward = (
  allocator: Allocator,
  architecture: Architecture,
  T: number,
  B: number,
  options: { readonly drops: boolean },
): ForwardBuffers => {
  const { cell, units: H, symbols: V, embedding: E } = architecture;
  const chunkRows = Math.min(T * B, Math.max(1, Math.floor(CHUNK / V)));
  return {
    inputs: allocator.int(T * B),
    targets: allocator.int(T * B),
    embedded: E === null ? null : allocator.float(T * B * E),
    layers: perLayer(architecture, () => ({
      gates: allocator.float(T * B * cell.gates.length * H),
      q: cell.resetsProduct ? allocator.float(T * B * H) : null,
      c: cell.hasCellState ? allocator.float((T + 1) * B * H) : null,
      h: allocator.float((T + 1) * B * H),
      dropped: options.drops ? allocator.float(T * B * H) : null,
    })),
    logits: allocator.float(chunkRows * V),
    chunkRows,
  };
};

const allocateBackward = (
  allocator: Allocator,
  { cell, units: H, embedding: E }: Architecture,
  T: number,
  B: number,
): BackwardBuffers => {
  const width = cell.gates.length * H;
  return {
    dh: allocator.float(T * B * H),
    dgates: allocator.float(T * B * width),
    drecurrent: cell.resetsProduct ? allocator.float(T * B * width) : null,
    recurrentSums: cell.resetsProduct ? allocator.float(width) : null,
    dembedded: E === null ? null : allocator.float(T * B * E),
    dhCarry: allocator.float(B * H),
    dcCarry: cell.hasCellState ? allocator.float(B * H) : null,
  };
};

const allocateState = (allocator: Allocator, architecture: Architecture, B: number): StateBuffers => ({
  h: perLayer(architecture, () => allocator.float(B * architecture.units)),
  c: architecture.cell.hasCellState ? perLayer(architecture, () => allocator.float(B * architecture.units)) : null,
});

/** What one thread needs for the gradients of some parts of a batch, of which it takes one after the other. */
export interface PassBuffers {
  readonly parameters: DeviceBuffer;
  readonly gradient: DeviceBuffer;
  /** Gradients that sums of several parts need on the way; see pairwise.ts. */
  readonly spares: readonly DeviceBuffer[];
  readonly forward: ForwardBuffers;
  readonly backward: BackwardBuffers;
}

/** Everything a training run keeps on its own thread's device. */
export interface TrainingBuffers extends PassBuffers {
  /** [parts, 2]: sum of losses and correct predictions of each; null where the batch is one part. */
  readonly partTotals: DeviceBuffer | null;
  /** What other threads bring passes through here; null where there are none. */
  readonly staging: DeviceBuffer | null;
  /** [L · held gates, H]: where their biases are while an optimizer lets weights decay; null where no gate is held. */
  readonly heldBiases: DeviceBuffer | null;
  readonly moments: readonly DeviceBuffer[];
  readonly state: StateBuffers;
  readonly evaluation: ForwardBuffers;
  /** [3]: sum of losses, correct predictions, squared norm of the step in progress. */
  readonly statistics: DeviceBuffer;
  /** [2]: sum of losses and correct predictions of an evaluation. */
  readonly evaluationTotals: DeviceBuffer;
}

/** What a thread keeps of a run that it takes parts of batches for. */
export interface ShardBuffers extends PassBuffers {
  /** Of one part. */
  readonly state: StateBuffers;
  readonly totals: DeviceBuffer;
}

export interface TrainingOptions {
  /** Parts that a batch is cut into at most. */
  readonly shards?: number;
  /** Threads that take part, this one among them. */
  readonly threads?: number;
  /** Streams and length of an evaluation's windows at most. */
  readonly evaluation?: { readonly length: number; readonly batch: number };
}

/** Numbers of a gradient that are added at a time: so many stay in a processor's cache. */
const STAGE = 2 ** 15;

const mostRows = (parts: readonly Part[]): number => Math.max(...parts.map(({ rows }) => rows));

/**
 * Whether adding a part's gradient to another's while it is made gives the bits of adding it afterwards: only where
 * the projection is made in one piece.
 */
export const addsInPlace = ({ chunkRows }: ForwardBuffers, T: number, parts: readonly Part[]): boolean =>
  chunkRows >= T * mostRows(parts);

const allocatePass = (
  allocator: Allocator,
  architecture: Architecture,
  T: number,
  parts: readonly Part[],
  hand: Span,
): PassBuffers => {
  const count = parameterCount(architecture);
  const rows = mostRows(parts);
  const forward = allocateForward(allocator, architecture, T, rows, { drops: true });
  const inPlace = addsInPlace(forward, T, parts);
  const sums = sumsWithin({ from: 0, to: parts.length }, hand);
  const spares = Math.max(...sums.map((span) => sparesFor(span, inPlace)));
  return {
    parameters: allocator.float(count),
    gradient: allocator.float(count),
    spares: Array.from({ length: spares }, () => allocator.float(count)),
    forward,
    backward: allocateBackward(allocator, architecture, T, rows),
  };
};

export const allocateTraining = (
  allocator: Allocator,
  architecture: Architecture,
  optimizer: OptimizerName,
  T: number,
  B: number,
  { shards = 1, threads = 1, evaluation = EVALUATION }: TrainingOptions = {},
): TrainingBuffers => {
  const count = parameterCount(architecture);
  const { layers, units, rules } = architecture;
  const held = rules.filter((rule) => 'value' in rule).length;
  const parts = shardsOf(B, shards);
  return {
    ...allocatePass(allocator, architecture, T, parts, { from: 0, to: parts.length }),
    partTotals: parts.length > 1 ? allocator.float(2 * parts.length) : null,
    heldBiases: held > 0 ? allocator.float(layers * held * units) : null,
    staging: threads > 1 ? allocator.float(Math.min(count, STAGE)) : null,
    moments: Array.from({ length: MOMENTS[optimizer] }, () => allocator.float(count)),
    state: allocateState(allocator, architecture, B),
    evaluation: allocateForward(allocator, architecture, evaluation.length, evaluation.batch, { drops: false }),
    statistics: allocator.float(3),
    evaluationTotals: allocator.float(2),
  };
};

/** @param hand the parts that the thread takes */
export const allocateShards = (
  allocator: Allocator,
  architecture: Architecture,
  T: number,
  parts: readonly Part[],
  hand: Span,
): ShardBuffers => ({
  ...allocatePass(allocator, architecture, T, parts, hand),
  state: allocateState(allocator, architecture, mostRows(parts)),
  totals: allocator.float(2),
});
