/** Sparse kernels and selection of the best as plain loops. */

import { type Csr, topK } from '#math';
import type { Kernels, Lists } from '../kernels.ts';

export const sparseTimesDense: Kernels['sparseTimesDense'] = (from, to, sparse, dense, size, out) => {
  for (let row = from; row < to; row++) {
    for (let k = 0; k < size; k++) {
      let sum = 0;
      for (let n = sparse.indptr[row]!; n < sparse.indptr[row + 1]!; n++) {
        sum += sparse.values[n]! * dense[sparse.indices[n]! * size + k]!;
      }
      out[row * size + k] = sum;
    }
  }
};

export const topProducts: Kernels['topProducts'] = (from, to, products, out) => {
  const { queries, items, itemCount, size, k, excluded } = products;
  const scores = new Float32Array(itemCount);
  for (let query = from; query < to; query++) {
    for (let item = 0; item < itemCount; item++) {
      let sum = 0;
      for (let j = 0; j < size; j++) sum += queries[query * size + j]! * items[item * size + j]!;
      scores[item] = sum;
    }
    const barred = excluded?.indices.subarray(excluded.indptr[query]!, excluded.indptr[query + 1]!);
    const best = topK(scores, k, (item) => barred?.includes(item) ?? false);
    writeList(query, k, best, scores, out);
  }
};

export const nearestRows: Kernels['nearestRows'] = (from, to, rows, columns, k, out) => {
  const products = new Float64Array(rows.rows);
  for (let row = from; row < to; row++) {
    products.fill(0);
    accumulateProducts(rows, columns, row, products);
    const rounded = Float32Array.from(products);
    const best = topK(rounded, k, (other) => other === row || rounded[other]! <= 0);
    writeList(row, k, best, rounded, out);
  }
};

/** Inner products of one row with all rows. */
const accumulateProducts = (rows: Csr, columns: Csr, row: number, products: Float64Array): void => {
  for (let n = rows.indptr[row]!; n < rows.indptr[row + 1]!; n++) {
    const column = rows.indices[n]!;
    for (let m = columns.indptr[column]!; m < columns.indptr[column + 1]!; m++) {
      products[columns.indices[m]!]! += rows.values[n]! * columns.values[m]!;
    }
  }
};

const writeList = (row: number, k: number, best: Uint32Array, scores: Float32Array, out: Lists): void => {
  out.counts[row] = best.length;
  best.forEach((item, n) => {
    out.items[row * k + n] = item;
    out.scores[row * k + n] = scores[item]!;
  });
};
