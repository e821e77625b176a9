import { describe, expect, it } from 'vitest';
import {
  type EventOf,
  fixedClock,
  type Item,
  itemId,
  type SlateId,
  toCatalogueLines,
  toItemRow,
  toRow,
  toTimestamp,
  type UserId,
} from '#domain';
import type { Journal, JournalRecord } from '#journal';
import { createServing } from '#serving';
import { queries, type Warehouse } from '#warehouse';
import { createListenerLog } from './listener-log.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const USER = 'u' as UserId;
const SONG = itemId('track', 'a');

const tally = (n: number, plays: number): EventOf<'tally'> => ({
  kind: 'tally',
  eventId: `tally-${n}` as never,
  userId: USER,
  itemId: SONG,
  plays,
  at: NOW - 1000 + n,
  receivedAt: NOW,
  extra: {},
});

/** Moments of a load at which something may happen. */
interface Moments {
  /** The tail has been read and not yet answered. */
  tail?: () => void;
  /** The warehouse is asked for the sums. */
  sums?: () => void;
}

/** A journal and a warehouse of counts, and serving that reads them. */
const openRoom = async (moments: Moments) => {
  let first = 1;
  let records: JournalRecord[] = [];
  const carried: { readonly sequence: number; readonly event: EventOf<'tally'> }[] = [];
  const events = new Map<number, EventOf<'tally'>>();
  const next = () => first + records.length;
  const keep = (event: EventOf<'tally'>): void => {
    const { kind, userId, eventId } = event;
    events.set(next(), event);
    records.push({ kind, userId, eventId, sequence: next(), row: Buffer.from(toRow(event)) });
  };
  const carry = (): void => {
    for (const { sequence } of records) carried.push({ sequence, event: events.get(sequence)! });
    first = next();
    records = [];
  };
  const journal: Pick<Journal, 'read' | 'status'> = {
    status: () => ({ first, next: next(), bytes: 0 }),
    read: async () => {
      const read = [...records];
      moments.tail?.();
      return read;
    },
  };
  const sumsBefore = (before: number) => {
    const counted = carried.filter(({ sequence }) => sequence < before).map(({ event }) => event);
    const plays = counted.reduce((sum, event) => sum + event.plays, 0);
    const at = toTimestamp(Math.max(...counted.map((event) => event.at)));
    return counted.length === 0 ? [] : [{ item_id: SONG, plays, at }];
  };
  const warehouse = {
    async *stream() {},
    query: async (query: { name: string }, { before }: { before: number }) => {
      if (query.name !== queries.userTallies.name) return [];
      moments.sums?.();
      return sumsBefore(before);
    },
  } as unknown as Warehouse;
  const clock = fixedClock(NOW);
  const log = createListenerLog({ journal: journal as Journal, warehouse, clock });
  const newSlateId = () => 'none' as SlateId;
  const serving = createServing({ clock, newSlateId, log, record: async () => undefined });
  const tell = (event: EventOf<'tally'>) => serving.apply([event]);
  const plays = async () => (await serving.profile(USER)).topItems[0]!.plays;
  return { keep, carry, tell, plays };
};
type Room = Awaited<ReturnType<typeof openRoom>>;

describe('a count of plays from elsewhere', () => {
  it.each<readonly [when: string, happens: (room: Room, moments: Moments, event: EventOf<'tally'>) => void]>([
    ['is in the warehouse', (room, _, event) => [room.keep(event), room.carry()]],
    ['is in the journal', (room, _, event) => room.keep(event)],
    [
      'is in the journal, and told while the past is read',
      (room, moments, event) => {
        room.keep(event);
        moments.sums = () => room.tell(event);
      },
    ],
    [
      'goes into the warehouse while the tail is read',
      (room, moments, event) => {
        room.keep(event);
        moments.tail = () => room.carry();
      },
    ],
    [
      'goes into the warehouse after the tail was read',
      (room, moments, event) => {
        room.keep(event);
        moments.sums = () => room.carry();
      },
    ],
    [
      'is acknowledged after the tail was read, and in the warehouse before the sum is',
      (room, moments, event) => {
        moments.sums = () => {
          room.keep(event);
          room.tell(event);
          room.carry();
        };
      },
    ],
  ])('that %s counts once', async (_, happens) => {
    const moments: Moments = {};
    const room = await openRoom(moments);
    room.keep(tally(1, 3));
    room.carry();
    room.keep(tally(2, 4));
    happens(room, moments, tally(3, 5));
    expect(await room.plays()).toBe(12);
    expect(await room.plays()).toBe(12);
  });
});

describe('the catalogue', () => {
  it('is that of the warehouse, then what the journal has of items', async () => {
    const titled = (n: number, title: string, updatedAt: number): Item => ({
      itemId: itemId('track', String(n)),
      type: 'track',
      title,
      updatedAt,
      extra: {},
    });
    const inJournal = Array.from({ length: 10_001 }, (_, n) => titled(n, `tail ${n}`, NOW + (n % 2) - 1));
    const records = inJournal.map(
      (item, n): JournalRecord => ({
        kind: 'item',
        userId: '' as UserId,
        eventId: '' as never,
        sequence: n + 1,
        row: Buffer.from(toItemRow(item)),
      }),
    );
    const journal: Pick<Journal, 'read' | 'status'> = {
      status: () => ({ first: 1, next: records.length + 1, bytes: 0 }),
      read: async (from) => records.filter(({ sequence }) => sequence >= from).slice(0, 3000),
    };
    const carried = [titled(0, 'newer', NOW), titled(1, 'older', NOW - 5)];
    const warehouse = {
      async *stream() {
        yield toCatalogueLines(carried.map((item) => ({ item, addedAt: NOW - 9 })));
      },
      query: async ({ name }: { name: string }) =>
        name === queries.itemAudience.name ? [{ listeners: 0, plays: 0 }] : [],
    } as unknown as Warehouse;
    const clock = fixedClock(NOW);
    const log = createListenerLog({ journal: journal as Journal, warehouse, clock });
    const serving = createServing({ clock, newSlateId: () => 'none' as SlateId, log, record: async () => undefined });
    await serving.start();
    expect((await serving.state()).catalogue).toBe(10_001);
    const titles = await Promise.all(
      [0, 1, 10_000].map(async (n) => (await serving.itemPage(itemId('track', String(n)), null)).item.title),
    );
    expect(titles).toEqual(['newer', 'tail 1', 'tail 10000']);
  });
});
