/** What every recommender has to do, run against one of them by its own test. */

import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { beforeAll, describe, expect, it } from 'vitest';
import { EngineError } from '#domain';
import { createRng, type Rng } from '#math';
import { BOARD_SIZE, checkerboard, clustered, historyOf } from './made-up-interactions.contract.ts';
import type { Interactions, Model, UserVector } from './model.ts';
import type { LoadOptions } from './model-bytes.ts';
import { bestFirst } from './ranking.ts';
import { openSharedModel } from './shared-model.ts';

export interface ModelUnderTest {
  /** Fitted as its test wants it; `rng` is all the randomness it may use. */
  readonly fit: (data: Interactions, rng: Rng) => Model | Promise<Model>;
  readonly load: (bytes: Uint8Array, options?: LoadOptions) => Model;
  /** NDCG@10 on the clustered world: what the model reaches ± a little, so that a loss of quality is seen. */
  readonly expectedNdcg: { readonly from: number; readonly to: number };
}

/** Names of tests that do not apply, with the reason why. */
export interface Skip {
  readonly reason: string;
  readonly tests: readonly string[];
}

/** NDCG@10 with binary relevance, written out: this module must not know `evaluation`. */
const ndcg10 = (items: Uint32Array, relevant: ReadonlySet<number>): number => {
  const gain = (n: number): number => 1 / Math.log2(n + 2);
  const found = [...items].reduce((sum, item, n) => sum + (relevant.has(item) ? gain(n) : 0), 0);
  return found / Array.from({ length: Math.min(10, relevant.size) }, (_, n) => gain(n)).reduce((a, b) => a + b, 0);
};

export const modelContract = (name: string, model: ModelUnderTest, skips: readonly Skip[] = []): void => {
  const titles = new Set<string>();
  const test = (title: string, run: () => void | Promise<void>): void => {
    titles.add(title);
    const skip = skips.find((each) => each.tests.includes(title));
    if (skip === undefined) it(title, run);
    else it.skip(`${title} (${skip.reason})`, run);
  };
  const { data, held } = clustered();
  const all = Uint32Array.from({ length: data.items.length }, (_, item) => item);
  const users = [0, 1, 2, 77, 239];
  let fitted: Model;
  let folded: UserVector[];
  const refused = (act: () => unknown): void => {
    expect(act).toThrow(EngineError);
    expect(act).toThrow(expect.objectContaining({ code: 'invalid_data' }));
  };

  describe(`${name} keeps the contract of a model`, () => {
    beforeAll(async () => {
      fitted = await model.fit(data, createRng(1));
      folded = users.map((user) => fitted.foldIn(historyOf(data, user)));
    });

    test('finds the withheld diagonal of a checkerboard', async () => {
      const board = checkerboard();
      const learned = await model.fit(board, createRng(1));
      for (let user = 0; user < BOARD_SIZE; user++) {
        const history = historyOf(board, user);
        const seen = new Set(history.items);
        const ranked = learned.recommend(learned.foldIn(history), 1, (item) => seen.has(item));
        expect(ranked.items[0]).toBe(user);
      }
    });

    test('tells like from unlike on a checkerboard', async () => {
      const learned = await model.fit(checkerboard(), createRng(1));
      for (const item of [0, 7, 39]) {
        const { items } = learned.similar(item, 10);
        expect(items).toHaveLength(10);
        expect(items).not.toContain(item);
        for (const other of items) expect(other % 2).toBe(item % 2);
      }
    });

    test('reaches the expected quality on clustered users', () => {
      const values = held.map((relevant, user) => {
        const history = historyOf(data, user);
        const seen = new Set(history.items);
        return ndcg10(fitted.recommend(fitted.foldIn(history), 10, (item) => seen.has(item)).items, relevant);
      });
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      expect(mean).toBeGreaterThan(model.expectedNdcg.from);
      expect(mean).toBeLessThan(model.expectedNdcg.to);
    });

    test('scores many items as it scores one', () => {
      for (const user of folded) {
        const together = fitted.score(user, all);
        for (const item of [0, 5, 100, 179]) expect(fitted.score(user, Uint32Array.of(item))[0]).toBe(together[item]);
        expect(fitted.score(user, new Uint32Array(0))).toHaveLength(0);
      }
    });

    test('ranks by its scores, ties by lower item', () => {
      for (const user of folded) {
        const scores = fitted.score(user, all);
        const { items, scores: rankedScores } = fitted.recommend(user, 25);
        expect(items.length).toBeGreaterThan(0);
        items.forEach((item, n) => {
          expect(rankedScores[n]).toBe(scores[item]);
          if (n === 0) return;
          const before = items[n - 1]!;
          expect(scores[before]! > scores[item]! || (scores[before] === scores[item] && before < item)).toBe(true);
        });
        const worst = rankedScores.at(-1)!;
        const better = all.filter((item) => scores[item]! > worst);
        for (const item of better) expect(items).toContain(item);
      }
    });

    test('honours the exclusion and the length asked for', () => {
      for (const user of folded) {
        const even = fitted.recommend(user, 20, (item) => item % 2 === 1);
        for (const item of even.items) expect(item % 2).toBe(0);
        expect(even.items.length).toBeGreaterThan(0);
        expect([...fitted.recommend(user, 3).items]).toEqual([...fitted.recommend(user, 20).items.subarray(0, 3)]);
        expect(fitted.recommend(user, 0).items).toHaveLength(0);
        expect(fitted.recommend(user, 10, () => true).items).toHaveLength(0);
        expect(fitted.recommend(user, 10_000).items.length).toBeLessThanOrEqual(fitted.itemCount);
      }
    });

    test('gives the same bytes for the same seed', async () => {
      expect((await model.fit(data, createRng(1))).toBytes()).toEqual(fitted.toBytes());
    });

    test('is the same after it was stored and loaded', () => {
      const bytes = fitted.toBytes();
      // Off by one from any alignment, as a file read into a pool may be.
      const shifted = new Uint8Array(bytes.length + 1);
      shifted.set(bytes, 1);
      for (const stored of [bytes, shifted.subarray(1)]) {
        const loaded = model.load(stored);
        expect(loaded.name).toBe(fitted.name);
        expect(loaded.itemCount).toBe(fitted.itemCount);
        expect(loaded.toBytes()).toEqual(bytes);
        for (const user of users) {
          const history = historyOf(data, user);
          expect(loaded.score(loaded.foldIn(history), all)).toEqual(fitted.score(fitted.foldIn(history), all));
        }
        expect(loaded.similar(3, 5)).toEqual(fitted.similar(3, 5));
      }
    });

    test('is the same for another thread that it is shared with', () => {
      const { port1, port2 } = new MessageChannel();
      port1.postMessage(fitted.share());
      const opened = openSharedModel(receiveMessageOnPort(port2)?.message);
      port1.close();
      expect(opened.toBytes()).toEqual(fitted.toBytes());
      expect(opened.retrieval).toEqual(fitted.retrieval);
      for (const user of users) {
        const history = historyOf(data, user);
        expect(opened.score(opened.foldIn(history), all)).toEqual(fitted.score(fitted.foldIn(history), all));
        expect(opened.recommend(opened.foldIn(history), 10)).toEqual(fitted.recommend(fitted.foldIn(history), 10));
      }
      expect(opened.similar(3, 5)).toEqual(fitted.similar(3, 5));
    });

    test('refuses stored bytes that are damaged', () => {
      const bytes = fitted.toBytes();
      const damaged: Uint8Array[] = [new Uint8Array(0), bytes.subarray(0, 8), bytes.subarray(0, bytes.length - 8)];
      const rng = createRng('damage');
      for (let n = 0; n < 100; n++) {
        const copy = bytes.slice();
        copy[rng.int(bytes.length)]! ^= 1 << rng.int(8);
        damaged.push(copy);
      }
      for (const each of damaged) {
        expect(() => model.load(each)).toThrow(expect.objectContaining({ code: 'artifact_corrupt' }));
      }
    });

    test('makes no checksum of bytes that are known to be those that were saved', () => {
      const bytes = fitted.toBytes();
      bytes[8]! ^= 1;
      expect(() => model.load(bytes)).toThrow('checksum');
      expect(model.load(bytes, { verified: true }).toBytes()).toEqual(fitted.toBytes());
    });

    test('has nothing personal for an empty history', () => {
      const nobody = fitted.foldIn({ items: new Uint32Array(0), weights: new Float32Array(0) });
      expect([...fitted.score(nobody, all)].every((score) => score === 0)).toBe(true);
      expect(fitted.recommend(nobody, 10).items).toHaveLength(0);
      expect(fitted.explain(nobody, 0).items).toHaveLength(0);
    });

    test('explains a score by shares of the history that sum to it', () => {
      folded.forEach((user, n) => {
        const seen = new Set(historyOf(data, users[n]!).items);
        const ranked = fitted.recommend(user, 20, (item) => seen.has(item));
        ranked.items.forEach((item, at) => {
          const contributions = fitted.explain(user, item);
          expect([...contributions.items]).toEqual([...contributions.items].sort((a, b) => a - b));
          const shares = bestFirst(contributions);
          const sum = shares.reduce((total, share) => total + share.value, 0);
          const size = shares.reduce((total, share) => total + Math.abs(share.value), 0);
          expect(Math.abs(sum - ranked.scores[at]!)).toBeLessThanOrEqual(1e-6 * size);
          for (const share of shares) {
            expect(seen).toContain(share.item);
            expect(share.value).not.toBe(0);
          }
          const values = shares.map((share) => share.value);
          expect(values).toEqual([...contributions.values].sort((a, b) => b - a));
        });
      });
    });

    test('gives less to an item when its best reason leaves the history', () => {
      users.forEach((index, n) => {
        const history = historyOf(data, index);
        const seen = new Set(history.items);
        const best = fitted.recommend(folded[n]!, 1, (item) => seen.has(item)).items[0]!;
        const [reason] = bestFirst(fitted.explain(folded[n]!, best));
        const kept = [...history.items.keys()].filter((at) => history.items[at] !== reason!.item);
        const without = fitted.foldIn({
          items: Uint32Array.from(kept, (at) => history.items[at]!),
          weights: Float32Array.from(kept, (at) => history.weights[at]!),
        });
        const target = Uint32Array.of(best);
        expect(fitted.score(without, target)[0]!).toBeLessThan(fitted.score(folded[n]!, target)[0]!);
      });
    });

    test('takes a history in any order, an item named twice as the sum', () => {
      const user = fitted.foldIn({ items: Uint32Array.of(9, 4, 9), weights: Float32Array.of(1, 5, 2) });
      const same = fitted.foldIn({ items: Uint32Array.of(4, 9), weights: Float32Array.of(5, 3) });
      expect(user).toEqual(same);
      expect(fitted.score(user, all)).toEqual(fitted.score(same, all));
    });

    test('refuses what is no item, no weight and no user of its own', () => {
      const one = Float32Array.of(1);
      refused(() => fitted.foldIn({ items: Uint32Array.of(fitted.itemCount), weights: one }));
      refused(() => fitted.foldIn({ items: Uint32Array.of(1, 2), weights: one }));
      for (const weight of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
        refused(() => fitted.foldIn({ items: Uint32Array.of(1), weights: Float32Array.of(weight) }));
      }
      refused(() => fitted.score(folded[0]!, Uint32Array.of(fitted.itemCount)));
      refused(() => fitted.explain(folded[0]!, -1));
      refused(() => fitted.similar(0.5, 3));
      const stranger = { ...folded[0]!, model: fitted.name === 'als' ? 'content' : 'als' } as const;
      refused(() => fitted.recommend(stranger, 3));
      refused(() => fitted.score(stranger, all));
      refused(() => fitted.explain(stranger, 0));
    });

    it('skips only tests that there are', () => {
      for (const title of skips.flatMap((skip) => skip.tests)) expect(titles).toContain(title);
    });
  });
};
