/**
 * One training step in its parts: what a row of the batch reads and the network guesses, the loss of each character, how
 * large the gradient is that comes back to each, and how far the weights moved.
 */
import type { BandName } from '../cells';
import { allocateParts, HOST } from '../frameMemory';
import { sizeOf } from '../kernels/kernels';
import { tensorsOf } from '../parameters';
import type { Architecture, Tensor } from '../parameters';
import { logSumExp } from '../softmax';
import type { WatchedStep } from '../stepWatch';
import type { FrameReading } from './reading';

/** Weights that are looked at together: an embedding, a gate of the layer on view, another layer, what leads out. */
export interface WeightGroup {
  readonly of: 'embedding' | 'gate' | 'layer' | 'output';
  /** Where it is a gate. */
  readonly gate: BandName | null;
  /** Where it is a layer, from 0. */
  readonly layer: number | null;
  /** Length of what was added to these weights, as one vector, beside their own before. */
  readonly moved: number;
}

/** T is the batch's length, B its rows, H the units of a layer. */
export interface StepParts {
  readonly runId: string;
  readonly step: number;
  readonly layer: number;
  readonly T: number;
  readonly B: number;
  /** Which of the batch's rows it is, from 0. */
  readonly row: number;
  /** Ids that the row reads, and those that come next; [T]. */
  readonly ids: Int32Array;
  readonly next: Int32Array;
  /** The likeliest next character after each, and its probability; [T]. */
  readonly guesses: Int32Array;
  readonly guessed: Float32Array;
  /** -ln of the probability of the one that came, nats; [T]. */
  readonly losses: Float32Array;
  /** Mean over all T · B characters of the batch: the step's loss. */
  readonly meanLoss: number;
  /**
   * [T]: length of the gradient of the batch's mean loss with respect to the layer's pre-activations (what flows into its
   * gates) at each character: what the weights' gradient is made of.
   */
  readonly gradients: Float32Array;
  readonly groups: readonly WeightGroup[];
  /** [H]: as `moved` of all weights that lead into a unit of the layer. */
  readonly units: Float32Array;
}

/** Sums of squares of what was added to some weights, and of the weights before. */
class Movement {
  #added = 0;
  #size = 0;

  take(before: number, after: number): void {
    this.#added += (after - before) ** 2;
    this.#size += before ** 2;
  }

  /** NaN where all of them were 0. */
  get share(): number {
    return Math.sqrt(this.#added / this.#size);
  }
}

/** The layer that a tensor belongs to; null where to none. */
const layerOf = ({ name }: Tensor): number | null => {
  const found = /^layers\.(\d+)\./.exec(name);
  return found && Number(found[1]);
};

/** The column of the gates that each weight of a layer leads into; a candidate's second bias leads into the last gate. */
export const columnOf = ({ cell, units: H }: Architecture, { name, shape }: Tensor, k: number): number => {
  const columns = shape[shape.length - 1];
  return (k % columns) + (name.endsWith('.candidateBias') ? (cell.gates.length - 1) * H : 0);
};

const movements = ({ architecture, layer, before, after }: WatchedStep) => {
  const { cell, layers, units: H } = architecture;
  const [embedding, output] = [new Movement(), new Movement()];
  const gates = cell.gates.map(() => new Movement());
  const whole = Array.from({ length: layers }, () => new Movement());
  const units = Array.from({ length: H }, () => new Movement());
  for (const tensor of tensorsOf(architecture)) {
    const { name, offset, shape } = tensor;
    const length = sizeOf(shape);
    const own = layerOf(tensor);
    for (let k = 0; k < length; k++) {
      const [from, to] = [before[offset + k], after[offset + k]];
      if (own === null) (name === 'embedding' ? embedding : output).take(from, to);
      else if (own === layer) {
        const column = columnOf(architecture, tensor, k);
        gates[Math.floor(column / H)].take(from, to);
        units[column % H].take(from, to);
      } else whole[own].take(from, to);
    }
  }
  const group = (of: WeightGroup['of'], { share }: Movement, more: Partial<WeightGroup> = {}): WeightGroup => ({
    of,
    gate: null,
    layer: null,
    moved: share,
    ...more,
  });
  return {
    groups: [
      ...(architecture.embedding === null ? [] : [group('embedding', embedding)]),
      ...gates.map((movement, k) => group('gate', movement, { gate: cell.gates[k] })),
      ...whole.flatMap((movement, l) => (l === layer ? [] : [group('layer', movement, { layer: l })])),
      group('output', output),
    ],
    units: units.map(({ share }) => share),
  };
};

/** What a watched step tells of its row and its layer. */
export const partsOf = (watched: WatchedStep): Omit<StepParts, 'runId'> => {
  const { step, layer, row, T, B, inputs, targets, losses, logits, dgates, architecture } = watched;
  const { groups, units } = movements(watched);
  const arrays = allocateParts(HOST, { T, H: architecture.units });
  for (let t = 0; t < T; t++) {
    const [at, values] = [t * B + row, logits[t]];
    const guess = values.indexOf(Math.max(...values));
    arrays.ids[t] = inputs[at];
    arrays.next[t] = targets[at];
    arrays.guesses[t] = guess;
    arrays.guessed[t] = Math.exp(values[guess] - logSumExp(values));
    arrays.losses[t] = losses[at];
    arrays.gradients[t] = Math.hypot(...dgates[t]);
  }
  arrays.units.set(units);
  const meanLoss = losses.reduce((sum, loss) => sum + loss, 0) / (T * B);
  return { step, layer, T, B, row, meanLoss, groups, ...arrays };
};

export const step: FrameReading<StepParts> = {
  watchesSteps: true,
  compute: async ({ runId, watched }) => {
    const seen = await watched();
    return seen && { ...partsOf(seen), runId };
  },
};
