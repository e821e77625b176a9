/** Who played what, made up so that the right answers are known: what models are tested on. */

import { itemId } from '#domain';
import { createRng, csrFromTriples } from '#math';
import type { History, Interactions } from './model.ts';

export const historyOf = (data: Interactions, user: number): History => {
  const start = data.counts.indptr[user]!;
  const end = data.counts.indptr[user + 1]!;
  return { items: data.counts.indices.slice(start, end), weights: data.counts.values.slice(start, end) };
};

const interactions = (
  users: number,
  items: number,
  plays: readonly (readonly [number, number, number])[],
): Interactions => ({
  users: Array.from({ length: users }, (_, user) => `user-${user}`),
  items: Array.from({ length: items }, (_, item) => itemId('track', String(item))),
  counts: csrFromTriples(users, items, {
    rows: plays.map((play) => play[0]),
    columns: plays.map((play) => play[1]),
    values: plays.map((play) => play[2]),
  }),
});

export const BOARD_SIZE = 40;

/**
 * A checkerboard: user u plays item i when both are odd or both even, except u = i. So the one right answer for user u,
 * their own items excluded, is item u: everyone like them has it.
 */
export const checkerboard = (): Interactions => {
  const plays: [number, number, number][] = [];
  for (let u = 0; u < BOARD_SIZE; u++) {
    for (let i = u % 2; i < BOARD_SIZE; i += 2) if (i !== u) plays.push([u, i, 1]);
  }
  return interactions(BOARD_SIZE, BOARD_SIZE, plays);
};

const CLUSTERS = 6;
const CLUSTER_ITEMS = 30;

/**
 * 240 users, 180 items in 6 clusters. A user plays 14 items: of their cluster 4 times in 5, of any otherwise, the first
 * of a cluster more than the last. Every seventh play is held back.
 */
export const clustered = () => {
  const rng = createRng('clustered world');
  const itemCount = CLUSTERS * CLUSTER_ITEMS;
  const train: [number, number, number][] = [];
  const held: Set<number>[] = [];
  for (let user = 0; user < 240; user++) {
    const played = new Set<number>();
    while (played.size < 14) {
      const cluster = rng.next() < 0.8 ? user % CLUSTERS : rng.int(CLUSTERS);
      played.add(cluster * CLUSTER_ITEMS + Math.floor(CLUSTER_ITEMS * rng.next() ** 1.5));
    }
    const items = [...played];
    held.push(new Set(items.filter((_, n) => n % 7 === 6)));
    items.forEach((item, n) => {
      if (n % 7 !== 6) train.push([user, item, 1 + rng.int(9)]);
    });
  }
  return { data: interactions(240, itemCount, train), held };
};
