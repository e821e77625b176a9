import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inThread, type KernelPool, startKernelPool } from '#kernels';
import { createRng, type Matrix, type Rng, TopK } from '#math';
import { buildItemCells, type CellOptions, createCellIndex } from './cell-index.ts';
import type { ItemIndex } from './item-index.ts';
import { createQuantizedScan } from './quantized-scan.ts';

/** Vectors around some directions, a few long and most short, as factors are. */
const clustered = (rows: number, cols: number, clusters: number, rng: Rng): Matrix => {
  const centres = Array.from({ length: clusters }, () => Array.from({ length: cols }, () => rng.normal()));
  const values = new Float32Array(rows * cols);
  for (let row = 0; row < rows; row++) {
    const length = (1 + rng.int(rows)) ** -0.5;
    const centre = centres[rng.int(clusters)]!;
    for (let k = 0; k < cols; k++) values[row * cols + k] = length * (centre[k]! + 0.5 * rng.normal());
  }
  return { rows, cols, values };
};

const cellIndex = async (factors: Matrix, rng: Rng, options: CellOptions = {}, pool: KernelPool = inThread()) =>
  createCellIndex(factors, await buildItemCells(factors, rng, pool, options));

const bestOf = (index: ItemIndex, x: Float64Array, rows: number, k: number, divisors?: Float64Array): number[] => {
  const best = new TopK(rows, k);
  index.offerBest(x, best, divisors);
  return [...best.finish().indices];
};

const byHand = ({ rows, cols, values }: Matrix, x: Float64Array, k: number): number[] => {
  const scores = Array.from({ length: rows }, (_, row) => {
    const sums = [0, 0, 0, 0];
    for (let j = 0; j < cols; j++) sums[j % 4]! += values[row * cols + j]! * x[j]!;
    return Math.fround(sums[0]! + sums[1]! + (sums[2]! + sums[3]!));
  });
  return [...scores.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b).slice(0, k);
};

describe('an index of items', () => {
  it('is exact as a scan of bytes, and as cells that are all looked into', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3000 }),
        fc.constantFrom(4, 20, 64),
        fc.integer({ min: 1, max: 50 }),
        fc.integer(),
        async (rows, cols, k, seed) => {
          const rng = createRng(seed);
          const factors = clustered(rows, cols, 5, rng);
          const x = Float64Array.from({ length: cols }, () => rng.normal());
          const expected = byHand(factors, x, k);
          expect(bestOf(createQuantizedScan(factors), x, rows, k)).toEqual(expected);
          const cells = await cellIndex(factors, rng, { cells: 7, probes: 7 });
          expect(bestOf(cells, x, rows, k)).toEqual(expected);
        },
      ),
      { seed: 12, numRuns: 25 },
    );
  });

  it('is exact where vectors are as small as numbers go, beside large ones', () => {
    const rng = createRng('small');
    const rows = 400;
    const values = Float32Array.from({ length: rows * 8 }, (_, n) => rng.normal() * 10 ** -((n >> 3) % 46));
    const factors = { rows, cols: 8, values };
    const x = Float64Array.from({ length: 8 }, () => rng.normal());
    expect(bestOf(createQuantizedScan(factors), x, rows, 200)).toEqual(byHand(factors, x, 200));
  });

  it('finds nearly all of the best in a part of the cells, by product and by cosine', async () => {
    const rng = createRng('recall');
    const rows = 20_000;
    const factors = clustered(rows, 32, 200, rng);
    const lengths = Float64Array.from({ length: rows }, (_, row) =>
      Math.hypot(...factors.values.subarray(row * 32, row * 32 + 32)),
    );
    const exact = createQuantizedScan(factors);
    const cells = await cellIndex(factors, rng);
    const queries = 40;
    for (const divisors of [undefined, lengths]) {
      let found = 0;
      for (let query = 0; query < queries; query++) {
        const like = rng.int(rows);
        const x = Float64Array.from({ length: 32 }, (_, k) => factors.values[like * 32 + k]! + 0.001 * rng.normal());
        const wanted = bestOf(exact, x, rows, 100, divisors);
        const given = new Set(bestOf(cells, x, rows, 100, divisors));
        found += wanted.filter((item) => given.has(item)).length;
      }
      // 16 of 142 cells and a head of 4 %: by chance it would be 0.15.
      expect(found / (100 * queries)).toBeGreaterThan(0.95);
    }
  });

  it('is the same for the same seed, whatever the number of threads', { timeout: 60_000 }, async () => {
    const factors = clustered(2000, 16, 10, createRng(1));
    const x = Float64Array.from({ length: 16 }, (_, k) => k - 8);
    const once = async (pool: KernelPool) =>
      bestOf(await cellIndex(factors, createRng(2), { probes: 3 }, pool), x, 2000, 20);
    const pool = startKernelPool({ workers: 2 });
    expect(await once(pool)).toEqual(await once(inThread()));
    await pool.close();
  });

  it('never gives an item of zeros from cells, and says which cells it looks into', async () => {
    const factors = clustered(300, 8, 3, createRng(4));
    factors.values.fill(0, 0, 8 * 100);
    const index = await cellIndex(factors, createRng(5));
    expect(bestOf(index, Float64Array.of(1, 0, 0, 0, 0, 0, 0, 0), 300, 300).every((item) => item >= 100)).toBe(true);
    expect(index.retrieval).toEqual({ method: 'cells', cells: 15, probes: 15 });
    expect(createQuantizedScan(factors).retrieval).toEqual({ method: 'exact' });
  });
});
