/**
 * Single-precision matrix product, register-blocked: a tile of MR x NR of the result stays in registers over the whole
 * inner dimension, so that what is added to the result is one finished sum (Goto and van de Geijn 2008, without their
 * blocks of the inner dimension: at a network's sizes they gain nothing). Operands are packed into tiles first, which
 * serves every transposition and avoids the cache conflicts of strides that are powers of two. The order of every sum is
 * fixed, and a row's does not depend on the others.
 *
 * Layout of a packed operand of M rows and K columns (B: of its transpose), tile width W: for each tile of W rows: [K][W].
 * What stands in the rows beyond the last is anything: those of the result are not kept.
 */

/** Rows of a tile. */
const MR: i32 = 4;
/** Columns of a tile. */
const NR: i32 = 8;
/** Rows, and columns of a transposed left side, that are packed at a time. */
const BLOCK_ROWS: i32 = 64;
const BLOCK_COLUMNS: i32 = 128;

// @ts-expect-error: decorator
@inline
function roundUp(n: i32, to: i32): i32 {
  return ((n + to - 1) / to) * to;
}

// @ts-expect-error: decorator
@inline
function bytes(floats: i32): usize {
  return (<usize>floats) << 2;
}

/** Floats that a packed operand with `rows` rows (M of A, N of B) takes. */
export function packedSizeA(rows: i32, k: i32): i32 {
  return roundUp(rows, MR) * k;
}
export function packedSizeB(rows: i32, k: i32): i32 {
  return roundUp(rows, NR) * k;
}

/** Floats of scratch that `multiply` and `multiplyTransposed` need. */
export function scratchOfMultiply(m: i32, n: i32, k: i32): i32 {
  return packedSizeB(n, k) + packedSizeA(min(m, BLOCK_ROWS), k);
}
export function scratchOfTransposed(m: i32, k: i32): i32 {
  return packedSizeB(1, k) + packedSizeA(min(m, BLOCK_COLUMNS), k);
}

/** Up to four rows of k floats, `stride` bytes apart, into [K][4] whose rows are `step` bytes apart. */
function packRows(from: usize, stride: usize, rows: i32, k: i32, to: usize, step: usize): void {
  const row1 = rows > 1 ? from + stride : from;
  const row2 = rows > 2 ? row1 + stride : from;
  const row3 = rows > 3 ? row2 + stride : from;
  const whole = bytes(k & ~3);
  const all = bytes(k);
  let at: usize = 0;
  for (; at < whole; at += 16) {
    const a = v128.load(from + at);
    const b = v128.load(row1 + at);
    const c = v128.load(row2 + at);
    const d = v128.load(row3 + at);
    const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    const ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    const cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f32>(ab0, cd0, 0, 1, 4, 5));
    v128.store(to + step, v128.shuffle<f32>(ab0, cd0, 2, 3, 6, 7));
    v128.store(to + 2 * step, v128.shuffle<f32>(ab1, cd1, 0, 1, 4, 5));
    v128.store(to + 3 * step, v128.shuffle<f32>(ab1, cd1, 2, 3, 6, 7));
    to += 4 * step;
  }
  for (; at < all; at += 4) {
    store<f32>(to, load<f32>(from + at));
    store<f32>(to, load<f32>(row1 + at), 4);
    store<f32>(to, load<f32>(row2 + at), 8);
    store<f32>(to, load<f32>(row3 + at), 12);
    to += step;
  }
}

/** A of M x K, row-major, its rows `stride` floats apart. */
export function packA(a: usize, stride: i32, m: i32, k: i32, target: usize): void {
  for (let i = 0; i < m; i += MR) {
    packRows(a + bytes(i * stride), bytes(stride), m - i, k, target, MR << 2);
    target += bytes(MR * k);
  }
}

/** A of M x K whose transpose is row-major, with rows `stride` floats apart. */
function packTransposedA(a: usize, stride: i32, m: i32, k: i32, target: usize): void {
  const row = bytes(stride);
  for (let i = 0; i < m; i += MR) {
    let from = a + bytes(i);
    for (let p = 0; p < k; p++) {
      v128.store(target, v128.load(from));
      from += row;
      target += 16;
    }
  }
}

/** B of K x N: element (k, n) at k · rowStride + n · columnStride, one of which is 1. */
export function packB(b: usize, rowStride: i32, columnStride: i32, k: i32, n: i32, target: usize): void {
  for (let j = 0; j < n; j += NR) {
    if (columnStride == 1) {
      packPanel(b + bytes(j), bytes(rowStride), k, target);
    } else {
      const from = b + bytes(j * columnStride);
      packRows(from, bytes(columnStride), n - j, k, target, NR << 2);
      if (n - j > 4) packRows(from + 4 * bytes(columnStride), bytes(columnStride), n - j - 4, k, target + 16, NR << 2);
    }
    target += bytes(NR * k);
  }
}

/** Eight columns of k rows, `row` bytes apart. */
function packPanel(from: usize, row: usize, k: i32, target: usize): void {
  for (let p = 0; p < k; p++) {
    v128.store(target, v128.load(from));
    v128.store(target, v128.load(from, 16), 16);
    from += row;
    target += 32;
  }
}

/** The same; the sums of the columns are put (or added) where `sums` is, of which there are `columns`. */
function packPanelAndSum(from: usize, row: usize, k: i32, target: usize, sums: usize, columns: i32, add: bool): void {
  let left = f32x4.splat(0);
  let right = left;
  for (let p = 0; p < k; p++) {
    const a = v128.load(from);
    const b = v128.load(from, 16);
    v128.store(target, a);
    v128.store(target, b, 16);
    left = f32x4.add(left, a);
    right = f32x4.add(right, b);
    from += row;
    target += 32;
  }
  v128.store(edge, left);
  v128.store(edge, right, 16);
  mergeEdge(sums, 0, 1, columns, add ? sums : 0, 0);
}

/** A tile of the result that is cut by the matrix's edge goes through here. */
const edge: usize = memory.data(MR * NR * 4, 16);

/** c [m, n] (row stride in floats) = or += the product of packed operands. */
export function multiplyPacked(a: usize, b: usize, c: usize, stride: i32, m: i32, n: i32, k: i32, accumulate: bool): void {
  const row = bytes(stride);
  addPanels(a, b, c, row, m, n, k, accumulate ? c : 0, row);
}

/** c = the product of packed operands, and with `base` what stands there; rows of both so many bytes apart. */
function addPanels(
  a: usize,
  b: usize,
  c: usize,
  row: usize,
  m: i32,
  n: i32,
  k: i32,
  base: usize,
  baseRow: usize,
): void {
  for (let j = 0; j < n; j += NR) {
    const columns = min(NR, n - j);
    if (m == MR && columns == NR) tile(k, a, b, c, row, base, baseRow);
    else addPanel(a, b, c, row, m, columns, k, base, baseRow);
    b += bytes(NR * k);
    c += NR << 2;
    if (base != 0) base += NR << 2;
  }
}

/** The same for one panel of B, of which `columns` are there. */
function addPanel(
  a: usize,
  b: usize,
  c: usize,
  row: usize,
  m: i32,
  columns: i32,
  k: i32,
  base: usize,
  baseRow: usize,
): void {
  for (let i = 0; i < m; i += MR) {
    const rows = min(MR, m - i);
    if (rows == MR && columns == NR) {
      tile(k, a, b, c, row, base, baseRow);
    } else {
      if (columns > 4) tile(k, a, b, edge, NR << 2, 0, 0);
      else narrowTile(k, a, b, edge);
      mergeEdge(c, row, rows, columns, base, baseRow);
    }
    a += bytes(MR * k);
    c += MR * row;
    if (base != 0) base += MR * baseRow;
  }
}

function mergeEdge(c: usize, row: usize, rows: i32, columns: i32, base: usize, baseRow: usize): void {
  for (let r = 0; r < rows; r++) {
    for (let s = 0; s < columns; s++) {
      const at = bytes(s);
      const value = load<f32>(edge + bytes(r * NR + s));
      store<f32>(c + at, base != 0 ? load<f32>(base + at) + value : value);
    }
    c += row;
    if (base != 0) base += baseRow;
  }
}

/**
 * c [m, n] = A B, or with `bias` [n] added to every row, or with `accumulate` added to c. A [m, k] row-major; element
 * (k, n) of B at k · rowStride + n · columnStride. scratch: scratchOfMultiply(m, n, k) floats.
 */
export function multiply(
  a: usize,
  b: usize,
  rowStride: i32,
  columnStride: i32,
  c: usize,
  m: i32,
  n: i32,
  k: i32,
  bias: usize,
  accumulate: bool,
  scratch: usize,
): void {
  const packedA = scratch + bytes(packedSizeB(n, k));
  const row = bytes(n);
  packB(b, rowStride, columnStride, k, n, scratch);
  for (let i = 0; i < m; i += BLOCK_ROWS) {
    const rows = min(BLOCK_ROWS, m - i);
    const to = c + bytes(i * n);
    packA(a + bytes(i * k), k, rows, k, packedA);
    if (accumulate) addPanels(packedA, scratch, to, row, rows, n, k, to, row);
    else addPanels(packedA, scratch, to, row, rows, n, k, bias, 0);
  }
}

/**
 * c [m, n] = (or +=) the product of the transpose of A [k, m] and B [k, n], and with `sums` [n] the sums over the rows of
 * B likewise. scratch: scratchOfTransposed(m, k) floats.
 */
export function multiplyTransposed(
  a: usize,
  b: usize,
  c: usize,
  m: i32,
  n: i32,
  k: i32,
  accumulate: bool,
  sums: usize,
  scratch: usize,
): void {
  const packedA = scratch + bytes(packedSizeB(1, k));
  const row = bytes(n);
  for (let i = 0; i < m; i += BLOCK_COLUMNS) {
    const rows = min(BLOCK_COLUMNS, m - i);
    packTransposedA(a + bytes(i), m, rows, k, packedA);
    for (let j = 0; j < n; j += NR) {
      const columns = min(NR, n - j);
      if (i == 0 && sums != 0) packPanelAndSum(b + bytes(j), row, k, scratch, sums + bytes(j), columns, accumulate);
      else packPanel(b + bytes(j), row, k, scratch);
      const to = c + bytes(i * n + j);
      addPanel(packedA, scratch, to, row, rows, columns, k, accumulate ? to : 0, row);
    }
  }
}

/** One tile: 4 x 8 sums in eight registers. */
function tile(k: i32, a: usize, b: usize, c: usize, row: usize, base: usize, baseRow: usize): void {
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  for (let p = 0; p < k; p++) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(a0, b0));
    c01 = f32x4.add(c01, f32x4.mul(a0, b1));
    const a1 = v128.load32_splat(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(a1, b0));
    c11 = f32x4.add(c11, f32x4.mul(a1, b1));
    const a2 = v128.load32_splat(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(a2, b0));
    c21 = f32x4.add(c21, f32x4.mul(a2, b1));
    const a3 = v128.load32_splat(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(a3, b0));
    c31 = f32x4.add(c31, f32x4.mul(a3, b1));
    a += 16;
    b += 32;
  }
  if (base != 0) {
    c00 = f32x4.add(v128.load(base), c00);
    c01 = f32x4.add(v128.load(base, 16), c01);
    base += baseRow;
    c10 = f32x4.add(v128.load(base), c10);
    c11 = f32x4.add(v128.load(base, 16), c11);
    base += baseRow;
    c20 = f32x4.add(v128.load(base), c20);
    c21 = f32x4.add(v128.load(base, 16), c21);
    base += baseRow;
    c30 = f32x4.add(v128.load(base), c30);
    c31 = f32x4.add(v128.load(base, 16), c31);
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += row;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += row;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += row;
  v128.store(c, c30);
  v128.store(c, c31, 16);
}

/** The left half of a tile, into rows of NR floats. */
function narrowTile(k: i32, a: usize, b: usize, c: usize): void {
  let c0 = f32x4.splat(0);
  let c1 = c0;
  let c2 = c0;
  let c3 = c0;
  for (let p = 0; p < k; p++) {
    const b0 = v128.load(b);
    c0 = f32x4.add(c0, f32x4.mul(v128.load32_splat(a), b0));
    c1 = f32x4.add(c1, f32x4.mul(v128.load32_splat(a, 4), b0));
    c2 = f32x4.add(c2, f32x4.mul(v128.load32_splat(a, 8), b0));
    c3 = f32x4.add(c3, f32x4.mul(v128.load32_splat(a, 12), b0));
    a += 16;
    b += 32;
  }
  v128.store(c, c0);
  v128.store(c, c1, 32);
  v128.store(c, c2, 64);
  v128.store(c, c3, 96);
}
