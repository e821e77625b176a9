/** Preconditioned conjugate gradients for many small systems that share most of their matrix. */

import { dot, laneSum, madd } from './arithmetic';

/**
 * For each row x of `solved`, from … to - 1, `steps` steps towards the solution of
 *   (diag(spectrum) + λ + Σ (c - 1)·y·yᵀ)·x = Σ c·y
 * over the row's entries n: y = fixed[indices[n]], c = confidence[n], λ = lambdas[row]. Rows without entries become 0.
 * `scratch` holds 4 · size f32: the diagonal, residual, direction and image, one after the other.
 */
export function solveRows(
  from: i32,
  to: i32,
  solved: usize,
  fixed: usize,
  size: i32,
  indptr: usize,
  indices: usize,
  confidence: usize,
  spectrum: usize,
  lambdas: usize,
  steps: i32,
  scratch: usize,
): void {
  const stride = (<usize>size) << 2;
  for (let row = from; row < to; row++) {
    const x = solved + <usize>row * stride;
    const start = load<u32>(indptr + ((<usize>row) << 2));
    const count = <i32>(load<u32>(indptr + ((<usize>row) << 2), 4) - start);
    if (count === 0) {
      memory.fill(x, 0, stride);
      continue;
    }
    const lambda = f32x4.splat(f32.load(lambdas + ((<usize>row) << 2)));
    for (let k: usize = 0; k < stride; k += 16) {
      v128.store(scratch + k, f32x4.add(v128.load(spectrum + k), lambda));
    }
    const i = indices + ((<usize>start) << 2);
    const c = confidence + ((<usize>start) << 2);
    solveRow(x, fixed, stride, i, c, count, steps, scratch);
  }
}

function solveRow(
  x: usize,
  fixed: usize,
  stride: usize,
  indices: usize,
  confidence: usize,
  count: i32,
  steps: i32,
  diagonal: usize,
): void {
  const residual = diagonal + stride;
  const direction = residual + stride;
  const image = direction + stride;
  // residual = Σ (c - (c - 1)·(y·x))·y - diagonal ∘ x
  for (let k: usize = 0; k < stride; k += 16) {
    v128.store(residual + k, f32x4.neg(f32x4.mul(v128.load(diagonal + k), v128.load(x + k))));
  }
  addEntries(residual, x, fixed, stride, indices, confidence, count, 1, -1);
  let descent = precondition(residual, diagonal, image, stride);
  memory.copy(direction, image, stride);
  for (let step = 0; step < steps && descent > 1e-20; step++) {
    for (let k: usize = 0; k < stride; k += 16) {
      v128.store(image + k, f32x4.mul(v128.load(diagonal + k), v128.load(direction + k)));
    }
    addEntries(image, direction, fixed, stride, indices, confidence, count, 0, 1);
    const length = descent / dot(direction, image, <i32>(stride >> 2));
    const ahead = f32x4.splat(length);
    const back = f32x4.splat(-length);
    for (let k: usize = 0; k < stride; k += 16) {
      v128.store(x + k, madd(ahead, v128.load(direction + k), v128.load(x + k)));
      v128.store(residual + k, madd(back, v128.load(image + k), v128.load(residual + k)));
    }
    const before = descent;
    descent = precondition(residual, diagonal, image, stride);
    const kept = f32x4.splat(descent / before);
    for (let k: usize = 0; k < stride; k += 16) {
      v128.store(direction + k, madd(kept, v128.load(direction + k), v128.load(image + k)));
    }
  }
}

/**
 * out += Σ (linear · c + quadratic · (c - 1)·(y·v))·y. Four entries at once: `v` and `out` are read once for four, and
 * the rows that the products brought near are still there for the sums.
 */
function addEntries(
  out: usize,
  v: usize,
  fixed: usize,
  stride: usize,
  indices: usize,
  confidence: usize,
  count: i32,
  linear: f32,
  quadratic: f32,
): void {
  let n = 0;
  for (; n + 4 <= count; n += 4, indices += 16, confidence += 16) {
    const y0 = fixed + <usize>load<u32>(indices) * stride;
    const y1 = fixed + <usize>load<u32>(indices, 4) * stride;
    const y2 = fixed + <usize>load<u32>(indices, 8) * stride;
    const y3 = fixed + <usize>load<u32>(indices, 12) * stride;
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    let s2 = f32x4.splat(0);
    let s3 = f32x4.splat(0);
    for (let k: usize = 0; k < stride; k += 16) {
      const vk = v128.load(v + k);
      s0 = madd(v128.load(y0 + k), vk, s0);
      s1 = madd(v128.load(y1 + k), vk, s1);
      s2 = madd(v128.load(y2 + k), vk, s2);
      s3 = madd(v128.load(y3 + k), vk, s3);
    }
    const w0 = f32x4.splat(factorOf(f32.load(confidence), laneSum(s0), linear, quadratic));
    const w1 = f32x4.splat(factorOf(f32.load(confidence, 4), laneSum(s1), linear, quadratic));
    const w2 = f32x4.splat(factorOf(f32.load(confidence, 8), laneSum(s2), linear, quadratic));
    const w3 = f32x4.splat(factorOf(f32.load(confidence, 12), laneSum(s3), linear, quadratic));
    for (let k: usize = 0; k < stride; k += 16) {
      let sum = v128.load(out + k);
      sum = madd(w0, v128.load(y0 + k), sum);
      sum = madd(w1, v128.load(y1 + k), sum);
      sum = madd(w2, v128.load(y2 + k), sum);
      sum = madd(w3, v128.load(y3 + k), sum);
      v128.store(out + k, sum);
    }
  }
  for (; n < count; n++, indices += 4, confidence += 4) {
    const y = fixed + <usize>load<u32>(indices) * stride;
    const w = f32x4.splat(factorOf(f32.load(confidence), dot(y, v, <i32>(stride >> 2)), linear, quadratic));
    for (let k: usize = 0; k < stride; k += 16) v128.store(out + k, madd(w, v128.load(y + k), v128.load(out + k)));
  }
}

function factorOf(c: f32, product: f32, linear: f32, quadratic: f32): f32 {
  return linear * c + quadratic * (c - 1) * product;
}

/** image = residual / diagonal; returns residual · image. */
function precondition(residual: usize, diagonal: usize, image: usize, stride: usize): f32 {
  let sum = f32x4.splat(0);
  for (let k: usize = 0; k < stride; k += 16) {
    const r = v128.load(residual + k);
    const z = f32x4.div(r, v128.load(diagonal + k));
    v128.store(image + k, z);
    sum = madd(r, z, sum);
  }
  return laneSum(sum);
}
