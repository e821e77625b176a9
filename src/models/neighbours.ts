/** Nearest rows of a sparse matrix. */

import { type Csr, topK, transposeCsr } from '#math';

/**
 * The k rows of `rows` with the largest positive inner product with each row, itself left out: a rows × rows matrix of
 * the products, at most k a row, columns ascending; equal products by lower row.
 * O(Σ over columns of entries²) multiplications, by sparse accumulation; holds one dense row at a time.
 */
export const nearestRows = (rows: Csr, k: number): Csr => {
  const columns = transposeCsr(rows);
  const count = rows.rows;
  const products = new Float64Array(count);
  const touched = new Uint32Array(count);
  const indptr = new Uint32Array(count + 1);
  const indices = new Uint32Array(count * k);
  const values = new Float32Array(count * k);
  let end = 0;
  for (let row = 0; row < count; row++) {
    const found = accumulateProducts(rows, columns, row, products, touched);
    for (const at of strongest(products, touched, found, row, k)) {
      indices[end] = at;
      values[end++] = products[at]!;
    }
    for (let n = 0; n < found; n++) products[touched[n]!] = 0;
    indptr[row + 1] = end;
  }
  return { rows: count, cols: count, indptr, indices: indices.slice(0, end), values: values.slice(0, end) };
};

/** Inner products of one row with all rows that share a column; returns how many `touched` names. */
const accumulateProducts = (rows: Csr, columns: Csr, row: number, products: Float64Array, touched: Uint32Array) => {
  let found = 0;
  for (let n = rows.indptr[row]!; n < rows.indptr[row + 1]!; n++) {
    const weight = rows.values[n]!;
    const column = rows.indices[n]!;
    if (weight === 0) continue;
    for (let m = columns.indptr[column]!; m < columns.indptr[column + 1]!; m++) {
      const other = columns.indices[m]!;
      if (products[other] === 0) touched[found++] = other;
      products[other]! += weight * columns.values[m]!;
    }
  }
  return found;
};

const strongest = (
  products: Float64Array,
  touched: Uint32Array,
  found: number,
  row: number,
  k: number,
): Uint32Array => {
  const ascending = touched.subarray(0, found).sort();
  const scores = Float64Array.from(ascending, (other) => products[other]!);
  const best = topK(scores, k, (n) => ascending[n] === row || scores[n]! <= 0);
  return best.map((n) => ascending[n]!).sort();
};
