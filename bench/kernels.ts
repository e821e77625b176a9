/**
 * How fast the kernels are: GFLOP/s and GB/s of each, in the caches and out of them, for every kind that this engine runs,
 * beside the bandwidth of the machine's memory. The pool runs the same work with one thread and with all.
 *
 *     npx tsx --conditions=ritornello-source bench/kernels.ts [--json]
 */

import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import {
  availableKernels,
  createSpace,
  f32,
  f64,
  i8,
  i16,
  type KernelKind,
  type Kernels,
  kernelsOn,
  partsOf,
  startKernelPool,
  u32,
} from '#kernels';
import { createRng } from '#math';

const SIZE = 64;
const SMALL = 4096; // rows: 1 MiB, in the second-level cache
const LARGE = 1_000_000; // rows: 244 MiB, far beyond any cache
const ENTRIES = 100; // of a sparse row
const MILLISECONDS = 300;

/** Best of repeated runs in about a third of a second: what the machine can do when it does nothing else. */
const secondsOf = (run: () => void): number => {
  run();
  let best = Number.POSITIVE_INFINITY;
  for (const began = performance.now(); performance.now() - began < MILLISECONDS; ) {
    const from = performance.now();
    run();
    best = Math.min(best, performance.now() - from);
  }
  return best / 1000;
};

const rng = createRng('bench kernels');
const space = createSpace({
  rows: f32(LARGE * SIZE),
  solved: f32(SMALL * SIZE),
  bytes: i8(LARGE * SIZE),
  scales: f32(LARGE),
  margins: f32(LARGE),
  places: u32(LARGE),
  lengths: f64(LARGE),
  columns: f64(SIZE),
  x: f32(SIZE),
  wide: i16(SIZE),
  out: f32(LARGE),
  square: f32(SIZE * SIZE),
  q: f32(SIZE * SIZE),
  scratch: f32(4 * SIZE),
  a: f64(SIZE * SIZE),
  b: f64(SIZE),
  indptr: u32(SMALL + 1),
  indices: u32(SMALL * ENTRIES),
  values: f32(SMALL * ENTRIES),
  spectrum: f32(SIZE),
  lambdas: f32(SMALL),
  items: u32(SMALL * 100),
  scores: f32(SMALL * 100),
  counts: u32(SMALL),
});
const { arrays } = space;
for (let n = 0; n < arrays.rows.length; n++) arrays.rows[n] = ((n * 2_654_435_761) % 1024) / 1024 - 0.5;
for (let n = 0; n < arrays.bytes.length; n++) arrays.bytes[n] = n % 127;
for (const array of [arrays.x, arrays.q, arrays.solved]) for (let n = 0; n < array.length; n++) array[n] = rng.normal();
arrays.wide.fill(1000);
arrays.scales.fill(1);
arrays.margins.fill(1);
for (let n = 0; n < LARGE; n++) arrays.places[n] = n;
arrays.spectrum.fill(10);
arrays.lambdas.fill(1);
arrays.values.fill(2);
for (let row = 0; row <= SMALL; row++) arrays.indptr[row] = row * ENTRIES;
for (let n = 0; n < arrays.indices.length; n++) arrays.indices[n] = rng.int(SMALL);
const confidence = {
  rows: SMALL,
  cols: SMALL,
  indptr: arrays.indptr,
  indices: arrays.indices,
  values: arrays.values,
};

interface Case {
  readonly kernel: string;
  readonly operations: number;
  /** Read from or written to the large arrays. */
  readonly bytes: number;
  readonly run: (kernels: Kernels) => void;
}

const { rows, x, out, square, scratch } = arrays;
const QUANTIZED = { values: arrays.bytes, size: SIZE, scales: arrays.scales, margins: arrays.margins };
const PRODUCTS = {
  queries: arrays.solved,
  items: rows,
  itemCount: SMALL,
  size: SIZE,
  k: 10,
  excluded: null,
};
const CASES: readonly Case[] = [
  {
    kernel: 'dots, 1 MiB',
    operations: 2 * SMALL * SIZE,
    bytes: 4 * SMALL * SIZE,
    run: (kernels) => kernels.dots(0, SMALL, rows, SIZE, x, out),
  },
  {
    kernel: 'dots, 244 MiB',
    operations: 2 * LARGE * SIZE,
    bytes: 4 * LARGE * SIZE,
    run: (kernels) => kernels.dots(0, LARGE, rows, SIZE, x, out),
  },
  {
    kernel: 'squares of rows and columns, 244 MiB',
    operations: 3 * LARGE * SIZE,
    bytes: 4 * LARGE * SIZE,
    run: (kernels) => kernels.squares(0, LARGE, rows, SIZE, arrays.lengths, arrays.columns),
  },
  {
    kernel: 'rows rounded to bytes, 305 MiB',
    operations: 9 * LARGE * SIZE,
    bytes: 5 * LARGE * SIZE,
    run: (kernels) => kernels.roundRows(0, LARGE, rows, arrays.places, 1e-6, QUANTIZED),
  },
  {
    kernel: 'quantized bounds, 61 MiB',
    operations: 2 * LARGE * SIZE,
    bytes: LARGE * SIZE,
    run: (kernels) => kernels.quantizedBounds(0, LARGE, QUANTIZED, { values: arrays.wide, scale: 1, length: 1 }, out),
  },
  {
    kernel: 'top 10 of 4096 items for 64 queries',
    operations: 2 * 64 * SMALL * SIZE,
    bytes: 4 * SMALL * SIZE,
    run: (kernels) => kernels.topProducts(0, 64, PRODUCTS, arrays),
  },
  {
    kernel: 'rank-k update, lower triangle',
    operations: SMALL * SIZE * (SIZE + 1),
    bytes: 4 * SMALL * SIZE,
    run: (kernels) => {
      square.fill(0);
      kernels.addGram(0, SMALL, rows, SIZE, square);
    },
  },
  {
    kernel: 'rows times a square matrix',
    operations: 2 * SMALL * SIZE * SIZE,
    bytes: 8 * SMALL * SIZE,
    run: (kernels) => {
      arrays.solved.fill(1);
      kernels.rotate(0, SMALL, arrays.solved, SIZE, arrays.q, scratch);
    },
  },
  {
    kernel: 'conjugate gradients, 100 entries a row, 2 steps',
    operations: 3 * 4 * SMALL * ENTRIES * SIZE,
    bytes: 3 * 4 * SMALL * ENTRIES * SIZE,
    run: (kernels) => {
      const systems = { ...arrays, solved: arrays.solved, fixed: rows, size: SIZE, confidence, steps: 2 };
      kernels.solveRows(0, SMALL, systems, scratch);
    },
  },
  {
    kernel: 'sparse times dense, 100 entries a row',
    operations: 2 * SMALL * ENTRIES * SIZE,
    bytes: 4 * SMALL * ENTRIES * SIZE,
    run: (kernels) => kernels.sparseTimesDense(0, SMALL, confidence, rows, SIZE, arrays.solved),
  },
  {
    kernel: 'Cholesky of 64 × 64 and solve, f64',
    operations: SIZE ** 3 / 3 + 2 * SIZE ** 2,
    bytes: 8 * SIZE * SIZE,
    run: (kernels) => {
      arrays.a.fill(0.5);
      for (let k = 0; k < SIZE; k++) arrays.a[k * SIZE + k] = SIZE;
      arrays.b.fill(1);
      kernels.choleskyFactor(arrays.a, SIZE);
      kernels.choleskySolve(arrays.a, SIZE, arrays.b);
    },
  },
];

const round = (value: number): number => Number(value.toPrecision(3));

const measureKind = (kind: KernelKind) => {
  const kernels = kernelsOn(space, kind);
  return CASES.map(({ kernel, operations, bytes, run }) => {
    const seconds = secondsOf(() => run(kernels));
    return {
      kernel,
      kind,
      gflop_per_s: round(operations / seconds / 1e9),
      gb_per_s: round(bytes / seconds / 1e9),
      microseconds: round(seconds * 1e6),
    };
  });
};

/** The conjugate gradients of all rows, by the pool. */
const measurePool = async (workers: number) => {
  const pool = startKernelPool({ workers });
  const buffers = createSpace({
    solved: f32(SMALL * SIZE),
    fixed: f32(SMALL * SIZE),
    indptr: u32(SMALL + 1),
    indices: u32(SMALL * ENTRIES),
    values: f32(SMALL * ENTRIES),
    spectrum: f32(SIZE),
    lambdas: f32(SMALL),
    scratch: f32(workers * 4 * SIZE),
  });
  const own = buffers.arrays;
  own.fixed.set(rows.subarray(0, SMALL * SIZE));
  for (const name of ['indptr', 'indices'] as const) own[name].set(arrays[name]);
  for (const name of ['values', 'spectrum', 'lambdas'] as const) own[name].set(arrays[name]);
  const systems = {
    ...own,
    size: SIZE,
    confidence: { ...confidence, indptr: own.indptr, indices: own.indices, values: own.values },
    steps: 2,
  };
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 30; round++) {
    const from = performance.now();
    await pool.run(buffers, 'solveRows', { systems, scratch: own.scratch }, partsOf(SMALL, 128));
    best = Math.min(best, (performance.now() - from) / 1000);
  }
  await pool.close();
  return { workers, gflop_per_s: round((12 * SMALL * ENTRIES * SIZE) / best / 1e9), milliseconds: round(best * 1e3) };
};

/** Bytes read and bytes written a second, by copies of a quarter of a gigabyte. */
const measureMemory = (): number => {
  const from = new Float64Array(2 ** 25).fill(1);
  const to = new Float64Array(2 ** 25);
  return round((2 * from.byteLength) / secondsOf(() => to.set(from)) / 1e9);
};

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const report = {
  size: SIZE,
  memory_copy_gb_per_s: measureMemory(),
  kernels: availableKernels().flatMap(measureKind),
  pool: [await measurePool(1), await measurePool(availableParallelism())],
};
if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`);
else {
  console.log(`memory: ${report.memory_copy_gb_per_s} GB/s read and written by a copy`);
  console.table(report.kernels);
  console.table(report.pool);
}
