/** Small linear programs: enough for the probabilities of a few hundred lists. */

const TOLERANCE = 1e-9;

/**
 * x ≥ 0 with A x = b that makes c·x greatest, by the two-phase simplex method with Bland's rule, which cannot cycle
 * [Dantzig1963]; undefined when nothing fits. Meant for bounded programs; `a` is rows × columns, row-major.
 */
export const maximize = (a: Float64Array, b: Float64Array, c: Float64Array): Float64Array | undefined => {
  const rows = b.length;
  const columns = c.length;
  // Artificial variables stand behind the real ones; the last column is b.
  const width = columns + rows + 1;
  const table = Array.from({ length: rows }, (_, row) => {
    const sign = b[row]! < 0 ? -1 : 1;
    const line = new Float64Array(width);
    for (let column = 0; column < columns; column++) line[column] = sign * a[row * columns + column]!;
    line[columns + row] = 1;
    line[width - 1] = sign * b[row]!;
    return line;
  });
  const basis = Array.from({ length: rows }, (_, row) => columns + row);
  const feasible = Float64Array.from({ length: width - 1 }, (_, column) => (column < columns ? 0 : -1));
  climb(table, basis, feasible, width - 1);
  const missing = basis.reduce((sum, of, row) => sum + (of >= columns ? table[row]![width - 1]! : 0), 0);
  if (missing > 1e-7) return undefined;
  climb(table, basis, c, columns);
  const x = new Float64Array(columns);
  basis.forEach((column, row) => {
    if (column < columns) x[column] = Math.max(0, table[row]![width - 1]!);
  });
  return x;
};

/** Pivots until no column among the first `open` would raise the objective. */
const climb = (table: Float64Array[], basis: number[], objective: Float64Array, open: number): void => {
  const gainOf = (column: number): number => objective[column] ?? 0;
  for (;;) {
    const entering = enteringColumn(table, basis, gainOf, open);
    if (entering === -1) return;
    const leaving = leavingRow(table, basis, entering);
    if (leaving === -1) return;
    pivot(table, leaving, entering);
    basis[leaving] = entering;
  }
};

const enteringColumn = (
  table: readonly Float64Array[],
  basis: readonly number[],
  gain: (column: number) => number,
  open: number,
): number => {
  for (let column = 0; column < open; column++) {
    if (basis.includes(column)) continue;
    const priced = basis.reduce((sum, of, row) => sum + gain(of) * table[row]![column]!, 0);
    if (gain(column) - priced > TOLERANCE) return column;
  }
  return -1;
};

const leavingRow = (table: readonly Float64Array[], basis: readonly number[], entering: number): number => {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let row = 0; row < table.length; row++) {
    const at = table[row]![entering]!;
    if (at <= TOLERANCE) continue;
    const ratio = table[row]!.at(-1)! / at;
    const better =
      ratio < least - TOLERANCE ||
      (ratio < least + TOLERANCE && basis[row]! < (basis[best] ?? Number.POSITIVE_INFINITY));
    if (!better) continue;
    best = row;
    least = Math.min(least, ratio);
  }
  return best;
};

const pivot = (table: readonly Float64Array[], leaving: number, entering: number): void => {
  const line = table[leaving]!;
  const by = line[entering]!;
  for (let column = 0; column < line.length; column++) line[column]! /= by;
  for (let row = 0; row < table.length; row++) {
    if (row === leaving) continue;
    const own = table[row]!;
    const times = own[entering]!;
    if (times === 0) continue;
    for (let column = 0; column < own.length; column++) own[column]! -= times * line[column]!;
  }
};
