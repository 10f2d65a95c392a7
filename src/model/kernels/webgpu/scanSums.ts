/**
 * The sums of a scan's step, y[r][c] = sum over k of state[r][k] · weight[k][c], for a block of rows and the columns of
 * one lane, as text. The state is read four terms at a time: within a quad each lane reads one and hands it around.
 */
import { repeat } from './program';
import type { ScanPlan } from './scanPlan';

interface SumsOptions {
  /** Multiple of 4; the state is zero beyond what there is. */
  readonly terms: number;
  readonly columns: number;
  /** Weight of term `k` (an expression) in a column; in range whatever k. */
  readonly weight: (k: string, column: number) => string;
  /** Term `k` of the state of row `r` of the workgroup. */
  readonly one: (r: string, k: string) => string;
  /** Terms k to k + 3 as one vector, where the state is kept so. */
  readonly four: ((r: string, k: string) => string) | null;
}

interface Sums {
  /** Goes before the loop over time. */
  readonly before: string;
  /** Declares y{r}_{c}. Stands in a loop with `first`, the first row of the block. */
  readonly text: string;
}

/** Reads terms k to k + 3 of each row of the block as x{name}_{r}_0 to _3. */
const readState = ({ block, quads }: ScanPlan, { one, four }: SumsOptions, name: string, k: string): string =>
  repeat(block, (r) => {
    const row = `first + ${r}u`;
    const x = `x${name}_${r}`;
    if (quads) {
      return `let ${x} = ${one(row, `${k} + (lane & 3u)`)};
${repeat(4, (u) => `let ${x}_${u} = quadBroadcast(${x}, ${u}u);`)}`;
    }
    if (four) return `let ${x} = ${four(row, k)};\n${repeat(4, (u) => `let ${x}_${u} = ${x}[${u}];`)}`;
    return repeat(4, (u) => `let ${x}_${u} = ${one(row, `${k} + ${u}u`)};`);
  });

/** The loop over terms written out, over weights that a lane has kept in constant places. */
const residentSums = (plan: ScanPlan, options: SumsOptions): Sums => {
  const { terms, columns, weight } = options;
  const groups = terms / 4;
  const add = (g: number, r: number, c: number): string => {
    const products = [0, 1, 2, 3].map((u) => `x${g}_${r}_${u} * w[${(4 * g + u) * columns + c}]`).join(' + ');
    const name = g === groups - 1 ? `y${r}_${c}` : `y${r}_${c}_${g}`;
    return `let ${name} = ${g === 0 ? '' : `y${r}_${c}_${g - 1} + `}${products};`;
  };
  return {
    before: `
  var w: array<f32, ${terms * columns}>;
  for (var k = 0u; k < ${terms}u; k += 1u) {
    ${repeat(columns, (c) => `w[k * ${columns}u + ${c}u] = ${weight('k', c)};`)}
  }`,
    text: repeat(groups, (g) =>
      [
        readState(plan, options, String(g), `${4 * g}u`),
        repeat(plan.block, (r) => repeat(columns, (c) => add(g, r, c))),
      ].join('\n'),
    ),
  };
};

/** A loop over terms, four at a time, over weights that are read anew. */
const streamedSums = (plan: ScanPlan, options: SumsOptions): Sums => {
  const { terms, columns, weight } = options;
  const products = (r: number, c: number): string => [0, 1, 2, 3].map((u) => `x_${r}_${u} * w${u}_${c}`).join(' + ');
  return {
    before: '',
    text: `
      ${repeat(plan.block, (r) => repeat(columns, (c) => `var y${r}_${c} = 0.0;`))}
      for (var k = 0u; k < ${terms}u; k += 4u) {
        ${repeat(4, (u) => repeat(columns, (c) => `let w${u}_${c} = ${weight(`(k + ${u}u)`, c)};`))}
        ${readState(plan, options, '', 'k')}
        ${repeat(plan.block, (r) => repeat(columns, (c) => `y${r}_${c} = y${r}_${c} + ${products(r, c)};`))}
      }`,
  };
};

export const sumsText = (plan: ScanPlan, options: SumsOptions): Sums =>
  plan.resident ? residentSums(plan, options) : streamedSums(plan, options);
