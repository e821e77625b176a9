import { describe, expect, it } from 'vitest';
import { check, expectClose, fill, kinds, sparse, twinsOf } from './kernel-twins.contract.ts';
import { kernelsOn } from './kernels-on.ts';
import { createSpace, f32, f64, u32 } from './space.ts';

describe.each(kinds)('the %s kernels, solving', (kind) => {
  const twins = twinsOf(kind);

  it('solve rows by conjugate gradients', () => {
    check(({ rows, size, from, rng }) => {
      const matrix = sparse(rng, rows, 30, rows * 4, () => 0.2 + 3 * rng.next());
      const entries = matrix.indices.length;
      const space = createSpace({
        solved: f32(rows * size),
        fixed: f32(30 * size),
        indptr: u32(rows + 1),
        indices: u32(entries),
        values: f32(entries),
        spectrum: f32(size),
        lambdas: f32(rows),
        scratch: f32(4 * size),
      });
      const { arrays } = space;
      arrays.indptr.set(matrix.indptr);
      arrays.indices.set(matrix.indices);
      arrays.values.set(matrix.values);
      fill(arrays.fixed, () => rng.normal() / Math.sqrt(size));
      fill(arrays.spectrum, () => 5 + 5 * rng.next());
      fill(arrays.lambdas, () => 1 + rng.next());
      const start = Float32Array.from({ length: rows * size }, () => rng.normal());
      const confidence = { ...matrix, indptr: arrays.indptr, indices: arrays.indices, values: arrays.values };
      const systems = { ...arrays, size, confidence, steps: 2 };
      const [a, b] = twins(space, (kernels) => {
        arrays.solved.set(start);
        kernels.solveRows(from, rows, systems, arrays.scratch);
        return arrays.solved.slice();
      });
      // Numbers of size 1 after two steps with some ten sums each, each step as wrong as the sums before it.
      expectClose(a, b, 10);
    });
  });

  it('solve dense systems in f64', () => {
    check(({ rows: n, rng }) => {
      const space = createSpace({ a: f64(n * n), b: f64(n) });
      const { arrays } = space;
      const root = Array.from({ length: n * n }, () => rng.normal());
      const rhs = Array.from({ length: n }, () => rng.normal());
      const [a, b] = twins(space, (kernels) => {
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            let sum = i === j ? 1 : 0;
            for (let k = 0; k < n; k++) sum += root[i * n + k]! * root[j * n + k]!;
            arrays.a[i * n + j] = sum;
          }
        }
        arrays.b.set(rhs);
        kernels.choleskyFactor(arrays.a, n);
        kernels.choleskySolve(arrays.a, n, arrays.b);
        return arrays.b.slice();
      });
      // f64 throughout: far closer than the tolerance of the others.
      expectClose(a, b, 1e-5);
      arrays.a.fill(-1);
      for (const kernels of [kernelsOn(space, kind), kernelsOn(space, 'plain')]) {
        expect(() => kernels.choleskyFactor(arrays.a, n)).toThrow(/row 0 of \d+: the matrix is not positive definite/);
      }
    });
  });
});
