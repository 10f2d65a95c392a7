/** Dropout (Srivastava et al. 2014, inverted form) with the mask of random.ts: element k is kept where uniform(key, k) >= rate. */
import { storeLanes } from './activations';

// @ts-expect-error: decorator
@inline
function mix(x: v128): v128 {
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(0x7feb352d));
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 15)), i32x4.splat(0x846ca68b));
  return v128.xor(x, i32x4.shr_u(x, 16));
}

/**
 * Element k has the counter start + k.
 * @param first, second the two mixed halves of the key, see random.ts
 * @param threshold rate · 2^24, rounded up
 * @param factor 1 / (1 - rate)
 */
export function dropout(x: usize, out: usize, n: i32, start: i32, first: i32, second: i32, threshold: i32, factor: f32): void {
  const a = i32x4.splat(first);
  const b = i32x4.splat(second);
  const bound = i32x4.splat(threshold);
  const scale = f32x4.splat(factor);
  const zero = f32x4.splat(0);
  let counter = i32x4.add(i32x4(0, 1, 2, 3), i32x4.splat(start));
  const four = i32x4.splat(4);
  for (let k = 0; k < n; k += 4) {
    const at = <usize>k << 2;
    const drawn = i32x4.shr_u(mix(i32x4.add(mix(v128.xor(counter, a)), b)), 8);
    const kept = f32x4.mul(v128.load(x + at), scale);
    storeLanes(out + at, v128.bitselect(kept, zero, i32x4.ge_s(drawn, bound)), n - k);
    counter = i32x4.add(counter, four);
  }
}
