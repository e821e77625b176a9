import { expect, it } from 'vitest';
import { itemId } from '#domain';
import { createRng, csrFromTriples } from '#math';
import { fitAls } from './als/als.ts';
import { fitItemKnn } from './item-knn/item-knn.ts';
import type { Interactions } from './model.ts';
import { fitPopularity } from './popularity.ts';

const world = (users: number, items: number): Interactions => {
  const rng = createRng('memory');
  const plays = 30 * users;
  return {
    users: Array.from({ length: users }, (_, user) => String(user)),
    items: Array.from({ length: items }, (_, item) => itemId('track', String(item))),
    counts: csrFromTriples(users, items, {
      rows: Array.from({ length: plays }, (_, n) => n % users),
      columns: Array.from({ length: plays }, () => rng.int(items)),
      values: new Array(plays).fill(1),
    }),
  };
};

/** Bytes of the arrays of a stored model: all behind its header, whose JSON may differ by a digit. */
const arrayBytes = (stored: Uint8Array): number => stored.length - 16 - new DataView(stored.buffer).getUint32(12, true);
const als = async (users: number, items: number, factors: number) =>
  arrayBytes((await fitAls(world(users, items), { factors, epochs: 1 }, createRng(1))).toBytes());

it('stores four bytes a factor for each item in als, and nothing for listeners', async () => {
  expect(await als(50, 200, 16)).toBe(200 * 16 * 4);
  expect(await als(100, 200, 16)).toBe(200 * 16 * 4);
  expect(await als(50, 400, 16)).toBe(400 * 16 * 4);
  expect(await als(50, 200, 64)).toBe(200 * 64 * 4);
});

it('stores eight bytes a neighbour in item-knn, and where each item begins', async () => {
  const stored = async (users: number, neighbours: number) =>
    arrayBytes((await fitItemKnn(world(users, 100), { neighbours })).toBytes());
  const padding = 3 * 7;
  for (const users of [200, 400]) {
    const most = 100 * 8 * 5 + 101 * 4;
    const bytes = await stored(users, 5);
    expect(bytes).toBeGreaterThanOrEqual(most);
    expect(bytes).toBeLessThanOrEqual(most + padding);
  }
});

it('stores four bytes an item in popularity', () => {
  expect(arrayBytes(fitPopularity(world(50, 200)).toBytes())).toBe(200 * 4);
});
