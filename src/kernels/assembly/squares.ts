/** Lengths of rows and of columns, squared. */

/** ofRows[r - from] = Σ rows[r][k]², in two sums, of even and of odd k; ofColumns[k] += Σ rows[r][k]². In f64. */
export function squares(from: i32, to: i32, rows: usize, size: i32, ofRows: usize, ofColumns: usize): void {
  const stride = (<usize>size) << 2;
  let at = rows + <usize>from * stride;
  for (let row = from; row < to; row++, ofRows += 8) {
    let sum = f64x2.splat(0);
    let column = ofColumns;
    for (const end = at + stride; at < end; at += 8, column += 16) {
      const value = f64x2.promote_low_f32x4(v128.load64_zero(at));
      const square = f64x2.mul(value, value);
      sum = f64x2.add(sum, square);
      v128.store(column, f64x2.add(v128.load(column), square));
    }
    f64.store(ofRows, f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
  }
}
