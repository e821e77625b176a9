/** Products with rows kept in one byte a number. */

/**
 * out[r - from] = xScale · scales[r] · (rows[r] · x) + xLength · margins[r] for rows of `size` i8 (a multiple of 16) and
 * x of `size` i16. The integer sum is exact: size · 127 · 32767 stays below 2^31 up to a size of 512.
 */
export function quantizedBounds(
  from: i32,
  to: i32,
  rows: usize,
  scales: usize,
  margins: usize,
  size: i32,
  x: usize,
  xScale: f32,
  xLength: f32,
  out: usize,
): void {
  let at = rows + <usize>from * <usize>size;
  scales += (<usize>from) << 2;
  margins += (<usize>from) << 2;
  for (let row = from; row < to; row++, at += size, scales += 4, margins += 4, out += 4) {
    let s0 = i32x4.splat(0);
    let s1 = i32x4.splat(0);
    for (let k: usize = 0; k < <usize>size; k += 16) {
      const bytes = v128.load(at + k);
      const low = i16x8.extend_low_i8x16_s(bytes);
      const high = i16x8.extend_high_i8x16_s(bytes);
      s0 = i32x4.add(s0, i32x4.dot_i16x8_s(low, v128.load(x + (k << 1))));
      s1 = i32x4.add(s1, i32x4.dot_i16x8_s(high, v128.load(x + (k << 1), 16)));
    }
    const s = i32x4.add(s0, s1);
    const sum =
      i32x4.extract_lane(s, 0) + i32x4.extract_lane(s, 1) + i32x4.extract_lane(s, 2) + i32x4.extract_lane(s, 3);
    const product = xScale * f32.load(scales) * <f32>sum;
    f32.store(out, product + xLength * f32.load(margins));
  }
}
