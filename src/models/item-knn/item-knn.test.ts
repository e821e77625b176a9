import { describe, expect, it } from 'vitest';
import { itemId } from '#domain';
import { createRng, csrFromTriples, topK } from '#math';
import { modelContract } from '../model.contract.ts';
import { fitItemKnn, type ItemKnnOptions, loadItemKnn } from './item-knn.ts';
import { weightItems } from './item-weights.ts';

for (const weighting of ['cosine', 'tf-idf', 'bm25'] as const) {
  modelContract(`item-knn ${weighting}`, {
    fit: (data) => fitItemKnn(data, { weighting }),
    load: loadItemKnn,
    expectedNdcg: { from: 0.27, to: 0.31 },
  });
}

const randomData = (users: number, items: number, plays: number) => {
  const rng = createRng('plays');
  const draw = (n: number, below: number) => Array.from({ length: n }, () => rng.int(below));
  return {
    users: draw(users, 2).map(String),
    items: draw(items, 2).map((_, i) => itemId('track', String(i))),
    counts: csrFromTriples(users, items, {
      rows: draw(plays, users),
      columns: draw(plays, items),
      values: draw(plays, 9).map((x) => x + 1),
    }),
  };
};

describe('fitItemKnn', () => {
  it('is done by hand', async () => {
    // Users {0, 1}, {0, 1}, {0, 2}. Binary cosines: sim(0,1) = 2/√(3·2) = 0.8165, sim(0,2) = 1/√3 = 0.5774, sim(1,2) = 0.
    const data = {
      users: ['a', 'b', 'c'],
      items: ['0', '1', '2'].map((id) => itemId('track', id)),
      counts: csrFromTriples(3, 3, {
        rows: [0, 0, 1, 1, 2, 2],
        columns: [0, 1, 0, 1, 0, 2],
        values: [1, 1, 1, 1, 1, 1],
      }),
    };
    const model = await fitItemKnn(data, { weighting: 'cosine', weight: 'binary', shrinkage: 0 });
    const user = model.foldIn({ items: Uint32Array.of(0), weights: Float32Array.of(7) });
    expect([...model.score(user, Uint32Array.of(0, 1, 2))]).toEqual([
      0,
      expect.closeTo(0.8165, 5),
      expect.closeTo(0.57735, 5),
    ]);
    expect([...model.similar(2, 5).items]).toEqual([0]);
  });

  it.each(['cosine', 'tf-idf', 'bm25'] as const)(
    'keeps the nearest of all items, as brute force finds them: %s',
    async (weighting) => {
      const options: Required<ItemKnnOptions> = { weighting, weight: 'log', neighbours: 7, shrinkage: 2 };
      const data = randomData(30, 50, 300);
      const model = await fitItemKnn(data, options);
      const rows = weightItems(data.counts, options);
      const dense = Array.from({ length: 50 }, (_, item) => {
        const row = new Float64Array(30);
        for (let n = rows.indptr[item]!; n < rows.indptr[item + 1]!; n++) row[rows.indices[n]!] = rows.values[n]!;
        return row;
      });
      for (let item = 0; item < 50; item++) {
        const products = Float32Array.from(dense, (row) => row.reduce((sum, x, u) => sum + x * dense[item]![u]!, 0));
        const expected = topK(products, 7, (other) => other === item || products[other]! <= 0);
        const { items, scores } = model.similar(item, 50);
        expect([...items].sort()).toEqual([...expected].sort());
        items.forEach((other, n) => {
          expect(scores[n]).toBeCloseTo(products[other]!, 5);
        });
      }
    },
  );

  it('scores a few items, which are looked up one by one, to the bits of all of them', async () => {
    const data = randomData(60, 40, 600);
    const model = await fitItemKnn(data, { neighbours: 15 });
    const user = model.foldIn({ items: Uint32Array.of(1, 4, 9, 16, 25), weights: Float32Array.of(1, 3, 2, 7, 1) });
    const all = model.score(
      user,
      Uint32Array.from({ length: 40 }, (_, item) => item),
    );
    expect(all.some((score) => score > 0)).toBe(true);
    all.forEach((score, item) => {
      expect(model.score(user, Uint32Array.of(item))[0]).toBe(score);
    });
  });

  it('lets a user of many items say less about each: tf-idf', async () => {
    // Items 0 and 1 share a user of two items, 0 and 2 a user of five.
    const data = {
      users: ['few', 'many', 'more'],
      items: Array.from({ length: 6 }, (_, i) => itemId('track', String(i))),
      counts: csrFromTriples(3, 6, {
        rows: [0, 0, 1, 1, 1, 1, 1, 2, 2],
        columns: [0, 1, 0, 2, 3, 4, 5, 1, 2],
        values: new Array(9).fill(1),
      }),
    };
    const similar = (await fitItemKnn(data, { weighting: 'tf-idf' })).similar(0, 2);
    expect(similar.items[0]).toBe(1);
    expect(similar.scores[0]!).toBeGreaterThan(similar.scores[1]!);
  });

  it('believes two users more than one: shrinkage', async () => {
    // Items 0 and 1 share their only user; 2 and 3 share both of theirs. As cosines both pairs are 1.
    const data = {
      users: ['a', 'b', 'c'],
      items: Array.from({ length: 4 }, (_, i) => itemId('track', String(i))),
      counts: csrFromTriples(3, 4, {
        rows: [0, 0, 1, 1, 2, 2],
        columns: [0, 1, 2, 3, 2, 3],
        values: [1, 1, 1, 1, 1, 1],
      }),
    };
    const model = await fitItemKnn(data, { weighting: 'cosine', weight: 'binary', shrinkage: 1 });
    // 1 / (√(1 + 1)·√(1 + 1)) and 2 / (√(2 + 1)·√(2 + 1)).
    expect(model.similar(0, 1).scores[0]).toBeCloseTo(1 / 2, 6);
    expect(model.similar(2, 1).scores[0]).toBeCloseTo(2 / 3, 6);
  });

  it('refuses options out of range', async () => {
    await expect(fitItemKnn(randomData(2, 2, 2), { neighbours: 0 })).rejects.toThrow(
      /neighbours 0: expected an integer of at least 1/,
    );
  });
});
