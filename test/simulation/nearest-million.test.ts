/** The cells find what a scan of everything finds, at the size they are made for: a million vectors of 64 numbers. */

import { expect, it } from 'vitest';
import { startKernelPool } from '#kernels';
import { createRng, type Matrix, TopK } from '#math';
import { buildItemCells, createCellIndex, createQuantizedScan, type ItemIndex } from '#models';

const ITEMS = 1_000_000;
const SIZE = 64;
const TASTES = 400;
const K = 100;
const QUERIES = 60;
const LEAST_RECALL = 0.95;

/** As factors are: around some directions, a few long and most short. */
const factorsOf = (): Matrix => {
  const rng = createRng('a million');
  const centres = Float32Array.from({ length: TASTES * SIZE }, () => rng.normal());
  const values = new Float32Array(ITEMS * SIZE);
  for (let row = 0; row < ITEMS; row++) {
    const length = (1 + rng.int(ITEMS)) ** -0.5;
    const centre = SIZE * rng.int(TASTES);
    // Two uniform numbers are near enough to a normal one, and make the million in seconds.
    for (let k = 0; k < SIZE; k++) {
      values[row * SIZE + k] = length * (centres[centre + k]! + rng.next() + rng.next() - 1);
    }
  }
  return { rows: ITEMS, cols: SIZE, values };
};

const best = (index: ItemIndex, x: Float64Array): Uint32Array => {
  const found = new TopK(ITEMS, K);
  index.offerBest(x, found);
  return found.finish().indices.slice();
};

it(`finds at least ${100 * LEAST_RECALL} in 100 of the best ${K} of a million`, async () => {
  const factors = factorsOf();
  const pool = startKernelPool();
  const cells = await buildItemCells(factors, createRng('cells'), pool);
  await pool.close();
  const [exact, index] = [createQuantizedScan(factors), createCellIndex(factors, cells)];
  const rng = createRng('listeners');
  const recalls = Array.from({ length: QUERIES }, () => {
    // A listener likes a few items: the sum of their directions, and something of their own.
    const x = Float64Array.from({ length: SIZE }, () => 0.3 * rng.normal());
    for (let liked = 0; liked < 5; liked++) {
      const row = rng.int(ITEMS) * SIZE;
      const length = Math.hypot(...factors.values.subarray(row, row + SIZE));
      for (let k = 0; k < SIZE; k++) x[k]! += factors.values[row + k]! / length;
    }
    const truth = new Set(best(exact, x));
    return best(index, x).filter((item) => truth.has(item)).length / K;
  });
  const mean = recalls.reduce((sum, recall) => sum + recall, 0) / QUERIES;
  expect(index.retrieval.method).not.toBe('exact');
  expect(mean).toBeGreaterThanOrEqual(LEAST_RECALL);
  process.stderr.write(`recall@${K} ${mean.toFixed(4)}, least ${Math.min(...recalls)}\n`);
});
