/** Compressed sparse rows. */

/**
 * `rows × cols`: row r holds entries `indptr[r]` to `indptr[r + 1]` (exclusive) of `indices` (columns, ascending, each
 * at most once) and `values`.
 */
export interface Csr {
  readonly rows: number;
  readonly cols: number;
  readonly indptr: Uint32Array;
  readonly indices: Uint32Array;
  readonly values: Float32Array;
}

/** Entries in coordinate form: entry n is (rows[n], columns[n], values[n]), in any order. */
export interface Triples {
  readonly rows: ArrayLike<number>;
  readonly columns: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/**
 * Builds CSR from coordinates; entries of the same place are added up (in f64).
 * O(entries + rows + cols). @throws {RangeError} on an index outside the shape or arrays of different lengths.
 */
export const csrFromTriples = (rows: number, cols: number, triples: Triples): Csr => {
  checkTriples(rows, cols, triples);
  const count = triples.rows.length;
  // Sorted by column first, then by row, each time stably: columns come out ascending within each row.
  const byColumn = bucketOrder(triples.columns, cols, count).order;
  const { indptr, order } = bucketOrder(triples.rows, rows, count, byColumn);
  const columns = new Uint32Array(count);
  const values = new Float64Array(count);
  for (let n = 0; n < count; n++) {
    columns[n] = triples.columns[order[n]!]!;
    values[n] = triples.values[order[n]!]!;
  }
  return mergeDuplicates(rows, cols, indptr, columns, values);
};

/**
 * The transpose: `cols × rows`. Transposing twice gives the same matrix. With `into`, arrays of the right lengths, nothing
 * is allocated but a row of counters. O(entries + rows + cols).
 */
export const transposeCsr = (matrix: Csr, into?: Pick<Csr, 'indptr' | 'indices' | 'values'>): Csr => {
  const { rows, cols } = matrix;
  const indptr = into?.indptr ?? new Uint32Array(cols + 1);
  indptr.fill(0);
  for (let n = 0; n < matrix.indices.length; n++) indptr[matrix.indices[n]! + 1]!++;
  for (let c = 0; c < cols; c++) indptr[c + 1]! += indptr[c]!;
  const next = indptr.slice(0, cols);
  const indices = into?.indices ?? new Uint32Array(matrix.indices.length);
  const values = into?.values ?? new Float32Array(matrix.values.length);
  for (let r = 0; r < rows; r++) {
    for (let n = matrix.indptr[r]!; n < matrix.indptr[r + 1]!; n++) {
      const at = next[matrix.indices[n]!]!++;
      indices[at] = r;
      values[at] = matrix.values[n]!;
    }
  }
  return { rows: cols, cols: rows, indptr, indices, values };
};

const checkTriples = (rows: number, cols: number, triples: Triples): void => {
  const count = triples.rows.length;
  if (triples.columns.length !== count || triples.values.length !== count) {
    const lengths = `${count}, ${triples.columns.length} and ${triples.values.length}`;
    throw new RangeError(`triples of lengths ${lengths}: expected equal lengths`);
  }
  for (let n = 0; n < count; n++) {
    const row = triples.rows[n]!;
    const column = triples.columns[n]!;
    // Written so that NaN and fractions fail too.
    if (row >>> 0 !== row || column >>> 0 !== column || row >= rows || column >= cols) {
      throw new RangeError(`entry ${n} at (${row}, ${column}): expected a place in ${rows} × ${cols}`);
    }
  }
};

/** Stable counting sort: positions of the entries in ascending order of key, and where each key begins. */
const bucketOrder = (keys: ArrayLike<number>, size: number, count: number, before?: Uint32Array) => {
  const indptr = new Uint32Array(size + 1);
  for (let n = 0; n < count; n++) indptr[keys[n]! + 1]!++;
  for (let key = 0; key < size; key++) indptr[key + 1]! += indptr[key]!;
  const next = indptr.slice(0, size);
  const order = new Uint32Array(count);
  for (let n = 0; n < count; n++) {
    const entry = before === undefined ? n : before[n]!;
    order[next[keys[entry]!]!++] = entry;
  }
  return { indptr, order };
};

const mergeDuplicates = (rows: number, cols: number, indptr: Uint32Array, columns: Uint32Array, sums: Float64Array) => {
  const merged = new Uint32Array(rows + 1);
  let end = 0;
  for (let r = 0; r < rows; r++) {
    const start = end;
    for (let n = indptr[r]!; n < indptr[r + 1]!; n++) {
      if (end > start && columns[end - 1] === columns[n]) {
        sums[end - 1]! += sums[n]!;
      } else {
        columns[end] = columns[n]!;
        sums[end++] = sums[n]!;
      }
    }
    merged[r + 1] = end;
  }
  return {
    rows,
    cols,
    indptr: merged,
    indices: columns.slice(0, end),
    values: Float32Array.from(sums.subarray(0, end)),
  };
};
