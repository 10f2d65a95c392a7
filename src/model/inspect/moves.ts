/** Which of the weights that lead into a unit the last step moved the most, and by how much. */
import type { BandName } from '../cells';
import { sizeOf } from '../kernels/kernels';
import { tensorsOf } from '../parameters';
import type { AskedReading } from './reading';
import { columnOf } from './step';

/** Moves that are told, the largest first. */
export const MOST_MOVES = 5;

/** A weight that leads into a gate of the unit. */
export interface Move {
  readonly gate: BandName;
  /** What it leads from: a symbol, a number of the embedding, a unit of the layer below or of the layer itself, or nothing. */
  readonly from: 'symbol' | 'embedding' | 'below' | 'unit' | 'bias';
  /** Which of them, from 0. */
  readonly index: number;
  readonly before: number;
  readonly after: number;
}

export interface UnitMoves {
  readonly step: number;
  readonly layer: number;
  readonly unit: number;
  readonly moves: readonly Move[];
}

export const moves: AskedReading<{ readonly unit: number }, UnitMoves> = {
  answer: async ({ watched }, { unit }) => {
    const seen = await watched();
    if (seen === null || unit < 0 || unit >= seen.architecture.units) return null;
    const { step, layer, architecture, before, after } = seen;
    const { cell, units: H, embedding } = architecture;
    const below = layer > 0 ? 'below' : embedding === null ? 'symbol' : 'embedding';
    const all: Move[] = [];
    for (const tensor of tensorsOf(architecture)) {
      const { name, offset, shape } = tensor;
      if (!name.startsWith(`layers.${String(layer)}.`)) continue;
      const columns = shape[shape.length - 1];
      const from = name.endsWith('.input') ? below : name.endsWith('.recurrent') ? 'unit' : 'bias';
      for (let k = 0; k < sizeOf(shape); k++) {
        const column = columnOf(architecture, tensor, k);
        if (column % H !== unit) continue;
        const place = {
          from,
          index: Math.floor(k / columns),
          before: before[offset + k],
          after: after[offset + k],
        } as const;
        all.push({ gate: cell.gates[Math.floor(column / H)], ...place });
      }
    }
    const size = (move: Move): number => Math.abs(move.after - move.before);
    return { step, layer, unit, moves: all.sort((a, b) => size(b) - size(a)).slice(0, MOST_MOVES) };
  },
};
