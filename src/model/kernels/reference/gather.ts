/** Rows of a table by their ids, and the gradient with respect to the table. */
import type { Kernels } from '../kernels';
import { floats, integers } from './memory';

export const gather: Kernels['gather'] = (table, ids, out, bias) => {
  const [N, D] = table.shape;
  const M = out.shape[0];
  const rows = floats(table, N, D);
  const which = integers(ids, M);
  const Y = floats(out, M, D);
  const b = bias ? floats(bias, D) : null;
  for (let m = 0; m < M; m++) {
    const id = which[m];
    if (id < 0 || id >= N) throw new RangeError(`Row ${String(id)} of ${String(N)}`);
    for (let d = 0; d < D; d++) Y[m * D + d] = rows[id * D + d] + (b ? b[d] : 0);
  }
};

export const scatterAdd: Kernels['scatterAdd'] = (rows, ids, table, accumulate = false) => {
  const [M, D] = rows.shape;
  const N = table.shape[0];
  const X = floats(rows, M, D);
  const which = integers(ids, M);
  const Y = floats(table, N, D);
  if (!accumulate) Y.fill(0);
  for (let m = 0; m < M; m++) {
    const start = which[m] * D;
    for (let d = 0; d < D; d++) Y[start + d] += X[m * D + d];
  }
};
