/** Rows kept in one byte a number: how they come about, and products with them. */

/** The place of a row that has none. */
const NOWHERE: u32 = 0xffff_ffff;
const MOST_BYTE: f32 = 127;
/** Below it f32 has fewer than its seven digits, once divided by `MOST_BYTE`. */
const SMALLEST: f32 = 1e-35;

/** Row n of `size` f32 (a multiple of 16) becomes `size` bytes at place `places[n]`, with its scale and its margin. */
export function roundRows(
  from: i32,
  to: i32,
  rows: usize,
  places: usize,
  slack: f64,
  values: usize,
  size: i32,
  scales: usize,
  margins: usize,
): void {
  const stride = (<usize>size) << 2;
  let at = rows + <usize>from * stride;
  for (let row = from; row < to; row++, at += stride) {
    const place = load<u32>(places + ((<usize>row) << 2));
    if (place === NOWHERE) continue;
    const largest = largestOf(at, stride);
    if (largest === 0) continue;
    const scale: f32 = largest < SMALLEST ? 0 : largest / MOST_BYTE;
    const scales64 = f64x2.splat(<f64>scale);
    const inverse = f64x2.splat(scale === 0 ? 0 : 1 / <f64>scale);
    const half = f64x2.splat(0.5);
    let errors = f64x2.splat(0);
    let squares = f64x2.splat(0);
    let byte = values + <usize>place * <usize>size;
    for (let k: usize = 0; k < stride; k += 8, byte += 2) {
      const value = f64x2.promote_low_f32x4(v128.load64_zero(at + k));
      const whole = f64x2.floor(f64x2.add(f64x2.mul(value, inverse), half));
      const error = f64x2.sub(value, f64x2.mul(scales64, whole));
      errors = f64x2.add(errors, f64x2.mul(error, error));
      squares = f64x2.add(squares, f64x2.mul(value, value));
      const bytes = i32x4.trunc_sat_f64x2_s_zero(whole);
      store<i8>(byte, <i8>i32x4.extract_lane(bytes, 0));
      store<i8>(byte, <i8>i32x4.extract_lane(bytes, 1), 1);
    }
    const error = Math.sqrt(f64x2.extract_lane(errors, 0) + f64x2.extract_lane(errors, 1));
    const length = Math.sqrt(f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1));
    f32.store(scales + ((<usize>place) << 2), scale);
    f32.store(margins + ((<usize>place) << 2), <f32>(error + slack * (length + error)));
  }
}

/** The largest magnitude of a row of so many bytes. */
function largestOf(at: usize, stride: usize): f32 {
  let most = f32x4.splat(0);
  for (let k: usize = 0; k < stride; k += 16) most = f32x4.max(most, f32x4.abs(v128.load(at + k)));
  const left = max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1));
  return max(left, max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)));
}

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
