/** Systems of equations with a symmetric positive definite matrix, in f64. */

/** L of A = L·Lᵀ in place of the lower triangle of `a` (n × n f64). Returns the row of a pivot that is not positive, or -1. */
export function choleskyFactor(a: usize, n: i32): i32 {
  const stride = (<usize>n) << 3;
  for (let i = 0; i < n; i++) {
    const rowI = a + <usize>i * stride;
    for (let j = 0; j <= i; j++) {
      const rowJ = a + <usize>j * stride;
      const at = rowI + ((<usize>j) << 3);
      const sum = f64.load(at) - dot64(rowI, rowJ, j);
      if (i !== j) {
        f64.store(at, sum / f64.load(rowJ + ((<usize>j) << 3)));
      } else {
        if (!(sum > 0)) return i;
        f64.store(at, Math.sqrt(sum));
      }
    }
  }
  return -1;
}

/** `b` (n f64) becomes the solution of L·Lᵀ·x = b. */
export function choleskySolve(l: usize, n: i32, b: usize): void {
  const stride = (<usize>n) << 3;
  for (let i = 0; i < n; i++) {
    const row = l + <usize>i * stride;
    const at = b + ((<usize>i) << 3);
    f64.store(at, (f64.load(at) - dot64(row, b, i)) / f64.load(row + ((<usize>i) << 3)));
  }
  for (let i = n - 1; i >= 0; i--) {
    const row = l + <usize>i * stride;
    const at = b + ((<usize>i) << 3);
    const x = f64.load(at) / f64.load(row + ((<usize>i) << 3));
    f64.store(at, x);
    subtractScaled(b, row, x, i);
  }
}

function dot64(a: usize, b: usize, n: i32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  let k = 0;
  for (; k + 4 <= n; k += 4, a += 32, b += 32) {
    s0 = f64x2.add(s0, f64x2.mul(v128.load(a), v128.load(b)));
    s1 = f64x2.add(s1, f64x2.mul(v128.load(a, 16), v128.load(b, 16)));
  }
  const s = f64x2.add(s0, s1);
  let sum = f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
  for (; k < n; k++, a += 8, b += 8) sum += f64.load(a) * f64.load(b);
  return sum;
}

function subtractScaled(b: usize, row: usize, x: f64, n: i32): void {
  const xs = f64x2.splat(x);
  let k = 0;
  for (; k + 2 <= n; k += 2, b += 16, row += 16) {
    v128.store(b, f64x2.sub(v128.load(b), f64x2.mul(v128.load(row), xs)));
  }
  if (k < n) f64.store(b, f64.load(b) - f64.load(row) * x);
}
