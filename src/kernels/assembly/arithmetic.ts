/** What all kernels are made of. Addresses are bytes in the shared memory; a vector is four f32. */

/** a · b + c: one rounding where the engine multiplies and adds at once, two elsewhere. */
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** Sum of the four lanes, always in this order. */
export function laneSum(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3));
}

/** Inner product of `size` f32, `size` a multiple of 4. One chain of additions: rows taken four at once give the same bits. */
export function dot(a: usize, b: usize, size: i32): f32 {
  let sum = f32x4.splat(0);
  for (let end = a + ((<usize>size) << 2); a < end; a += 16, b += 16) sum = madd(v128.load(a), v128.load(b), sum);
  return laneSum(sum);
}
