import { describe, expect, it } from 'vitest';
import { check, expectClose, fill, kinds, twinsOf } from './kernel-twins.contract.ts';
import { kernelsOn } from './kernels-on.ts';
import { createSpace, f32, f64, u32 } from './space.ts';

describe.each(kinds)('the %s kernels, dense rows', (kind) => {
  const twins = twinsOf(kind);

  it('multiply rows with a vector', () => {
    check(({ rows, size, from, rng }) => {
      const space = createSpace({ rows: f32(rows * size), x: f32(size), out: f32(rows) });
      const { arrays } = space;
      fill(arrays.rows, () => rng.normal());
      fill(arrays.x, () => rng.normal());
      const [a, b] = twins(space, (kernels) => {
        kernels.dots(from, rows, arrays.rows, size, arrays.x, arrays.out);
        return arrays.out.slice(0, rows - from);
      });
      expectClose(a, b, size);
      // One by one gives the same bits as four at once.
      const one = new Float32Array(1);
      for (let row = from; row < rows; row++) {
        kernelsOn(space, kind).dots(row, row + 1, arrays.rows, size, arrays.x, arrays.out);
        one[0] = arrays.out[0]!;
        expect(one[0]).toBe(a[row - from]);
      }
    });
  });

  it('multiply rows that are named with a vector, to the same bits', () => {
    check(({ rows, size, from, rng }) => {
      const space = createSpace({ rows: f32(rows * size), items: u32(rows), x: f64(size), out: f64(rows) });
      const { arrays } = space;
      fill(arrays.rows, () => rng.normal());
      fill(arrays.items, () => rng.int(rows));
      fill(arrays.x, () => rng.normal());
      const [a, b] = twins(space, (kernels) => {
        arrays.out.fill(Number.NaN);
        kernels.namedDots(from, rows, arrays.items, arrays.rows, size, arrays.x, arrays.out);
        return arrays.out.slice();
      });
      expect(a).toEqual(b);
      expect(a.subarray(0, rows - from).every(Number.isFinite)).toBe(true);
    });
  });

  it('add up outer products, all of them or some with weights', () => {
    check(({ rows, size, from, rng }) => {
      const space = createSpace({
        rows: f32(rows * size),
        items: u32(rows),
        weights: f32(rows),
        out: f32(size * size),
      });
      const { arrays } = space;
      fill(arrays.rows, () => rng.normal());
      fill(arrays.items, () => rng.int(rows));
      fill(arrays.weights, () => 3 * rng.next());
      const lower = (): number[] => [...arrays.out].filter((_, n) => n % size <= Math.floor(n / size));
      const [a, b] = twins(space, (kernels) => {
        arrays.out.fill(1);
        kernels.addGram(from, rows, arrays.rows, size, arrays.out);
        const plainSums = lower();
        kernels.addWeightedGram(from, rows, arrays.items, arrays.weights, arrays.rows, size, arrays.out);
        return [...plainSums, ...lower()];
      });
      expectClose(a, b, 10 * rows);
    });
  });

  it('turn rows', () => {
    check(({ rows, size, from, rng }) => {
      const space = createSpace({ rows: f32(rows * size), q: f32(size * size), scratch: f32(4 * size) });
      const { arrays } = space;
      fill(arrays.q, () => rng.normal());
      const before = Float32Array.from({ length: rows * size }, () => rng.normal());
      const [a, b] = twins(space, (kernels) => {
        arrays.rows.set(before);
        kernels.rotate(from, rows, arrays.rows, size, arrays.q, arrays.scratch);
        return arrays.rows.slice();
      });
      expectClose(a, b, size);
      expect(a.subarray(0, from * size)).toEqual(before.subarray(0, from * size));
    });
  });

  it('square rows and columns, to the same bits', () => {
    check(({ rows, size, from, rng }) => {
      const space = createSpace({ rows: f32(rows * size), ofRows: f64(rows), ofColumns: f64(size) });
      const { arrays } = space;
      fill(arrays.rows, () => rng.normal());
      const [a, b] = twins(space, (kernels) => {
        arrays.ofRows.fill(Number.NaN);
        // Added to what is there.
        arrays.ofColumns.fill(0.5);
        kernels.squares(from, rows, arrays.rows, size, arrays.ofRows, arrays.ofColumns);
        return { ofRows: arrays.ofRows.slice(), ofColumns: arrays.ofColumns.slice() };
      });
      expect(a).toEqual(b);
      const row = arrays.rows.subarray((rows - 1) * size);
      if (from < rows)
        expect(a.ofRows[rows - 1 - from]).toBeCloseTo(
          row.reduce((sum, value) => sum + value ** 2, 0),
          4,
        );
      const [ofRows, ofColumns] = [a.ofRows.subarray(0, rows - from), a.ofColumns].map((sums) =>
        sums.reduce((x, y) => x + y, 0),
      );
      expect(ofColumns! - 0.5 * size).toBeCloseTo(ofRows!, 6);
    });
  });
});
