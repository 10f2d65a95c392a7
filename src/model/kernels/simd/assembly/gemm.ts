/**
 * Single-precision matrix product, register-blocked: tiles of MR x NR of the result stay in registers over a block of
 * KC of the inner dimension (Goto and van de Geijn 2008). Operands are packed into tiles first, which serves every
 * transposition and avoids the cache conflicts of strides that are powers of two. The order of every sum is fixed.
 *
 * Layout of a packed operand of M rows and K columns (B: of its transpose), tile width W:
 * for each block of up to KC columns: for each tile of W rows (the last padded with zeros): [kc][W].
 */

/** Rows of a tile. */
export const MR: i32 = 4;
/** Columns of a tile. */
export const NR: i32 = 8;
/** Inner dimension of a block: a tile of B (KC · NR · 4 bytes) stays in the first-level cache. */
const KC: i32 = 256;

// @ts-expect-error: decorator
@inline
function roundUp(n: i32, to: i32): i32 {
  return ((n + to - 1) / to) * to;
}

/** Floats that a packed operand with `rows` rows (M of A, N of B) takes. */
export function packedSizeA(rows: i32, k: i32): i32 {
  return roundUp(rows, MR) * k;
}
export function packedSizeB(rows: i32, k: i32): i32 {
  return roundUp(rows, NR) * k;
}

/** Packs `count` rows of stride `outer` and `k` columns of stride `inner` (in floats) into tiles of `width` rows. */
function pack(source: usize, outer: i32, inner: i32, count: i32, k: i32, width: i32, target: usize): void {
  const outerBytes = <usize>outer << 2;
  const innerBytes = <usize>inner << 2;
  const step = <usize>width << 2;
  for (let k0 = 0; k0 < k; k0 += KC) {
    const kc = min(KC, k - k0);
    for (let row = 0; row < count; row += width) {
      for (let group = 0; group < width; group += 4) {
        const from = source + <usize>(row + group) * outerBytes + <usize>k0 * innerBytes;
        const to = target + (<usize>group << 2);
        const rows = count - row - group;
        if (rows >= 4) {
          if (outer == 1) packContiguous(from, innerBytes, kc, to, step);
          else if (inner == 1) packTransposed(from, outerBytes, kc, to, step);
          else packScalar(from, outerBytes, innerBytes, 4, kc, to, step);
        } else {
          packScalar(from, outerBytes, innerBytes, max(rows, 0), kc, to, step);
        }
      }
      target += step * <usize>kc;
    }
  }
}

function packContiguous(from: usize, innerBytes: usize, kc: i32, to: usize, step: usize): void {
  for (let p = 0; p < kc; p++) {
    v128.store(to, v128.load(from));
    from += innerBytes;
    to += step;
  }
}

function packTransposed(from: usize, outerBytes: usize, kc: i32, to: usize, step: usize): void {
  const row1 = from + outerBytes;
  const row2 = row1 + outerBytes;
  const row3 = row2 + outerBytes;
  const whole = <usize>(kc & ~3) << 2;
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
  packScalar(from + at, outerBytes, 4, 4, kc & 3, to, step);
}

/** Any strides, up to four rows; the missing ones become zero. */
function packScalar(from: usize, outerBytes: usize, innerBytes: usize, rows: i32, kc: i32, to: usize, step: usize): void {
  for (let p = 0; p < kc; p++) {
    for (let r = 0; r < 4; r++) {
      store<f32>(to + (<usize>r << 2), r < rows ? load<f32>(from + <usize>r * outerBytes) : 0);
    }
    from += innerBytes;
    to += step;
  }
}

/** A of M x K: element (m, k) at m · rowStride + k · columnStride. */
export function packA(a: usize, rowStride: i32, columnStride: i32, m: i32, k: i32, target: usize): void {
  pack(a, rowStride, columnStride, m, k, MR, target);
}

/** B of K x N: element (k, n) at k · rowStride + n · columnStride. */
export function packB(b: usize, rowStride: i32, columnStride: i32, k: i32, n: i32, target: usize): void {
  pack(b, columnStride, rowStride, n, k, NR, target);
}

/** A tile of the result that is cut by the matrix's edge goes through here. */
const edge: usize = memory.data(MR * NR * 4, 16);

/** c [m, n] (row stride in floats) = or += the product of packed operands. */
export function multiplyPacked(a: usize, b: usize, c: usize, stride: i32, m: i32, n: i32, k: i32, accumulate: bool): void {
  const strideBytes = <usize>stride << 2;
  const aRows = <usize>roundUp(m, MR);
  const bRows = <usize>roundUp(n, NR);
  for (let k0 = 0; k0 < k; k0 += KC) {
    const kc = min(KC, k - k0);
    const add = accumulate || k0 > 0;
    const aTile = <usize>(kc * MR) << 2;
    const bTile = <usize>(kc * NR) << 2;
    let bAt = b;
    for (let j = 0; j < n; j += NR) {
      let aAt = a;
      const columns = min(NR, n - j);
      for (let i = 0; i < m; i += MR) {
        const rows = min(MR, m - i);
        const cAt = c + <usize>i * strideBytes + (<usize>j << 2);
        if (rows == MR && columns == NR) {
          tile(kc, aAt, bAt, cAt, strideBytes, add);
        } else {
          tile(kc, aAt, bAt, edge, NR << 2, false);
          mergeEdge(cAt, strideBytes, rows, columns, add);
        }
        aAt += aTile;
      }
      bAt += bTile;
    }
    a += (aRows * <usize>kc) << 2;
    b += (bRows * <usize>kc) << 2;
  }
}

function mergeEdge(c: usize, strideBytes: usize, rows: i32, columns: i32, add: bool): void {
  for (let r = 0; r < rows; r++) {
    for (let s = 0; s < columns; s++) {
      const at = c + (<usize>s << 2);
      const value = load<f32>(edge + (<usize>(r * NR + s) << 2));
      store<f32>(at, add ? load<f32>(at) + value : value);
    }
    c += strideBytes;
  }
}

/** One tile: 4 x 8 sums in eight registers. */
function tile(kc: i32, a: usize, b: usize, c: usize, stride: usize, add: bool): void {
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  for (let p = 0; p < kc; p++) {
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
  storeRow(c, c00, c01, add);
  storeRow(c + stride, c10, c11, add);
  storeRow(c + 2 * stride, c20, c21, add);
  storeRow(c + 3 * stride, c30, c31, add);
}

// @ts-expect-error: decorator
@inline
function storeRow(at: usize, left: v128, right: v128, add: bool): void {
  if (add) {
    left = f32x4.add(v128.load(at), left);
    right = f32x4.add(v128.load(at, 16), right);
  }
  v128.store(at, left);
  v128.store(at, right, 16);
}
