/** A user's system of equations, put together and factored by kernels. */

import { createSpace, f32, f64, kernelsOn, u32 } from '#kernels';
import type { Matrix } from '#math';
import type { History } from '../model.ts';

/** Entries of a history that are handed to a kernel at once. */
const BATCH = 512;

export interface FoldIn {
  /**
   * Cholesky factor of diag(spectrum) + λI + Σ (c - 1)·y·yᵀ, and the right-hand side Σ c·y, over the items of the history
   * with c = confidence[n]. Outer products are added up in f32, all else in f64. entries · F² + F³/3 operations.
   */
  systemOf(history: History, confidence: Float64Array, lambda: number): { matrix: Float64Array; rhs: Float64Array };
  /** b becomes the solution for this factor. */
  solve(matrix: Float64Array, b: Float64Array): void;
  /** The product of each item's factors with x (F), the bits of `dotRow`. entries · F operations. */
  products(items: Uint32Array, x: Float64Array): Float64Array;
}

/** Item factors in memory of the kernels, with room to put a user's system together. */
export type FoldInSpace = ReturnType<typeof createFoldInSpace>;

/** Measures `factors` (items × F): where they lie in an arena, otherwise a copy. */
export const createFoldInSpace = (factors: Matrix) => {
  const { rows, cols: size } = factors;
  const space = createSpace({
    values: f32(factors.values),
    /** Of each item's vector. */
    lengths: f64(rows),
    /** Diagonal of YᵀY. */
    spectrum: f64(size),
    items: u32(BATCH),
    weights: f32(BATCH),
    gram: f32(size * size),
    matrix: f64(size * size),
    rhs: f64(size),
    products: f64(BATCH),
  });
  const { values, lengths, spectrum } = space.arrays;
  kernelsOn(space).squares(0, rows, values, size, lengths, spectrum);
  for (let row = 0; row < rows; row++) lengths[row] = Math.sqrt(lengths[row]!);
  return space;
};

/** `size` is F. */
export const createFoldIn = (space: FoldInSpace, size: number): FoldIn => {
  const { values, spectrum, items, weights, gram, matrix, rhs, products } = space.arrays;
  const kernels = kernelsOn(space);
  /** What is in `matrix`: a listener is explained card after card by one factor. */
  let loaded: Float64Array | undefined;

  const addOuterProducts = (history: History, confidence: Float64Array): void => {
    for (let start = 0; start < history.items.length; start += BATCH) {
      const count = Math.min(BATCH, history.items.length - start);
      items.set(history.items.subarray(start, start + count));
      for (let n = 0; n < count; n++) weights[n] = confidence[start + n]! - 1;
      kernels.addWeightedGram(0, count, items, weights, values, size, gram);
    }
  };

  return {
    systemOf: (history, confidence, lambda) => {
      gram.fill(0);
      addOuterProducts(history, confidence);
      matrix.set(gram);
      for (let k = 0; k < size; k++) matrix[k * size + k]! += spectrum[k]! + lambda;
      kernels.choleskyFactor(matrix, size);
      const sum = new Float64Array(size);
      history.items.forEach((item, n) => {
        const c = confidence[n]!;
        const at = item * size;
        for (let k = 0; k < size; k++) sum[k]! += c * values[at + k]!;
      });
      loaded = matrix.slice();
      return { matrix: loaded, rhs: sum };
    },
    solve: (factor, b) => {
      if (loaded !== factor) matrix.set(factor);
      loaded = factor;
      rhs.set(b);
      kernels.choleskySolve(matrix, size, rhs);
      b.set(rhs);
    },
    products: (named, x) => {
      const found = new Float64Array(named.length);
      rhs.set(x);
      for (let start = 0; start < named.length; start += BATCH) {
        const count = Math.min(BATCH, named.length - start);
        items.set(named.subarray(start, start + count));
        kernels.namedDots(0, count, items, values, size, rhs, products);
        found.set(products.subarray(0, count), start);
      }
      return found;
    },
  };
};
