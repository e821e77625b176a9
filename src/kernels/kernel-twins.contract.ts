/** What the tests of kernels share: drawn shapes and data, and each kind beside its plain twin. */

import fc from 'fast-check';
import { expect } from 'vitest';
import { createRng, csrFromTriples, type Rng } from '#math';
import type { KernelKind, Kernels } from './kernels.ts';
import { availableKernels, kernelsOn } from './kernels-on.ts';
import type { Space } from './space.ts';

/** f32 sums of some hundred terms: 2^-24 a rounding, of the sum of the sizes of the terms. */
const TOLERANCE = 1e-5;

export const fill = (array: { [n: number]: number; readonly length: number }, draw: () => number): void => {
  for (let n = 0; n < array.length; n++) array[n] = draw();
};

/** Elementwise |a - b| ≤ TOLERANCE · size; a size of its own for each element where terms cancel. */
export const expectClose = (a: ArrayLike<number>, b: ArrayLike<number>, size: number): void => {
  expect(a.length).toBe(b.length);
  for (let n = 0; n < a.length; n++) {
    if (!(Math.abs(a[n]! - b[n]!) <= TOLERANCE * size)) expect({ n, value: a[n] }).toEqual({ n, value: b[n] });
  }
};

export const sparse = (rng: Rng, rows: number, cols: number, entries: number, draw: () => number) =>
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

/** The kinds that are held against their plain twins. */
export const kinds = availableKernels().filter((kind) => kind !== 'plain');

/** Runs both implementations on the same input; `run` gives back a copy of what was written. */
export const twinsOf =
  (kind: KernelKind) =>
  <T>(space: Space, run: (kernels: Kernels) => T): [T, T] => [
    run(kernelsOn(space, kind)),
    run(kernelsOn(space, 'plain')),
  ];

/** The property holds for shapes drawn at random, always the same ones. */
export const check = (
  property: (shape: { seed: number; rows: number; size: number; from: number; rng: Rng }) => void,
) =>
  fc.assert(
    fc.property(shapes, (shape) => {
      const from = Math.min(shape.from, shape.rows);
      property({ ...shape, from, rng: createRng(shape.seed) });
    }),
    { seed: 6, numRuns: 60 },
  );
