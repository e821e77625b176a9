import { describe, expect, it } from 'vitest';
import { check, fill, kinds, sparse, twinsOf } from './kernel-twins.contract.ts';
import { createSpace, f32, u32 } from './space.ts';

describe.each(kinds)('the %s kernels, best products', (kind) => {
  const twins = twinsOf(kind);

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
});
