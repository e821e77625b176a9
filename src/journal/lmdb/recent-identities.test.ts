import { expect, it } from 'vitest';
import { RecentIdentities } from './recent-identities.ts';

const key = (...bytes: number[]): Buffer => Buffer.from(bytes);

const withSettled = (...keys: Buffer[]): RecentIdentities => {
  const recent = new RecentIdentities();
  for (const [n, each] of keys.entries()) recent.add(each, n + 1);
  recent.settle();
  return recent;
};

it('knows what the transaction under way adds, and forgets it when that fails', () => {
  const recent = withSettled(key(9));
  recent.add(key(1), 2);
  recent.remove(key(9));
  expect([recent.find(key(1)), recent.find(key(9))]).toEqual([2, undefined]);
  recent.drop();
  expect([recent.find(key(1)), recent.find(key(9)), recent.size]).toEqual([undefined, 1, 1]);
});

it('keeps the oldest first, also when one comes again', () => {
  const recent = withSettled(key(7), key(8));
  expect(recent.oldest).toBe(1);
  recent.remove(key(7));
  recent.settle();
  recent.add(key(7), 3);
  recent.settle();
  expect([recent.oldest, recent.find(key(7)), recent.size]).toEqual([2, 3, 2]);
  recent.clear();
  expect([recent.oldest, recent.size]).toEqual([undefined, 0]);
});

it('gives the oldest in the order of bytes, before a record or all, and those that begin alike', () => {
  const recent = withSettled(key(200, 5), key(200, 1), key(3, 255), key(3, 0));
  expect(recent.before(4)).toEqual([key(3, 255), key(200, 1), key(200, 5)]);
  expect(recent.first(2)).toEqual([key(200, 1), key(200, 5)]);
  expect(recent.startingWith(key(3))).toEqual([
    [key(3, 255), 3],
    [key(3, 0), 4],
  ]);
  expect(recent.before(1)).toEqual([]);
});
