/** The scan, forward: the whole sequence in one dispatch. */
import { CELLS, type CellName } from '../../cells';
import type { Scan } from '../kernels';
import { expectSize } from './memory';
import { ACTIVATIONS, ceilTo, repeat } from './program';
import type { Program } from './program';
import type { Queue } from './queue';
import { courseOf, keyOf, planForward, rowsText, timeText } from './scanPlan';
import type { Course, ScanPlan } from './scanPlan';
import { sumsText } from './scanSums';
import type { Stretch } from './stretches';
import type { Tuning } from './tuning';

type Buffers = 'U' | 'bias' | 'gates' | 'states' | 'h' | 'mask';

const PARAMETERS = {
  B: 'u32',
  rows: 'u32',
  t0: 'u32',
  t1: 'u32',
  last: 'u32',
  U0: 'u32',
  bias0: 'u32',
  gates0: 'u32',
  states0: 'u32',
  h0: 'u32',
  mask0: 'u32',
} as const;

/** What a lane does with the sums of a unit; the equations are those of the reference. */
const CELL_TEXT: Readonly<Record<CellName, (H: number, sum: (gate: number) => string) => string>> = {
  lstm: (H, sum) => `
    let i = sigmoid(gates[z] + ${sum(0)});
    let f = sigmoid(gates[z + ${H}u] + ${sum(1)});
    let g = hyperbolic(gates[z + ${2 * H}u] + ${sum(2)});
    let o = sigmoid(gates[z + ${3 * H}u] + ${sum(3)});
    let c = keep(f * states[p.states0 + before] + i * g, states[p.states0 + before], padding);
    let new_h = keep(o * hyperbolic(c), h[p.h0 + before], padding);
    if (inside) {
      gates[z] = i;
      gates[z + ${H}u] = f;
      gates[z + ${2 * H}u] = g;
      gates[z + ${3 * H}u] = o;
      states[p.states0 + after] = c;
      h[p.h0 + after] = new_h;
    }`,
  gru: (H, sum) => `
    let r = sigmoid(gates[z] + ${sum(0)});
    let u = sigmoid(gates[z + ${H}u] + ${sum(1)});
    let q = ${sum(2)} + bias[p.bias0 + unit];
    let n = hyperbolic(gates[z + ${2 * H}u] + r * q);
    let new_h = keep((1.0 - u) * n + u * h[p.h0 + before], h[p.h0 + before], padding);
    if (inside) {
      gates[z] = r;
      gates[z + ${H}u] = u;
      gates[z + ${2 * H}u] = n;
      states[p.states0 + e] = q;
      h[p.h0 + after] = new_h;
    }`,
  rnn: (_, sum) => `
    let a = gates[z] + ${sum(0)};
    let new_h = keep(hyperbolic(a), h[p.h0 + before], padding);
    if (inside) {
      gates[z] = a;
      h[p.h0 + after] = new_h;
    }`,
};

const textOfScan = (plan: ScanPlan, course: Course): string => {
  const { time, before, after } = timeText(course);
  const start = course.reversed ? '(p.last + 1u - p.t0)' : 'p.t0';
  const { cell, H, rows, block, lanes, units, shared } = plan;
  const G = CELLS[cell].gates.length;
  const W = ceilTo(H, 4);
  const quarter = W / 4;
  const finish = `
  for (var s = 0u; s < ${units * block}u; s += 1u) {
    let line = first + s / ${units}u;
    let row = b0 + line;
    let own = lane + (s % ${units}u) * ${lanes}u;
    let unit = min(own, ${H - 1}u);
    let inside = row < p.B && own < ${H}u;
    let e = (t * p.B + min(row, p.B - 1u)) * ${H}u + unit;
    let before = (${before} * p.B + min(row, p.B - 1u)) * ${H}u + unit;
    let after = (${after} * p.B + min(row, p.B - 1u)) * ${H}u + unit;
    ${course.masked ? 'let padding = mask[p.mask0 + t * p.B + min(row, p.B - 1u)] == 0u;' : 'const padding = false;'}
    let z = p.gates0 + (t * p.B + min(row, p.B - 1u)) * ${G * H}u + unit;
    ${CELL_TEXT[cell](H, (gate) => `y[s * ${G}u + ${gate}u]`)}
    ${
      shared
        ? plan.quads
          ? `if (own < ${H}u) { exchange[(now ^ 1u) * ${rows * W}u + line * ${W}u + unit] = new_h; }`
          : `if (own < ${H}u) { exchange[(now ^ 1u) * ${rows * quarter}u + line * ${quarter}u + unit / 4u][unit % 4u] = new_h; }`
        : ''
    }
  }`;
  const enter = shared
    ? plan.quads
      ? `
  for (var i = lane; i < ${2 * rows * W}u; i += ${lanes}u) {
    let row = min(b0 + (i / ${W}u) % ${rows}u, p.B - 1u);
    let k = i % ${W}u;
    exchange[i] = select(0.0, h[p.h0 + (${start} * p.B + row) * ${H}u + min(k, ${H - 1}u)], k < ${H}u);
  }`
      : `
  for (var i = lane; i < ${2 * rows * W}u; i += ${lanes}u) {
    let row = min(b0 + (i / ${W}u) % ${rows}u, p.B - 1u);
    let k = i % ${W}u;
    exchange[i / 4u][i % 4u] = select(0.0, h[p.h0 + (${start} * p.B + row) * ${H}u + min(k, ${H - 1}u)], k < ${H}u);
  }`
    : '';
  const barrier = shared ? 'workgroupBarrier();' : 'storageBarrier();';
  const last = (k: string): string => (W === H ? k : `min(${k}, ${H - 1}u)`);
  const zeroed = (value: string, k: string): string => (W === H ? value : `select(0.0, ${value}, ${k} < ${H}u)`);
  const sums = sumsText(plan, {
    terms: W,
    columns: G * units,
    weight: (k, column) => {
      const s = Math.floor(column / G);
      return `U[p.U0 + ${last(k)} * ${G * H}u + ${(column % G) * H}u + min(lane + ${s * lanes}u, ${H - 1}u)]`;
    },
    one: (r, k) =>
      shared
        ? `exchange[now * ${rows * W}u + (${r}) * ${W}u + ${k}]`
        : zeroed(`h[p.h0 + (${before} * p.B + min(b0 + ${r}, p.B - 1u)) * ${H}u + ${last(k)}]`, k),
    four:
      shared && !plan.quads
        ? (r, k) => `exchange[now * ${rows * quarter}u + (${r}) * ${quarter}u + (${k}) / 4u]`
        : null,
  });
  return `
${shared ? `var<workgroup> exchange: array<${plan.quads ? `f32, ${2 * rows * W}` : `vec4f, ${2 * rows * quarter}`}>;` : ''}
${ACTIVATIONS}
fn keep(next: f32, previous: f32, padding: bool) -> f32 { return select(next, previous, padding); }
@compute @workgroup_size(${lanes})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let b0 = group.x * ${rowsText(plan)};
  ${sums.before}
  ${enter}
  ${shared ? barrier : ''}
  for (var k = p.t0; k < p.t1; k += 1u) {
    let t = ${time};
    let now = (k - p.t0) & 1u;
    for (var first = 0u; first < ${rowsText(plan)}; first += ${block}u) {
      ${sums.text}
      // In an array, so that a cell's equations are written out once.
      var y: array<f32, ${block * units * G}>;
      ${repeat(block, (r) => repeat(units * G, (c) => `y[${r * units * G + c}] = y${r}_${c};`))}
      ${finish}
    }
    ${barrier}
  }
}`;
};

export const createScan = (queue: Queue, tuning: Tuning) => {
  const none = queue.scratch('none', 1);
  const spare = queue.scratch('spare', 1);

  /** Queues the steps [t0, t1) of a scan, counted in its own direction. */
  return (args: Scan, { t0, t1 }: Stretch): void => {
    const { cell, recurrent, unitVectors, tape, mask } = args;
    const course = courseOf(args);
    const [T, B, width] = tape.gates.shape;
    const H = width / CELLS[cell].gates.length;
    const states = cell === 'lstm' ? tape.c : cell === 'gru' ? tape.q : null;
    if (states === null && cell !== 'rnn') throw new TypeError('The tape lacks what the cell writes');
    if (cell === 'gru' && unitVectors === null) throw new TypeError('A GRU needs a recurrent bias');
    expectSize(recurrent, H, width);
    expectSize(tape.h, T + 1, B, H);
    const plan = planForward(cell, H, B, tuning);
    const program: Program<Buffers, keyof typeof PARAMETERS> = queue.program(`scan ${keyOf(plan, course)}`, () => ({
      buffers: {
        U: 'f32',
        bias: 'f32',
        gates: 'f32 written',
        states: 'f32 written',
        h: 'f32 written',
        mask: 'u32',
      },
      parameters: PARAMETERS,
      code: textOfScan(plan, course),
      subgroups: plan.quads,
    }));
    queue.dispatch(
      program,
      {
        U: recurrent,
        bias: unitVectors ?? none,
        gates: tape.gates,
        states: states ?? spare,
        h: tape.h,
        mask: mask ?? none,
      },
      {
        B,
        rows: plan.rows,
        t0,
        t1,
        last: T - 1,
        U0: recurrent.offset,
        bias0: unitVectors?.offset ?? 0,
        gates0: tape.gates.offset,
        states0: states?.offset ?? 0,
        h0: tape.h.offset,
        mask0: mask?.offset ?? 0,
      },
      [Math.ceil(B / plan.rows)],
    );
  };
};
