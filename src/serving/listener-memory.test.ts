import { describe, expect, it } from 'vitest';
import {
  type EventId,
  type Item,
  itemId,
  type ListenerEvent,
  type SlateId,
  toCatalogueLines,
  type UserId,
} from '#domain';
import { createServing } from './create-serving.ts';
import { ItemCounts, LISTENS } from './item-counts.ts';

const NOW = Date.UTC(2026, 10, 24);
const ITEMS_EACH = 30;

describe('what is counted of an item a listener has met', () => {
  it.each([1, 16, 17, 100, 1000])('takes 88 bytes, and room for at most as many again: %i items', (count) => {
    const items = new ItemCounts();
    for (let place = 0; place < count; place++) items.add(1000 * place, LISTENS);
    expect(items.size).toBe(count);
    expect(items.bytes).toBe(88 * Math.max(16, 2 ** Math.ceil(Math.log2(count))));
  });
});

describe('listeners in memory', () => {
  const items = Array.from(
    { length: 500 },
    (_, n): Item => ({
      itemId: itemId('track', String(n)),
      type: 'track',
      title: `Track ${n}`,
      updatedAt: NOW,
      extra: {},
    }),
  );
  const pastOf = (userId: UserId): ListenerEvent[] =>
    Array.from({ length: ITEMS_EACH }, (_, n) => ({
      kind: 'play',
      eventId: `${userId}-${n}` as EventId,
      userId,
      at: NOW - n * 3_600_000,
      receivedAt: NOW - 86_400_000,
      itemId: items[n]!.itemId,
      msPlayed: 200_000,
      extra: {},
    }));
  const open = (memory: { listeners: number; items: number }) => {
    const reads: UserId[] = [];
    const serving = createServing({
      clock: { now: () => NOW },
      newSlateId: () => 'slate' as SlateId,
      log: {
        async *past(userId) {
          reads.push(userId);
          yield pastOf(userId);
        },
        slate: async () => null,
        itemCounts: async () => ({ listeners: 0, plays: 0 }),
        async *catalogue() {
          yield toCatalogueLines(items.map((item) => ({ item, addedAt: NOW })));
        },
        pools: async () => [],
      },
      record: async () => undefined,
      memory,
    });
    return { serving, reads };
  };
  const user = (n: number): UserId => `user-${n}` as UserId;

  it('are as many as may be and never more, by their number or by what they have met', async () => {
    for (const [memory, most] of [
      [{ listeners: 50, items: 1_000_000 }, 50],
      [{ listeners: 1_000_000, items: 20 * ITEMS_EACH }, 20],
    ] as const) {
      const { serving } = open(memory);
      await serving.start();
      for (let n = 0; n < 300; n++) {
        await serving.itemPage(items[0]!.itemId, user(n));
        expect((await serving.state()).listenersInMemory).toBe(Math.min(n + 1, most));
      }
    }
  });

  it('come back from the log as they were when they are asked about again, and are read only then', async () => {
    const { serving, reads } = open({ listeners: 10, items: 1_000_000 });
    await serving.start();
    const first = await serving.itemPage(items[3]!.itemId, user(0));
    for (let n = 1; n <= 10; n++) await serving.itemPage(items[3]!.itemId, user(n));
    expect(await serving.itemPage(items[3]!.itemId, user(0))).toEqual(first);
    expect(first.yours?.plays).toBe(1);
    expect(reads.filter((userId) => userId === user(0))).toHaveLength(2);
    await serving.itemPage(items[3]!.itemId, user(10));
    expect(reads.filter((userId) => userId === user(10))).toHaveLength(1);
  });
});
