import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EngineError, fixedClock, type UserId } from '#domain';
import { type Journal, openLmdbJournal } from '#journal';
import { openChdbWarehouse, queries, type Warehouse, withSequence } from '#warehouse';
import { type DeadLetters, openDeadLetters } from './dead-letters.ts';
import { clearStores, eraseListener } from './erasure.ts';
import { createIntake, type Intake } from './intake.ts';
import { createWarehouseWriter, type WriterOptions } from './writer.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const clock = fixedClock(NOW);

let root: string;
let path: string;
let warehouse: Warehouse;
let journal: Journal;
let deadLetters: DeadLetters;
let intake: Intake;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'writer-'));
  warehouse = await openChdbWarehouse({ path: join(root, 'warehouse') });
});
afterAll(async () => {
  await warehouse.close();
  rmSync(root, { recursive: true, force: true });
});
beforeEach(async () => {
  await warehouse.clear();
  path = mkdtempSync(join(root, 'journal-'));
  journal = await openLmdbJournal({ path });
  deadLetters = await openDeadLetters({ path: join(path, 'letters'), clock });
  intake = createIntake({ journal, clock, onError: (error) => expect.unreachable(String(error)) });
});
afterEach(() => journal.close());

const writerOf = (options: Partial<WriterOptions> = {}) =>
  createWarehouseWriter({ journal, warehouse, deadLetters, clock, ...options });

const play = (event_id: string, more: object = {}) => ({
  type: 'play',
  event_id,
  user_id: 'u',
  at: NOW - 1000,
  item_id: 'track:a',
  ...more,
});
const like = (event_id: string) => ({ ...play(event_id), type: 'action', action: 'like' });
const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => (index % 3 === 0 ? like(`e${index}`) : play(`e${index}`)));

/** Sequences in the tables of plays and actions, as they are there. */
const sequences = async (): Promise<number[]> => {
  const range = { from: 0, to: 10_000_000 };
  const plays = await warehouse.query(queries.sequencesPresent, { table: 'play', ...range });
  const actions = await warehouse.query(queries.sequencesPresent, { table: 'action', ...range });
  return [...plays, ...actions].map(({ sequence }) => sequence).sort((a, b) => a - b);
};
const oneTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** The real warehouse, which fails where the test says. */
const failing = (
  mayFail: (table: Parameters<Warehouse['insert']>[0], rows: readonly string[]) => Promise<void>,
): Warehouse => ({
  insert: async (table, rows) => {
    await mayFail(
      table,
      rows
        .toString()
        .split('\n')
        .filter((line) => line !== ''),
    );
    await warehouse.insert(table, rows);
  },
  query: (query, params) => warehouse.query(query, params),
  stream: (query, params) => warehouse.stream(query, params),
  eraseUser: (userId) => warehouse.eraseUser(userId),
  clear: () => warehouse.clear(),
  ping: () => warehouse.ping(),
  close: () => warehouse.close(),
});

describe('the warehouse writer', () => {
  it('brings everything acknowledged into the warehouse and trims the journal', async () => {
    await intake.accept(numbered(2500));
    await intake.acceptItems([{ item_id: 'track:a', title: 'A' }]);
    const writer = writerOf({ batchRows: 1000 });
    expect(writer.status()).toEqual({ lagRecords: 2501, lastError: null, lastFlushAt: null, refusedRows: 0 });
    await Promise.all([writer.flush(), writer.flush(), writer.flush()]);
    expect(await sequences()).toEqual(oneTo(2500));
    expect(await warehouse.query(queries.catalogue, {})).toHaveLength(1);
    expect(journal.status()).toEqual({ first: 2502, next: 2502, bytes: 0 });
    expect(writer.status()).toEqual({ lagRecords: 0, lastError: null, lastFlushAt: NOW, refusedRows: 0 });
  });

  it('carries at once what somebody waits for, and in steps what nobody does, unless the tail is long', async () => {
    const paces: unknown[] = [];
    const limits: number[] = [];
    const watched: Journal = {
      append: (entries) => journal.append(entries),
      read: (from, limit) => {
        limits.push(limit);
        return journal.read(from, limit);
      },
      trim: (before, pace) => {
        paces.push(pace);
        return journal.trim(before, pace);
      },
      eraseUsers: (userIds) => journal.eraseUsers(userIds),
      clear: () => journal.clear(),
      status: () => journal.status(),
      close: () => journal.close(),
    };
    const writer = writerOf({ journal: watched, intervalMs: 5 });
    const carried = () => expect.poll(() => journal.status().first, { timeout: 30_000 }).toBe(journal.status().next);
    await intake.accept(numbered(300));
    await writer.flush();
    await intake.accept([play('another')]);
    await writer.flush('in_steps');
    await intake.accept([play('one more')]);
    writer.start();
    await carried();
    await writer.stop();
    expect(paces).toEqual(['at_once', 'in_steps', 'in_steps']);
    expect(Math.max(...limits.slice(-2))).toBeLessThan(limits[0]!);
    for (let n = 0; n < 9; n++) await intake.accept(Array.from({ length: 2500 }, (_, k) => play(`${n} ${k}`)));
    writer.start();
    await carried();
    await writer.stop();
    expect(paces.slice(3)).toEqual(['at_once', 'in_steps', 'in_steps']);
    expect(await sequences()).toEqual(oneTo(22_802));
  });

  it('inserts each row once after a kill between insert and trim, wherever the insert had come', async () => {
    await intake.accept(numbered(900));
    const records = await journal.read(1, 900);
    const rowsOf = (table: string, to: number) =>
      records
        .filter(({ kind, sequence }) => kind === table && sequence <= to)
        .map((r) => withSequence(r.row.toString(), r.sequence));
    // One table whole, half of the other, and the first of the journal's records trimmed: then the process was gone.
    await warehouse.insert('action', rowsOf('action', 900));
    await warehouse.insert('play', rowsOf('play', 450));
    await journal.trim(101);
    await journal.close();

    journal = await openLmdbJournal({ path });
    await createIntake({ journal, clock, onError: () => undefined }).accept(numbered(1000));
    await writerOf({ batchRows: 300 }).flush();
    expect(await sequences()).toEqual(oneTo(1000));
  });

  it('inserts each row once after an insert that failed or whose answer was lost', async () => {
    await intake.accept(numbered(1200));
    let calls = 0;
    const writer = writerOf({
      batchRows: 400,
      warehouse: failing(async (table, rows) => {
        calls += 1;
        if (calls % 3 === 0) throw new EngineError('warehouse_unavailable', 'away');
        if (calls % 3 === 2) {
          await warehouse.insert(table, rows);
          throw new EngineError('warehouse_unavailable', 'the answer was lost');
        }
      }),
    });
    for (let attempt = 0; attempt < 50 && writer.status().lagRecords > 0; attempt++) {
      await writer.flush().catch((error: EngineError) => expect(error.code).toBe('warehouse_unavailable'));
    }
    expect(await sequences()).toEqual(oneTo(1200));
    expect(writer.status()).toMatchObject({ lagRecords: 0, lastError: null });
  });

  it('goes on by itself while the warehouse is away, and intake with it', async () => {
    let isAway = true;
    let retried: () => void = () => undefined;
    const twoRetries = new Promise<void>((resolve) => {
      let count = 0;
      retried = () => {
        count += 1;
        if (count === 2) resolve();
      };
    });
    const writer = writerOf({
      intervalMs: 10,
      onRetry: () => retried(),
      warehouse: failing(async () => {
        if (isAway) throw new EngineError('warehouse_unavailable', 'no answer from 127.0.0.1');
      }),
    });
    await intake.accept(numbered(10));
    writer.start();
    await twoRetries;
    expect(writer.status()).toMatchObject({ lagRecords: 10, lastError: 'no answer from 127.0.0.1' });
    await intake.accept([play('while-away')]);
    isAway = false;
    await expect.poll(() => writer.status().lagRecords, { timeout: 20_000 }).toBe(0);
    expect(writer.status().lastError).toBeNull();
    await intake.accept([play('after')]);
    await expect.poll(() => writer.status().lagRecords, { timeout: 20_000 }).toBe(0);
    await writer.stop();
    expect(await sequences()).toEqual(oneTo(12));
    await intake.accept([play('after-stop')]);
    expect(writer.status().lagRecords).toBe(1);
  });

  it('finds the rows a table will not take, keeps them as dead letters, and writes all others', async () => {
    const good = numbered(200);
    await intake.accept(good);
    await journal.append(
      [7, 11].map((n) => ({
        kind: 'play',
        userId: 'u' as UserId,
        eventId: `bad${n}`,
        row: `{"event_id":"bad${n}","no":1}`,
      })),
    );
    await intake.accept([play('last')]);
    const writer = writerOf();
    await writer.flush();
    expect(await sequences()).toEqual([...oneTo(200), 203]);
    expect(writer.status()).toMatchObject({ lagRecords: 0, refusedRows: 2 });
    const letters = await deadLetters.list(10);
    expect(letters.map(({ origin, entry }) => `${origin} ${(entry as { event_id: string }).event_id}`).sort()).toEqual([
      'warehouse bad11',
      'warehouse bad7',
    ]);
  });

  it('keeps batches of large rows within their bytes', async () => {
    const note = 'x'.repeat(300_000);
    await intake.accept(Array.from({ length: 40 }, (_, index) => play(`big${index}`, { note })));
    const sizes: number[] = [];
    await writerOf({
      batchBytes: 2_000_000,
      warehouse: failing(async (_, rows) => {
        sizes.push(rows.join('').length);
      }),
    }).flush();
    expect(await sequences()).toEqual(oneTo(40));
    expect(sizes.length).toBeGreaterThan(3);
    expect(Math.max(...sizes)).toBeLessThan(5_000_000);
  });

  it('keeps the identities of a listener whom the warehouse cannot erase, and erases them with the next try', async () => {
    const writer = writerOf();
    await intake.accept([play('e1')]);
    await writer.flush();
    await intake.accept([play('e2')]);
    const away = new EngineError('warehouse_unavailable', 'away');
    const broken = { ...failing(async () => undefined), eraseUser: () => Promise.reject(away) };
    const erase = (from: Warehouse) => eraseListener({ journal, warehouse: from, writer, deadLetters }, 'u' as UserId);
    await expect(erase(broken)).rejects.toBe(away);
    const again = await intake.accept([play('e1'), play('e2')]);
    expect(again.map(({ outcome }) => outcome)).toEqual(['repeated', 'repeated']);
    expect(await erase(warehouse)).toMatchObject({ removed: { play: 1, journal: 1 }, left: 0 });
    await writer.flush();
    expect(await sequences()).toEqual([]);
  });

  it('erases a listener from tables, journal and dead letters, with the writer at work', async () => {
    const writer = writerOf({ intervalMs: 1, batchRows: 100 });
    const letters = createIntake({ journal, clock, deadLetters, onError: () => undefined });
    await letters.accept([...numbered(1000), { ...play('bad'), item_id: 'none' }, play('v', { user_id: 'v' })]);
    writer.start();
    await expect.poll(() => writer.status().lagRecords, { timeout: 20_000, interval: 1 }).toBeLessThan(900);
    const stores = { journal, warehouse, writer, deadLetters };
    const { removed, left } = await eraseListener(stores, 'u' as UserId);
    expect(left).toBe(0);
    expect(removed['play']! + removed['action']! + removed['journal']!).toBe(1000);
    expect(removed['dead_letters']).toBe(1);
    await writer.flush();
    expect(await sequences()).toEqual([1001]);
    expect((await intake.accept([play('e1')])).map(({ outcome }) => outcome)).toEqual(['accepted']);
    await clearStores(stores);
    await writer.flush();
    await writer.stop();
    expect(await sequences()).toEqual([]);
    expect(journal.status().bytes).toBe(0);
  });
});
