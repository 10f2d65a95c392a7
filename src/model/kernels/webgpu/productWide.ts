/**
 * Matrix product for GPUs: a workgroup makes a square tile of the result, its lanes 4 by 4 elements each, from stretches
 * of a and b that all of them read from workgroup memory.
 */
import { addressOfA, addressOfB, PRODUCT, STORE } from './product';
import type { Form, ProductPlan } from './product';
import { repeat } from './program';
import type { Queue } from './queue';

/** Terms of a stretch. */
const DEPTH = 16;
/** Below this many large tiles small ones are taken. */
const ENOUGH = 64;

/** Fills a stretch, four neighbours along the tile's side at a time, lanes along the direction that is contiguous. */
const fill = (to: string, from: (side: string, k: string) => string, size: string, alongK: boolean): string => {
  const inside = (i: number): string =>
    `select(0.0, ${from(`min(s + ${i}u, ${size} - 1u)`, 'kc')}, kIn && s + ${i}u < ${size})`;
  return `
    for (var i = lane; i < ${DEPTH}u * QUARTER; i += LANES) {
      ${alongK ? `let kk = i % ${DEPTH}u; let side = i / ${DEPTH}u;` : 'let kk = i / QUARTER; let side = i % QUARTER;'}
      let kIn = k + kk < end;
      let kc = min(k + kk, p.K - 1u);
      let s = ${to}0 + side * 4u;
      tile_${to}[kk * QUARTER + side] = vec4f(${[0, 1, 2, 3].map(inside).join(', ')});
    }`;
};

const textOfWide = (form: Form, tile: number, sums: boolean): string => `
const QUARTER = ${tile / 4}u;
const LANES = ${(tile / 4) ** 2}u;
var<workgroup> tile_m: array<vec4f, ${(DEPTH * tile) / 4}>;
var<workgroup> tile_n: array<vec4f, ${(DEPTH * tile) / 4}>;
${STORE}
@compute @workgroup_size(${(tile / 4) ** 2})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let m0 = group.y * ${tile}u;
  let n0 = group.x * ${tile}u;
  let x = lane % QUARTER;
  let y = lane / QUARTER;
  let end = min((group.z + 1u) * p.slice, p.K);
  ${repeat(4, (r) => `var y${r} = vec4f();`)}
  ${sums ? 'var s = vec4f();' : ''}
  for (var k = group.z * p.slice; k < end; k += ${DEPTH}u) {
    ${fill('m', (side, k) => `a[${addressOfA(form, side, k)}]`, 'p.M', form !== 'TN')}
    ${fill('n', (side, k) => `b[${addressOfB(form, k, side)}]`, 'p.N', form === 'NT')}
    workgroupBarrier();
    for (var kk = 0u; kk < ${DEPTH}u; kk += 1u) {
      let u = tile_m[kk * QUARTER + y];
      let v = tile_n[kk * QUARTER + x];
      ${repeat(4, (r) => `y${r} = fma(vec4f(u[${r}]), v, y${r});`)}
      ${sums ? 's = s + v;' : ''}
    }
    workgroupBarrier();
  }
  let m = m0 + y * 4u;
  let n = n0 + x * 4u;
  ${repeat(4, (r) => repeat(4, (c) => `store(group.z, m + ${r}u, n + ${c}u, y${r}[${c}]);`))}
  ${sums ? `if (group.y == 0u && y == 0u) { ${repeat(4, (c) => `storeSum(group.z, n + ${c}u, s[${c}]);`)} }` : ''}
}`;

export const wideProduct = (
  queue: Queue,
  form: Form,
  { M, N }: { readonly M: number; readonly N: number },
  sums: boolean,
): ProductPlan => {
  const tile = Math.ceil(M / 64) * Math.ceil(N / 64) >= ENOUGH ? 64 : 32;
  const program = queue.program(`product ${form} wide ${tile} ${sums}`, () => ({
    ...PRODUCT,
    code: textOfWide(form, tile, sums),
  }));
  return { program, rows: tile, columns: tile };
};
