/** Softmax cross-entropy and its gradient: rows side by side, then the totals in a fixed order. */
import type { CrossEntropy } from '../kernels';
import { expectSize } from './memory';
import { FINITE, NAN_BITS, repeat } from './program';
import type { Queue } from './queue';
import type { Tuning } from './tuning';

const ROWS_PER_GROUP = 16;
const LANES = 64;
/** Vocabularies from here on are shared out among the lanes of a workgroup on GPUs. */
const LARGE = 128;

/** Writes (loss, 1 or 0) of each row to `rows`; every lane of a row's `across` takes every across-th symbol. */
const rowsProgram = (queue: Queue, across: number) =>
  queue.program(`cross-entropy ${across}`, () => ({
    buffers: { targets: 'u32', logits: 'f32 written', rows: 'f32 written' } as const,
    parameters: {
      M: 'u32',
      V: 'u32',
      logits0: 'u32',
      targets0: 'u32',
      scaled: 'u32',
      scale: 'f32',
      nan: 'u32',
      width: 'u32', // prettier-ignore
    } as const,
    code: `
${across > 1 ? `var<workgroup> values: array<f32, ${across}>;\nvar<workgroup> places: array<u32, ${across}>;` : ''}
${FINITE}
@compute @workgroup_size(${across > 1 ? across : ROWS_PER_GROUP})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  ${
    across > 1
      ? 'let m = group.y * p.width + group.x;\n  let begin = lane;'
      : `let m = (group.y * p.width + group.x) * ${ROWS_PER_GROUP}u + lane;\n  let begin = 0u;`
  }
  if (m >= p.M) { return; }
  let row = p.logits0 + m * p.V;
  var best = begin;
  var largest = -3.4e38;
  var good = true;
  for (var v = begin; v < p.V; v += ${across}u) {
    let x = logits[row + v];
    good = good && finite(x);
    if (x > largest) { largest = x; best = v; }
  }
  ${
    across > 1
      ? `
  values[lane] = select(bitcast<f32>(p.nan), largest, good);
  places[lane] = best;
  workgroupBarrier();
  for (var l = 0u; l < ${across}u; l += 1u) {
    let x = values[l];
    good = good && finite(x);
    if (x > largest || (x == largest && places[l] < best)) { largest = x; best = places[l]; }
  }
  workgroupBarrier();`
      : ''
  }
  var total = 0.0;
  for (var v = begin; v < p.V; v += ${across}u) { total += exp(logits[row + v] - largest); }
  ${
    across > 1
      ? `
  values[lane] = total;
  workgroupBarrier();
  total = 0.0;
  for (var l = 0u; l < ${across}u; l += 1u) { total += values[l]; }`
      : ''
  }
  let wanted = targets[p.targets0 + m];
  ${across > 1 ? 'if (lane == 0u) {' : '{'}
    let loss = log(total) + largest - logits[row + wanted];
    rows[2u * m] = select(bitcast<f32>(p.nan), loss, good);
    rows[2u * m + 1u] = select(0.0, 1.0, best == wanted);
  }
  ${across > 1 ? 'storageBarrier();' : ''}
  if (p.scaled == 1u) {
    let factor = p.scale / total;
    for (var v = begin; v < p.V; v += ${across}u) {
      logits[row + v] = exp(logits[row + v] - largest) * factor - select(0.0, p.scale, v == wanted);
    }
  }
}`,
  }));

/** Adds up the rows, two numbers each, every lane its own rows and then the lanes in order. */
const totalsProgram = (queue: Queue) =>
  queue.program('totals', () => ({
    buffers: { rows: 'f32', totals: 'f32 written' } as const,
    parameters: { M: 'u32', totals0: 'u32', accumulate: 'u32' } as const,
    code: `
var<workgroup> sums: array<vec2f, ${LANES}>;
@compute @workgroup_size(${LANES})
fn main(@builtin(local_invocation_index) lane: u32) {
  var mine = vec2f();
  for (var m = lane; m < p.M; m += ${LANES}u) { mine += vec2f(rows[2u * m], rows[2u * m + 1u]); }
  sums[lane] = mine;
  workgroupBarrier();
  if (lane == 0u) {
    var total = vec2f();
    if (p.accumulate == 1u) { total = vec2f(totals[p.totals0], totals[p.totals0 + 1u]); }
    for (var l = 0u; l < ${LANES}u; l += 1u) { total += sums[l]; }
    ${repeat(2, (k) => `totals[p.totals0 + ${k}u] = total[${k}];`)}
  }
}`,
  }));

export const createCrossEntropy =
  (queue: Queue, tuning: Tuning) =>
  ({ logits, targets, gradientScale, totals, accumulate }: CrossEntropy): void => {
    const [M, V] = logits.shape;
    expectSize(targets, M);
    expectSize(totals, 2);
    const across = tuning.cut === 'wide' && V >= LARGE ? LANES : 1;
    const rows = queue.scratch('rows', 2 * M);
    const groups = across > 1 ? M : Math.ceil(M / ROWS_PER_GROUP);
    const width = Math.min(groups, 32768);
    queue.dispatch(
      rowsProgram(queue, across),
      { targets, logits, rows },
      {
        M,
        V,
        logits0: logits.offset,
        targets0: targets.offset,
        scaled: gradientScale === null ? 0 : 1,
        scale: gradientScale ?? 0,
        nan: NAN_BITS,
        width,
      },
      [width, Math.ceil(groups / width)],
    );
    const adds = accumulate ? 1 : 0;
    queue.dispatch(totalsProgram(queue), { rows, totals }, { M, totals0: totals.offset, accumulate: adds }, [1]);
  };
