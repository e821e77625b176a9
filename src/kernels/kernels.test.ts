import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng, csrFromTriples, type Rng, transposeCsr } from '#math';
import { type Kernels, NOWHERE } from './kernels.ts';
import { availableKernels, kernelsOn } from './kernels-on.ts';
import { createSpace, f32, f64, i8, i16, type Space, u32 } from './space.ts';

/** f32 sums of some hundred terms: 2^-24 a rounding, of the sum of the sizes of the terms. */
const TOLERANCE = 1e-5;

const fill = (array: { [n: number]: number; readonly length: number }, draw: () => number): void => {
  for (let n = 0; n < array.length; n++) array[n] = draw();
};

/** Elementwise |a - b| ≤ TOLERANCE · size; a size of its own for each element where terms cancel. */
const expectClose = (a: ArrayLike<number>, b: ArrayLike<number>, size: number): void => {
  expect(a.length).toBe(b.length);
  for (let n = 0; n < a.length; n++) {
    if (!(Math.abs(a[n]! - b[n]!) <= TOLERANCE * size)) expect({ n, value: a[n] }).toEqual({ n, value: b[n] });
  }
};

const sparse = (rng: Rng, rows: number, cols: number, entries: number, draw: () => number) =>
  csrFromTriples(rows, cols, {
    rows: Array.from({ length: entries }, () => rng.int(rows)),
    columns: Array.from({ length: entries }, () => rng.int(cols)),
    values: Array.from({ length: entries }, draw),
  });

const shapes = fc.record({
  seed: fc.integer(),
  rows: fc.integer({ min: 1, max: 40 }),
  size: fc.constantFrom(4, 8, 20, 64),
  from: fc.integer({ min: 0, max: 9 }),
});

const kinds = availableKernels().filter((kind) => kind !== 'plain');

describe('the kernels of this engine', () => {
  it('are relaxed where Node has it, SIMD on every Node, and plain always', () => {
    const major = Number(process.versions.node.split('.')[0]);
    expect(availableKernels()).toEqual(major >= 22 ? ['relaxed', 'simd', 'plain'] : ['simd', 'plain']);
  });

  it('refuse a kind that there is not', () => {
    if (kinds.includes('relaxed')) return;
    expect(() => kernelsOn(createSpace({}), 'relaxed')).toThrow(
      /"relaxed" do not run on this engine: expected simd or plain/,
    );
  });
});

describe.each(kinds)('the %s kernels', (kind) => {
  /** Runs both implementations on the same input; `run` gives back a copy of what was written. */
  const twins = <T>(space: Space, run: (kernels: Kernels) => T): [T, T] => [
    run(kernelsOn(space, kind)),
    run(kernelsOn(space, 'plain')),
  ];
  const check = (property: (shape: { seed: number; rows: number; size: number; from: number; rng: Rng }) => void) =>
    fc.assert(
      fc.property(shapes, (shape) => {
        const from = Math.min(shape.from, shape.rows);
        property({ ...shape, from, rng: createRng(shape.seed) });
      }),
      { seed: 6, numRuns: 60 },
    );

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

  it('choose the best products, without those that are excluded', () => {
    check(({ rows: queries, size, from, rng }) => {
      const items = 300;
      const k = 1 + rng.int(20);
      const barred = sparse(rng, queries, items, queries * 40, () => 1);
      const space = createSpace({
        queries: f32(queries * size),
        rows: f32(items * size),
        indptr: u32(queries + 1),
        indices: u32(barred.indices.length),
        items: u32(queries * k),
        scores: f32(queries * k),
        counts: u32(queries),
      });
      const { arrays } = space;
      // Small whole numbers: sums are exact and ties common, so the lists have to be the same to the last place.
      fill(arrays.queries, () => rng.int(5) - 2);
      fill(arrays.rows, () => rng.int(3) - 1);
      arrays.indptr.set(barred.indptr);
      arrays.indices.set(barred.indices);
      const excluded = rng.int(2) === 0 ? null : { indptr: arrays.indptr, indices: arrays.indices };
      const products = { queries: arrays.queries, items: arrays.rows, itemCount: items, size, k, excluded };
      const [a, b] = twins(space, (kernels) => {
        kernels.topProducts(from, queries, products, arrays);
        return [...arrays.items, ...arrays.scores, ...arrays.counts];
      });
      expect(a).toEqual(b);
    });
  });

  it('multiply a sparse matrix with a dense one', () => {
    check(({ rows, size, from, rng }) => {
      const matrix = sparse(rng, rows, 30, rows * 5, () => rng.normal());
      const space = createSpace({
        indptr: u32(rows + 1),
        indices: u32(matrix.indices.length),
        values: f32(matrix.values.length),
        dense: f32(30 * size),
        out: f32(rows * size),
      });
      const { arrays } = space;
      arrays.indptr.set(matrix.indptr);
      arrays.indices.set(matrix.indices);
      arrays.values.set(matrix.values);
      fill(arrays.dense, () => rng.normal());
      const [a, b] = twins(space, (kernels) => {
        kernels.sparseTimesDense(from, rows, { ...matrix, ...arrays }, arrays.dense, size, arrays.out);
        return arrays.out.slice(from * size);
      });
      expectClose(a, b, 20);
    });
  });

  it('join each row with the rows most like it', () => {
    check(({ rows: few, from, rng }) => {
      const rows = few + 20;
      const k = 1 + rng.int(8);
      // Small whole numbers again, for ties; 0 is what an entry weighs that says nothing.
      const matrix = sparse(rng, rows, 15, rows * 4, () => rng.int(3));
      const columns = transposeCsr(matrix);
      const entries = matrix.indices.length;
      const space = createSpace({
        indptr: u32(rows + 1),
        indices: u32(entries),
        values: f32(entries),
        columnsPtr: u32(16),
        columnRows: u32(entries),
        columnValues: f32(entries),
        items: u32(rows * k),
        scores: f32(rows * k),
        counts: u32(rows),
        scratch: u32(2 * rows + 1),
        behind: u32(rows * rows),
      });
      const { arrays } = space;
      arrays.behind.fill(7);
      arrays.indptr.set(matrix.indptr);
      arrays.indices.set(matrix.indices);
      arrays.values.set(matrix.values);
      arrays.columnsPtr.set(columns.indptr);
      arrays.columnRows.set(columns.indices);
      arrays.columnValues.set(columns.values);
      const byRow = { ...matrix, ...arrays };
      const byColumn = {
        ...columns,
        indptr: arrays.columnsPtr,
        indices: arrays.columnRows,
        values: arrays.columnValues,
      };
      const [a, b] = twins(space, (kernels) => {
        kernels.nearestRows(from, rows, byRow, byColumn, k, arrays, arrays.scratch);
        expect(arrays.scratch.subarray(0, rows).every((value) => value === 0)).toBe(true);
        expect(arrays.behind.every((value) => value === 7)).toBe(true);
        return Array.from({ length: rows - from }, (_, n) => {
          const start = (from + n) * k;
          const pairs = Array.from({ length: arrays.counts[from + n]! }, (__, at) => [
            arrays.items[start + at],
            arrays.scores[start + at],
          ]);
          return pairs.sort((x, y) => x[0]! - y[0]!);
        });
      });
      expect(a).toEqual(b);
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

  it('round rows to bytes where they belong, to the same bits', () => {
    check(({ rows, from, rng }) => {
      const size = 16 * (1 + rng.int(8));
      const space = createSpace({
        rows: f32(rows * size),
        places: u32(rows),
        values: i8(rows * size),
        scales: f32(rows),
        margins: f32(rows),
      });
      const { arrays } = space;
      // Of all lengths, down to none and to such whose scale would lose digits.
      const lengths = [1, 1e-3, 1e5, 1e-30, 1e-37, 1e-44, 0];
      fill(arrays.places, () => 0);
      for (let n = 0; n < rows; n++) {
        const length = lengths[rng.int(lengths.length)]!;
        fill(arrays.rows.subarray(n * size, (n + 1) * size), () => length * rng.normal());
        arrays.places[n] = rows - 1 - n;
      }
      if (rng.int(2) === 0) arrays.places[rng.int(rows)] = NOWHERE;
      const slack = rng.next() / 1000;
      const [a, b] = twins(space, (kernels) => {
        fill(arrays.values, () => -99);
        fill(arrays.scales, () => -1);
        fill(arrays.margins, () => -1);
        kernels.roundRows(from, rows, arrays.rows, arrays.places, slack, { ...arrays, size });
        return { values: arrays.values.slice(), scales: arrays.scales.slice(), margins: arrays.margins.slice() };
      });
      expect(a).toEqual(b);
      for (let n = from; n < rows; n++) {
        const row = arrays.rows.subarray(n * size, (n + 1) * size);
        const place = arrays.places[n]!;
        if (place === NOWHERE || row.every((value) => value === 0)) continue;
        const left = row.map((value, k) => value - a.scales[place]! * a.values[place * size + k]!);
        const [error, length] = [left, row].map((of) => Math.hypot(...of)) as [number, number];
        // Margins are f32.
        expect(a.margins[place]).toBeGreaterThanOrEqual(Math.fround((error + slack * length) * (1 - 1e-6)));
        expect(a.margins[place]).toBeLessThanOrEqual(
          Math.fround((error + slack * (length + error)) * (1 + 1e-6)) + 1e-44,
        );
      }
    });
  });

  it('bound the products of bytes, to the same bits', () => {
    check(({ rows, from, rng }) => {
      const size = 16 * (1 + rng.int(32));
      const space = createSpace({
        values: i8(rows * size),
        scales: f32(rows),
        margins: f32(rows),
        x: i16(size),
        out: f32(rows),
      });
      const { arrays } = space;
      fill(arrays.values, () => rng.int(255) - 127);
      fill(arrays.x, () => rng.int(65_535) - 32_767);
      fill(arrays.scales, () => rng.next());
      fill(arrays.margins, () => rng.next());
      const x = { values: arrays.x, scale: rng.next(), length: rng.next() };
      const [a, b] = twins(space, (kernels) => {
        kernels.quantizedBounds(from, rows, { ...arrays, size }, x, arrays.out);
        return arrays.out.slice(0, rows - from);
      });
      expect(a).toEqual(b);
    });
  });

  it('refuse arrays that are elsewhere, too short, or of a width that they cannot do', () => {
    const space = createSpace({ rows: f32(40), x: f32(4), out: f32(10) });
    const { rows, x, out } = space.arrays;
    const kernels = kernelsOn(space, kind);
    kernels.dots(0, 10, rows, 4, x, out);
    expect(() => kernels.dots(0, 11, rows, 4, x, out)).toThrow(/an array of 40 numbers: expected at least 44/);
    expect(() => kernels.dots(0, 10, rows, 4, x, out.subarray(1))).toThrow(/an array of 9 numbers/);
    expect(() => kernels.dots(0, 10, rows, 4, new Float32Array(4), out)).toThrow(/outside of the space/);
    expect(() => kernels.dots(0, 10, rows, 3, x, out)).toThrow(/rows of 3 numbers: expected a multiple of 4/);
  });

  it('refuse to round a row to a place that there is not', () => {
    const space = createSpace({ rows: f32(32), places: u32(2), values: i8(32), scales: f32(2), margins: f32(2) });
    const { rows, places, ...out } = space.arrays;
    const round = () => kernelsOn(space, kind).roundRows(0, 2, rows, places, 0, { ...out, size: 16 });
    places.set([1, NOWHERE]);
    round();
    places.set([1, 2]);
    expect(round).toThrow(/place 2: expected one below 2/);
  });
});

describe('a space', () => {
  it('holds what was planned, apart and zero', () => {
    const { arrays, buffer } = createSpace({ a: f32(3), b: u32(0), c: f64(5), d: i8(7) });
    expect([arrays.a.length, arrays.b.length, arrays.c.length, arrays.d.length]).toEqual([3, 0, 5, 7]);
    for (const array of Object.values(arrays)) {
      expect(array.buffer).toBe(buffer);
      expect(array.byteOffset).toBeGreaterThan(0);
      expect(array.every((value) => value === 0)).toBe(true);
      array.fill(1);
    }
    expect([...arrays.a, ...arrays.c, ...arrays.d].every((value) => value === 1)).toBe(true);
  });

  it('has an end', () => {
    expect(() => createSpace({ a: f32(2 ** 30), b: f32(1) })).toThrow(/expected at most 4294967296/);
  });
});
