/** Rows of tables by their ids, their gradient, sums over rows and of arrays, and blocks of columns. */
import { sizeOf } from '../kernels';
import type { ColumnBlocks, View } from '../kernels';
import { expectSize, integersOf } from './memory';
import { repeat } from './program';
import type { Queue } from './queue';
import { sortedOf } from './sorted';

/** Lanes side by side in a row, and rows that one lane goes through. */
const LANES = 64;
const DEPTH = 8;

const gatherProgram = (queue: Queue) =>
  queue.program('gather', () => ({
    buffers: { table: 'f32', ids: 'u32', bias: 'f32', out: 'f32 written' } as const,
    parameters: {
      M: 'u32',
      D: 'u32',
      table0: 'u32',
      ids0: 'u32',
      bias0: 'u32',
      out0: 'u32',
      biased: 'u32', // prettier-ignore
    } as const,
    code: `
@compute @workgroup_size(${LANES})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let d = group.y * ${LANES}u + lane;
  if (d >= p.D) { return; }
  var added = 0.0;
  if (p.biased == 1u) { added = bias[p.bias0 + d]; }
  let begin = group.x * ${DEPTH}u;
  if (begin + ${DEPTH}u <= p.M) {
    ${repeat(DEPTH, (i) => `let row${i} = ids[p.ids0 + begin + ${i}u];`)}
    ${repeat(DEPTH, (i) => `out[p.out0 + (begin + ${i}u) * p.D + d] = table[p.table0 + row${i} * p.D + d] + added;`)}
    return;
  }
  for (var m = begin; m < p.M; m += 1u) {
    out[p.out0 + m * p.D + d] = table[p.table0 + ids[p.ids0 + m] * p.D + d] + added;
  }
}`,
  }));

/** `sorted`: [N + 1] starts, then the row numbers of each id in ascending order. */
const scatterProgram = (queue: Queue) =>
  queue.program('scatter', () => ({
    buffers: { rows: 'f32', sorted: 'u32', table: 'f32 written' } as const,
    parameters: { N: 'u32', D: 'u32', rows0: 'u32', table0: 'u32', accumulate: 'u32' } as const,
    code: `
@compute @workgroup_size(${LANES})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let d = group.y * ${LANES}u + lane;
  if (d >= p.D) { return; }
  var total = 0.0;
  let end = sorted[group.x + 1u];
  for (var k = sorted[group.x]; k < end; k += 1u) {
    total += rows[p.rows0 + sorted[p.N + 1u + k] * p.D + d];
  }
  let at = p.table0 + group.x * p.D + d;
  if (p.accumulate == 1u) { total += table[at]; }
  table[at] = total;
}`,
  }));

const SIDE = 16;

/** Every lane a 16th of the rows of one column, then these in order. */
const sumProgram = (queue: Queue) =>
  queue.program('sum of rows', () => ({
    buffers: { x: 'f32', out: 'f32 written' } as const,
    parameters: { M: 'u32', N: 'u32', x0: 'u32', out0: 'u32', accumulate: 'u32' } as const,
    code: `
var<workgroup> sums: array<f32, ${SIDE * SIDE}>;
@compute @workgroup_size(${SIDE * SIDE})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let n = group.x * ${SIDE}u + lane % ${SIDE}u;
  var mine = 0.0;
  if (n < p.N) {
    for (var m = lane / ${SIDE}u; m < p.M; m += ${SIDE}u) { mine += x[p.x0 + m * p.N + n]; }
  }
  sums[lane] = mine;
  workgroupBarrier();
  if (lane < ${SIDE}u && n < p.N) {
    var total = 0.0;
    if (p.accumulate == 1u) { total = out[p.out0 + n]; }
    for (var l = 0u; l < ${SIDE}u; l += 1u) { total += sums[l * ${SIDE}u + lane]; }
    out[p.out0 + n] = total;
  }
}`,
  }));

const addProgram = (queue: Queue) =>
  queue.program('add', () => ({
    buffers: { x: 'f32', out: 'f32 written' } as const,
    parameters: { size: 'u32', x0: 'u32', out0: 'u32', width: 'u32' } as const,
    code: `
@compute @workgroup_size(${LANES})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let k = (group.y * p.width + group.x) * ${LANES}u + lane;
  if (k < p.size) { out[p.out0 + k] += x[p.x0 + k]; }
}`,
  }));

/** A lane for each number of the block; `out` is the whole matrix, bound once because it is read and written. */
const columnsProgram = (queue: Queue) =>
  queue.program('columns', () => ({
    buffers: { out: 'f32 written' } as const,
    parameters: {
      M: 'u32',
      N: 'u32',
      out0: 'u32',
      begin: 'u32',
      to: 'u32',
      width: 'u32',
      alpha: 'f32',
      beta: 'f32', // prettier-ignore
    } as const,
    code: `
@compute @workgroup_size(${LANES})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let k = group.y * ${LANES}u + lane;
  if (k >= p.width) { return; }
  let row = p.out0 + group.x * p.N + k;
  out[row + p.to] = p.alpha * out[row + p.begin] + p.beta * out[row + p.to];
}`,
  }));

export const createRows = (queue: Queue) => {
  const none = queue.scratch('none', 1);

  const gather = (table: View, ids: View, out: View, bias?: View): void => {
    const [N, D] = table.shape;
    const M = out.shape[0];
    expectSize(ids, M);
    expectSize(out, M, D);
    if (bias) expectSize(bias, D);
    for (const id of integersOf(ids)) if (id < 0 || id >= N) throw new RangeError(`Row ${String(id)} of ${String(N)}`);
    queue.dispatch(
      gatherProgram(queue),
      { table, ids, bias: bias ?? none, out },
      {
        M,
        D,
        table0: table.offset,
        ids0: ids.offset,
        bias0: bias?.offset ?? 0,
        out0: out.offset,
        biased: bias ? 1 : 0,
      },
      [Math.ceil(M / DEPTH), Math.ceil(D / LANES)],
    );
  };

  const scatterAdd = (rows: View, ids: View, table: View, accumulate = false): void => {
    const [M, D] = rows.shape;
    const N = table.shape[0];
    expectSize(ids, M);
    expectSize(table, N, D);
    queue.dispatch(
      scatterProgram(queue),
      { rows, sorted: sortedOf(queue, ids, N), table },
      { N, D, rows0: rows.offset, table0: table.offset, accumulate: accumulate ? 1 : 0 },
      [N, Math.ceil(D / LANES)],
    );
  };

  const sumRows = (x: View, out: View, accumulate = false): void => {
    const [M, N] = x.shape;
    expectSize(out, N);
    queue.dispatch(
      sumProgram(queue),
      { x, out },
      { M, N, x0: x.offset, out0: out.offset, accumulate: accumulate ? 1 : 0 },
      [Math.ceil(N / SIDE)],
    );
  };

  const add = (x: View, out: View): void => {
    const size = sizeOf(x.shape);
    expectSize(out, size);
    const groups = Math.ceil(size / LANES);
    const width = Math.min(groups, 32768);
    queue.dispatch(addProgram(queue), { x, out }, { size, x0: x.offset, out0: out.offset, width }, [
      width,
      Math.ceil(groups / width),
    ]);
  };

  const combineColumns = (matrix: View, { from, to, width, alpha, beta }: ColumnBlocks): void => {
    const [M, N] = matrix.shape;
    queue.dispatch(
      columnsProgram(queue),
      { out: matrix },
      { M, N, out0: matrix.offset, begin: from, to, width, alpha, beta },
      [M, Math.ceil(width / LANES)],
    );
  };

  return { gather, scatterAdd, sumRows, add, combineColumns };
};
