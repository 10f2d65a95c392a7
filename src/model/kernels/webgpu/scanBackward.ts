/**
 * The scan, backward: the whole sequence in one dispatch. Each step has two halves with a barrier after each: the
 * gradients of the pre-activations, element by element, then their sums with the recurrent weights, which are the next
 * step's gradient through time. A group of lanes sums a part of the columns; the next step adds the parts up.
 */
import { CELLS, type CellName } from '../../cells';
import { PRICE_DELTA } from '../kernels';
import type { ScanBackward } from '../kernels';
import { bufferOf, expectSize } from './memory';
import { ACTIVATIONS, ceilTo, repeat } from './program';
import type { Queue } from './queue';
import { courseOf, keyOf, planBackward, rowsText, timeText } from './scanPlan';
import type { Course, ScanPlan } from './scanPlan';
import { sumsText } from './scanSums';
import type { Stretch } from './stretches';
import type { Tuning } from './tuning';

/**
 * `states`: c of an LSTM, q of a GRU; `extra`: dc of an LSTM, drecurrent of a GRU; `carry`: [1 + parts, B, H], the
 * gradient through time, then the parts where they have no room in workgroup memory, then the mask [T, B] where there is
 * one: the eight buffers that a program is sure to have are all in use.
 */
const BUFFERS = {
  U: 'f32',
  gates: 'f32',
  states: 'f32',
  h: 'f32',
  dh: 'f32',
  dgates: 'f32 written',
  extra: 'f32 written',
  carry: 'f32 written',
} as const;

const PARAMETERS = {
  B: 'u32',
  rows: 'u32',
  t0: 'u32',
  t1: 'u32',
  last: 'u32',
  U0: 'u32',
  gates0: 'u32',
  states0: 'u32',
  h0: 'u32',
  dh0: 'u32',
  dgates0: 'u32',
  extra0: 'u32',
  mask0: 'u32',
  price: 'f32',
} as const;

/** A scan with a price of memory has a program of its own: without one the text, and so every bit, is as if there were none. */
interface BackwardCourse extends Course {
  readonly priced: boolean;
}

/** Adds to `to`, the gradient of a state at the address `at` of `states`, the slope of its price. */
const priceText = (to: string, states: string, at: string): string =>
  `${to} += p.price * clamp(${states}[${at}] * ${1 / PRICE_DELTA}, -1.0, 1.0);`;

type Give = (gate: number, value: string) => string;

/**
 * From d, the gradient of h_t: writes `dgates`, and hands to `give(column, value)` what goes through the recurrent
 * weights. The equations are those of the reference.
 */
const CELL_TEXT: Readonly<Record<CellName, (H: number, give: Give, priced: boolean) => string>> = {
  lstm: (H, give, priced) => `
      let i = gates[z];
      let f = gates[z + ${H}u];
      let g = gates[z + ${2 * H}u];
      let o = gates[z + ${3 * H}u];
      let squashed = hyperbolic(states[p.states0 + after]);
      let x = p.extra0 + row * ${H}u + unit;
      ${priced ? 'var' : 'let'} dc = extra[x] + d * o * (1.0 - squashed * squashed);
      ${priced ? priceText('dc', 'states', 'p.states0 + after') : ''}
      extra[x] = dc * f;
      let d0 = dc * g * i * (1.0 - i);
      let d1 = dc * states[p.states0 + before] * f * (1.0 - f);
      let d2 = dc * i * (1.0 - g * g);
      let d3 = d * squashed * o * (1.0 - o);
      ${repeat(4, (gate) => `dgates[dz + ${gate * H}u] = d${gate};\n${give(gate, `d${gate}`)}`)}`,
  gru: (H, give, priced) => `
      ${priced ? priceText('d', 'h', 'p.h0 + after') : ''}
      let r = gates[z];
      let u = gates[z + ${H}u];
      let n = gates[z + ${2 * H}u];
      let d2 = d * (1.0 - u) * (1.0 - n * n);
      let d0 = d2 * states[p.states0 + e] * r * (1.0 - r);
      let d1 = d * (h[p.h0 + before] - n) * u * (1.0 - u);
      carry[row * ${H}u + unit] = d * u;
      let x = p.extra0 + (t * p.B + row) * ${3 * H}u + unit;
      dgates[dz + ${2 * H}u] = d2;
      ${repeat(2, (gate) => `dgates[dz + ${gate * H}u] = d${gate};\nextra[x + ${gate * H}u] = d${gate};\n${give(gate, `d${gate}`)}`)}
      extra[x + ${2 * H}u] = d2 * r;
      ${give(2, '(d2 * r)')}`,
  rnn: (_, give, priced) => `
      ${priced ? priceText('d', 'h', 'p.h0 + after') : ''}
      let new_h = h[p.h0 + after];
      let d0 = d * (1.0 - new_h * new_h);
      dgates[dz] = d0;
      ${give(0, 'd0')}`,
};

/** At padding nothing reaches the gates, and the gradient passes. */
const paddingText = (plan: ScanPlan, give: Give): string => {
  const { cell, H } = plan;
  const extra = `extra[p.extra0 + (t * p.B + row) * ${3 * H}u + unit`;
  return repeat(CELLS[cell].gates.length, (gate) =>
    [
      `dgates[dz + ${gate * H}u] = 0.0;`,
      cell === 'gru' ? `${extra} + ${gate * H}u] = 0.0;` : '',
      give(gate, '0.0'),
    ].join('\n'),
  );
};

const textOfBackward = (plan: ScanPlan, course: BackwardCourse): string => {
  const { time, before, after } = timeText(course);
  const { cell, H, rows, block, lanes, units, parts, shared, quads } = plan;
  const N = CELLS[cell].gates.length * H;
  const terms = ceilTo(Math.ceil(N / parts), 4);
  const W = terms * parts;
  const all = lanes * parts;
  const barrier = shared ? 'workgroupBarrier();' : 'storageBarrier();';
  const give = (gate: number, value: string): string => {
    if (!shared) return '';
    const column = `unit + ${gate * H}u`;
    return quads
      ? `exchange[line * ${W}u + ${column}] = ${value};`
      : `exchange[line * ${W / 4}u + (${column}) / 4u][(${column}) % 4u] = ${value};`;
  };
  const partAt = (part: string, r: string, unit: string): string =>
    shared
      ? `sums[((${part}) * ${rows}u + ${r}) * ${H}u + ${unit}]`
      : `carry[((${part} + 1u) * p.B + b0 + ${r}) * ${H}u + ${unit}]`;
  const through = repeat(parts, (part) => `d += ${partAt(`${part}u`, 'line', 'unit')};`);
  // What does not go through the recurrent weights has a place of its own, which is read at every step then.
  const apart = cell === 'gru' || course.masked;
  const sent = cell === 'gru' ? 'extra[p.extra0' : 'dgates[p.dgates0';
  const text = sumsText(plan, {
    terms,
    columns: units,
    weight: (k, s) => {
      const n = `min(part * ${terms}u + ${k}, ${N - 1}u)`;
      const unit = `min(mine + ${s * lanes}u, ${H - 1}u)`;
      return plan.resident ? `U[p.U0 + ${unit} * ${N}u + ${n}]` : `U[p.U0 + ${n} * ${H}u + ${unit}]`;
    },
    one: (r, k) => {
      if (shared) return `exchange[(${r}) * ${W}u + part * ${terms}u + ${k}]`;
      const value = `${sent} + (t * p.B + min(b0 + ${r}, p.B - 1u)) * ${N}u + min(part * ${terms}u + ${k}, ${N - 1}u)]`;
      return W === N ? value : `select(0.0, ${value}, part * ${terms}u + ${k} < ${N}u)`;
    },
    four: shared && !quads ? (r, k) => `exchange[(${r}) * ${W / 4}u + (part * ${terms}u + ${k}) / 4u]` : null,
  });
  const eachElement = (body: string): string => `
    for (var i = lane; i < ${rowsText(plan)} * ${H}u; i += ${all}u) {
      let line = i / ${H}u;
      let unit = i % ${H}u;
      let row = b0 + line;
      if (row < p.B) {${body}
      }
    }`;
  return `
${shared ? `var<workgroup> exchange: array<${quads ? `f32, ${rows * W}` : `vec4f, ${(rows * W) / 4}`}>;` : ''}
${shared ? `var<workgroup> sums: array<f32, ${parts * rows * H}>;` : ''}
${ACTIVATIONS}
@compute @workgroup_size(${all})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let b0 = group.x * ${rowsText(plan)};
  let part = lane / ${lanes}u;
  let mine = lane % ${lanes}u;
  ${text.before}
  for (var k = p.t1; k > p.t0;) {
    k -= 1u;
    let t = ${time};
    ${eachElement(`
      let e = (t * p.B + row) * ${H}u + unit;
      let before = (${before} * p.B + row) * ${H}u + unit;
      let after = (${after} * p.B + row) * ${H}u + unit;
      let z = p.gates0 + (t * p.B + row) * ${N}u + unit;
      let dz = p.dgates0 + (t * p.B + row) * ${N}u + unit;
      var d = dh[p.dh0 + e];
      ${apart ? '' : 'if (k + 1u == p.t1) {'} d += carry[row * ${H}u + unit]; ${apart ? '' : '}'}
      if (k + 1u < p.t1) {
        ${through}
      }
      ${course.masked ? `if (carry[p.mask0 + t * p.B + row] == 0.0) {\ncarry[row * ${H}u + unit] = d;\n${paddingText(plan, give)}\n} else {` : ''}
      ${apart && cell !== 'gru' ? `carry[row * ${H}u + unit] = 0.0;` : ''}
      ${CELL_TEXT[cell](H, give, course.priced)}
      ${course.masked ? '}' : ''}`)}
    ${barrier}
    for (var first = 0u; first < ${rowsText(plan)}; first += ${block}u) {
      ${text.text}
      // In an array, since a compiler takes minutes over many branches one after the other.
      var y: array<f32, ${block * units}>;
      ${repeat(block, (r) => repeat(units, (s) => `y[${r * units + s}] = y${r}_${s};`))}
      for (var s = 0u; s < ${block * units}u; s += 1u) {
        let line = first + s / ${units}u;
        let unit = mine + (s % ${units}u) * ${lanes}u;
        if (unit < ${H}u && b0 + line < p.B) { ${partAt('part', 'line', 'unit')} = y[s]; }
      }
    }
    ${barrier}
  }
  ${eachElement(`
      var d = ${apart ? `carry[row * ${H}u + unit]` : '0.0'};
      ${through}
      carry[row * ${H}u + unit] = d;`)}
}`;
};

/** The recurrent weights [H, N] as [N, H], so that neighbouring lanes read neighbours. */
const transpose = (queue: Queue, H: number, N: number) =>
  queue.program(`transpose ${H} ${N}`, () => ({
    buffers: { weights: 'f32', turned: 'f32 written' } as const,
    parameters: { weights0: 'u32' } as const,
    code: `
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < ${H * N}u) { turned[id.x] = weights[p.weights0 + (id.x % ${H}u) * ${N}u + id.x / ${H}u]; }
}`,
  }));

/** A mask, as floats behind other floats. */
const unpack = (queue: Queue) =>
  queue.program('mask as floats', () => ({
    buffers: { mask: 'u32', floats: 'f32 written' } as const,
    parameters: { mask0: 'u32', floats0: 'u32', count: 'u32' } as const,
    code: `
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < p.count) { floats[p.floats0 + id.x] = f32(mask[p.mask0 + id.x]); }
}`,
  }));

export const createScanBackward = (queue: Queue, tuning: Tuning) => {
  const none = queue.scratch('none', 1);
  const spare = queue.scratch('spare', 1);

  /** Queues the steps [t0, t1) of a backward scan, counted in the scan's own direction; stretches go from last to first. */
  return (args: ScanBackward, { t0, t1 }: Stretch): void => {
    const { cell, recurrent, tape, dh, dgates, drecurrent, dhCarry, dcCarry, mask, price = 0 } = args;
    const course = { ...courseOf(args), priced: price !== 0 };
    const [T, B, width] = tape.gates.shape;
    const H = width / CELLS[cell].gates.length;
    const states = cell === 'lstm' ? tape.c : cell === 'gru' ? tape.q : null;
    const extra = cell === 'lstm' ? dcCarry : cell === 'gru' ? drecurrent : null;
    if ((states === null || extra === null) && cell !== 'rnn')
      throw new TypeError('The scan lacks what its cell needs');
    expectSize(recurrent, H, width);
    expectSize(dh, T, B, H);
    expectSize(dgates, T, B, width);
    expectSize(dhCarry, B, H);
    const plan = planBackward(cell, H, B, tuning);
    const program = queue.program(`scan backward ${keyOf(plan, course)}`, () => ({
      buffers: BUFFERS,
      parameters: PARAMETERS,
      code: textOfBackward(plan, course),
      subgroups: plan.quads,
    }));
    let weights: Parameters<typeof queue.dispatch>[1][string] = recurrent;
    if (!plan.resident) {
      weights = queue.scratch('transposed', H * width);
      const groups = [Math.ceil((H * width) / 64)] as const;
      queue.dispatch(
        transpose(queue, H, width),
        { weights: recurrent, turned: weights },
        { weights0: recurrent.offset },
        groups,
      );
    }
    const mask0 = (1 + (plan.shared ? 0 : plan.parts)) * B * H;
    const carry = queue.scratch('carry', mask0 + (mask ? T * B : 0));
    if (mask) {
      const parameters = { mask0: mask.offset, floats0: mask0, count: T * B };
      queue.dispatch(unpack(queue), { mask, floats: carry }, parameters, [Math.ceil((T * B) / 64)]);
    }
    queue.copy(bufferOf(dhCarry).gpu, dhCarry.offset, carry.gpu, 0, B * H);
    queue.dispatch(
      program,
      {
        U: weights,
        gates: tape.gates,
        states: states ?? none,
        h: cell === 'lstm' ? none : tape.h,
        dh,
        dgates,
        extra: extra ?? spare,
        carry,
      },
      {
        B,
        rows: plan.rows,
        t0,
        t1,
        last: T - 1,
        U0: plan.resident ? recurrent.offset : 0,
        gates0: tape.gates.offset,
        states0: states?.offset ?? 0,
        h0: tape.h.offset,
        dh0: dh.offset,
        dgates0: dgates.offset,
        extra0: extra?.offset ?? 0,
        mask0,
        price,
      },
      [Math.ceil(B / plan.rows)],
    );
    queue.copy(carry.gpu, 0, bufferOf(dhCarry).gpu, dhCarry.offset, B * H);
  };
};
