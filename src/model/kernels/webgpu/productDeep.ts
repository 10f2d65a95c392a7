/**
 * Matrix product for devices whose lanes are elements of a CPU's vectors: each lane keeps a tall tile of the result in
 * registers, without workgroup memory or barriers. With quads, four lanes load four rows of a at once and hand them
 * around. Several terms are added in one expression, so that a tile is written rarely.
 */
import { addressOfA, addressOfB, PRODUCT, STORE } from './product';
import type { Form, ProductPlan } from './product';
import { repeat } from './program';
import type { Queue } from './queue';

const LANES = 4;
const ROWS = 16;
/** Terms added in one expression. */
const TERMS = 4;

/** Few sizes, since each is a program to compile. */
const COLUMNS = [2, 6, 8] as const;

/** The columns of a lane that leave the fewest idle; a tile costs its columns and the loading of its rows. */
const columnsFor = (N: number): number => {
  const cost = (columns: number): number => Math.ceil(N / (LANES * columns)) * (columns + 2);
  return COLUMNS.reduce((best, columns) => (cost(columns) <= cost(best) ? columns : best));
};

/** Adds `terms` products to every element of the tile. */
const step = (form: Form, rows: number, columns: number, terms: number, quads: boolean, sums: boolean): string => {
  const loads = repeat(terms, (u) =>
    [
      quads
        ? repeat(rows / 4, (i) => `let a${u}_${i} = a[${addressOfA(form, `row${i}`, `k + ${u}u`)}];`)
        : repeat(rows, (r) => `let x${u}_${r} = a[${addressOfA(form, `row${r}`, `k + ${u}u`)}];`),
      repeat(columns, (c) => `let b${u}_${c} = b[${addressOfB(form, `k + ${u}u`, `column${c}`)}];`),
    ].join('\n'),
  );
  const series = (term: (u: number) => string): string => Array.from({ length: terms }, (_, u) => term(u)).join(' + ');
  const products = repeat(rows, (r) =>
    [
      quads ? repeat(terms, (u) => `let x${u}_${r} = quadBroadcast(a${u}_${r >> 2}, ${r & 3}u);`) : '',
      repeat(columns, (c) => `y${r}_${c} = y${r}_${c} + ${series((u) => `x${u}_${r} * b${u}_${c}`)};`),
    ].join('\n'),
  );
  const added = sums ? repeat(columns, (c) => `s${c} = s${c} + ${series((u) => `b${u}_${c}`)};`) : '';
  return [loads, products, added].join('\n');
};

const textOfDeep = (form: Form, rows: number, columns: number, quads: boolean, sums: boolean): string => `
${STORE}
@compute @workgroup_size(${LANES})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let m0 = group.y * ${rows}u;
  let n0 = group.x * ${LANES * columns}u + lane;
  let end = min((group.z + 1u) * p.slice, p.K);
  ${
    quads
      ? repeat(rows / 4, (i) => `let row${i} = min(m0 + ${4 * i}u + lane, p.M - 1u);`)
      : repeat(rows, (r) => `let row${r} = min(m0 + ${r}u, p.M - 1u);`)
  }
  ${repeat(columns, (c) => `let column${c} = min(n0 + ${LANES * c}u, p.N - 1u);`)}
  ${repeat(rows, (r) => repeat(columns, (c) => `var y${r}_${c} = 0.0;`))}
  ${sums ? repeat(columns, (c) => `var s${c} = 0.0;`) : ''}
  var k = group.z * p.slice;
  for (; k + ${TERMS}u <= end; k += ${TERMS}u) {
    ${step(form, rows, columns, TERMS, quads, sums)}
  }
  for (; k < end; k += 1u) {
    ${step(form, rows, columns, 1, quads, sums)}
  }
  // By way of an array, so that storing is written out for one row and not for all.
  var tile: array<f32, ${rows * columns}>;
  ${repeat(rows, (r) => repeat(columns, (c) => `tile[${r * columns + c}] = y${r}_${c};`))}
  for (var r = 0u; r < ${rows}u; r += 1u) {
    ${repeat(columns, (c) => `store(group.z, m0 + r, n0 + ${LANES * c}u, tile[r * ${columns}u + ${c}u]);`)}
  }
  ${sums ? `if (group.y == 0u) { ${repeat(columns, (c) => `storeSum(group.z, n0 + ${LANES * c}u, s${c});`)} }` : ''}
}`;

export const deepProduct = (
  queue: Queue,
  form: Form,
  { M, N }: { readonly M: number; readonly N: number },
  quads: boolean,
  sums: boolean,
): ProductPlan => {
  const rows = M <= 4 ? 4 : ROWS;
  const columns = columnsFor(N);
  const program = queue.program(`product ${form} deep ${rows}x${columns} ${quads} ${sums}`, () => ({
    ...PRODUCT,
    code: textOfDeep(form, rows, columns, quads, sums),
    subgroups: quads,
  }));
  return { program, rows, columns: LANES * columns };
};
