import { describe, expect, it } from 'vitest';
import { itemId } from '#domain';
import { createRng, shuffle } from '#math';
import { historyOf } from '../made-up-interactions.contract.ts';
import { modelContract } from '../model.contract.ts';
import type { Interactions } from '../model.ts';
import { bestFirst } from '../ranking.ts';
import { coListening } from './co-listening.ts';
import { fitContent, loadContent } from './content.ts';
import type { ItemFeatures } from './item-vectors.ts';

/** What a user played, as one session in random order: content learns from sessions, not from counts. */
const fitFromSessions = (data: Interactions) => {
  const rng = createRng('order');
  const sessions = data.users.map((_, user) => {
    const { items } = historyOf(data, user);
    return shuffle(Uint32Array.from([...items, ...items, ...items]), rng);
  });
  return fitContent({ items: data.items, features: data.items.map(() => ({ tags: [] })), sessions });
};

modelContract('content', { fit: fitFromSessions, load: loadContent, expectedNdcg: { from: 0.25, to: 0.3 } });

const ids = (count: number) => Array.from({ length: count }, (_, item) => itemId('track', String(item)));
const history = (...items: number[]) => ({
  items: Uint32Array.from(items),
  weights: new Float32Array(items.length).fill(1),
});

describe('fitContent', () => {
  // 0, 1, 2: one artist, two albums · 3, 4: another artist of the same kind · 5: unlike all · 6: nothing known.
  const features: ItemFeatures[] = [
    { artist: 'Anna', album: 'Dawn', tags: ['folk', 'calm'] },
    { artist: 'Anna', album: 'Dawn', tags: ['folk', 'calm'] },
    { artist: 'Anna', album: 'Dusk', tags: ['folk', 'calm'] },
    { artist: 'Bert', album: 'Dawn', tags: ['folk'] },
    { artist: 'Bert', album: 'Noon', tags: ['folk', 'calm'] },
    { artist: 'Carl', album: 'Loud', tags: ['metal'] },
    { tags: [] },
  ];
  const model = fitContent({ items: ids(7), features, sessions: [] });

  it('finds the same album nearest, then the artist, then the kind', () => {
    expect([...model.similar(0, 10).items]).toEqual([1, 2, 4, 3]);
    expect(model.similar(0, 1).scores[0]).toBeCloseTo(1, 6);
  });

  it('leaves a common kind to the scores of those found otherwise, as long as these are enough', () => {
    const many: ItemFeatures[] = [
      ...Array.from({ length: 20 }, () => ({ artist: 'Anna', tags: ['folk'] })),
      ...Array.from({ length: 80 }, (_, n) => ({ artist: `Artist ${n}`, tags: ['folk'] })),
    ];
    const exact = fitContent({ items: ids(100), features: many, sessions: [] });
    const rarer = fitContent({ items: ids(100), features: many, sessions: [] }, 50);
    expect(exact.retrieval).toEqual({ method: 'exact' });
    expect(rarer.retrieval).toEqual({ method: 'rarer_features', mostItems: 50 });
    expect(rarer.similar(0, 5)).toEqual(exact.similar(0, 5));
    expect(exact.similar(0, 30)).toMatchObject({ items: { length: 30 } });
    // Of 30 asked for only 19 are by the artist: then the kind counts too.
    expect(rarer.similar(0, 30)).toEqual(exact.similar(0, 30));
    const user = rarer.foldIn(history(0, 1));
    expect(rarer.recommend(user, 4)).toEqual(exact.recommend(exact.foldIn(history(0, 1)), 4));
  });

  it('looks at no more items of a common kind than are wanted, those around the item', () => {
    const alike: ItemFeatures[] = Array.from({ length: 200 }, () => ({ artist: 'Anna', tags: ['folk'] }));
    const rarer = fitContent({ items: ids(200), features: alike, sessions: [] }, 100);
    // Of four times as many as are asked for, 90 to 109, all as like it as can be, the first: not those from 50 on.
    expect([...rarer.similar(100, 5).items]).toEqual([90, 91, 92, 93, 94]);
  });

  it('takes an album of another artist for another album', () => {
    const [anna] = fitContent({
      items: ids(2),
      features: [
        { artist: 'Anna', album: 'Best of', tags: [] },
        { artist: 'Bert', album: 'Best of', tags: [] },
      ],
      sessions: [],
    }).similar(0, 1).items;
    expect(anna).toBeUndefined();
  });

  it('says nothing about what is not known', () => {
    expect(model.similar(6, 5).items).toHaveLength(0);
    const user = model.foldIn(history(6));
    expect(model.recommend(user, 5).items).toHaveLength(0);
    expect(model.explain(user, 0).items).toHaveLength(0);
  });

  it('scores by the cosine, in [0, 1]', () => {
    const user = model.foldIn(history(0, 1));
    // The user is twice the vector of items 0 and 1, which are the same.
    expect([...model.score(user, Uint32Array.of(0, 5, 6))]).toEqual([expect.closeTo(1, 6), 0, 0]);
  });

  it('serves one single listener: more of the artists they play, by tags across artists, unlike things last', () => {
    const ranked = model.recommend(model.foldIn(history(0)), 10, (item) => item === 0);
    expect([...ranked.items]).toEqual([1, 2, 4, 3]);
  });

  it('learns from one listener’s sessions alone which items belong together', () => {
    // Mornings hold items 0 to 9, evenings 10 to 19; nothing else is known of them.
    const rng = createRng('sessions');
    const sessions = Array.from({ length: 60 }, (_, n) =>
      Uint32Array.from({ length: 8 }, () => (n % 2) * 10 + rng.int(10)),
    );
    const heard = fitContent({ items: ids(20), features: ids(20).map(() => ({ tags: [] })), sessions });
    const morning = heard.recommend(heard.foldIn(history(0, 1)), 8, (item) => item < 2);
    for (const item of morning.items) expect(item).toBeLessThan(10);
    expect(morning.items.length).toBeGreaterThanOrEqual(6);
    const reasons = heard.explain(heard.foldIn(history(0, 12)), morning.items[0]!);
    expect(bestFirst(reasons)[0]!.item).toBe(0);
  });

  it('refuses what does not fit the items', () => {
    expect(() => fitContent({ items: ids(2), features: [], sessions: [] })).toThrow(/features of 0 items: expected 2/);
    expect(() => fitContent({ items: ids(1), features: [{ tags: [] }], sessions: [Uint32Array.of(1)] })).toThrow(
      /item index 1/,
    );
  });
});

describe('coListening', () => {
  it('is symmetric, positive, without a diagonal, and blind to single pairs', () => {
    const rng = createRng('pmi');
    const sessions = Array.from({ length: 40 }, () => Uint32Array.from({ length: 10 }, () => rng.int(4) * rng.int(5)));
    const matrix = coListening([...sessions, Uint32Array.of(18, 19)], 20);
    const entries = new Map<string, number>();
    for (let row = 0; row < 20; row++) {
      for (let n = matrix.indptr[row]!; n < matrix.indptr[row + 1]!; n++)
        entries.set(`${row} ${matrix.indices[n]}`, matrix.values[n]!);
    }
    expect(entries.size).toBeGreaterThan(10);
    for (const [place, value] of entries) {
      const [row, column] = place.split(' ');
      expect(value).toBeGreaterThan(0);
      expect(row).not.toBe(column);
      expect(entries.get(`${column} ${row}`)).toBe(value);
    }
    expect(entries.has('18 19')).toBe(false);
  });

  it('counts only what is near', () => {
    // 0 and 6 are six plays apart, 0 and 5 five.
    const matrix = coListening(
      [1, 2].map(() => Uint32Array.of(0, 1, 2, 3, 4, 5, 6)),
      7,
    );
    const row = [...matrix.indices.subarray(0, matrix.indptr[1])];
    expect(row).toContain(5);
    expect(row).not.toContain(6);
  });
});
