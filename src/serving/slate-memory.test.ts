import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EventId, type EventOf, type SlateId, toRow, type UserId } from '#domain';
import { SlateMemory } from './slate-memory.ts';

const id = (n: number): SlateId => `s${n}` as SlateId;

/** Without cards, and with a text of some length. */
const slate = (n: number, length: number, user = 'u'): EventOf<'slate'> => ({
  kind: 'slate',
  eventId: id(n) as string as EventId,
  userId: user as UserId,
  at: 1_000_000_000_000,
  receivedAt: 1_000_000_000_123,
  slateId: id(n),
  surface: 'home',
  context: { daypart: 'morning', localHour: 9, localWeekday: 3, intents: {} },
  policy: 'none',
  model: 'none',
  seed: 'seed',
  exploration: 0.1,
  logPropensity: 0,
  fallback: null,
  shelves: [],
  cards: [],
  candidates: { artist_ids: [] },
  filtered: {},
  extra: { title: 'ü'.repeat(length) },
});

const putInto = (memory: SlateMemory, one: EventOf<'slate'>): void =>
  memory.put(one.slateId as SlateId, one.userId, toRow(one));

describe('the last slates', () => {
  it('come back as they were, and the oldest leave first, whatever their lengths', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 200 })), { maxLength: 60 }),
        (puts) => {
          const bytes = 3000;
          const memory = new SlateMemory(bytes);
          const put: EventOf<'slate'>[] = [];
          for (const [n, length] of puts) {
            const one = slate(n, length);
            putInto(memory, one);
            put.push(one);
            const newest = [...new Map(put.map((each) => [each.slateId, each])).values()].map((each) =>
              put.lastIndexOf(each),
            );
            const found = newest.sort((a, b) => b - a).map((at) => memory.find(put[at]!.slateId as SlateId));
            const kept = found.indexOf(undefined);
            // Those that are there are the newest, each whole.
            expect(found.slice(kept === -1 ? found.length : kept).every((each) => each === undefined)).toBe(true);
            newest.forEach((at, rank) => {
              if (found[rank] !== undefined) expect(found[rank]).toEqual(put[at]);
            });
            expect(found[0]).toEqual(one);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('are as many as there is room for', () => {
    const memory = new SlateMemory(10 * toRow(slate(0, 10)).length * 2);
    for (let n = 0; n < 100; n++) putInto(memory, slate(n % 10, 10));
    expect(Array.from({ length: 10 }, (_, n) => memory.find(id(n))).filter((each) => each !== undefined)).toHaveLength(
      10,
    );
  });

  it('leave no trace of somebody who is forgotten, and stay of all others', () => {
    const memory = new SlateMemory(10_000);
    for (let n = 0; n < 6; n++) putInto(memory, slate(n, 20, `u${n % 2}`));
    memory.forget('u1' as UserId);
    expect([0, 1, 2, 3, 4, 5].map((n) => memory.find(id(n))?.userId)).toEqual([
      'u0',
      undefined,
      'u0',
      undefined,
      'u0',
      undefined,
    ]);
  });

  it('larger than the memory are not kept', () => {
    const memory = new SlateMemory(1000);
    putInto(memory, slate(1, 1));
    putInto(memory, slate(2, 500));
    expect([memory.find(id(1)), memory.find(id(2))]).toEqual([slate(1, 1), undefined]);
  });
});
