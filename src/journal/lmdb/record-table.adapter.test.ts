import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { type Database, open, type RootDatabase } from 'lmdb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RecordTable } from './record-table.ts';

let path: string;
let environment: RootDatabase;
let parts: Database<Buffer, number>;
let table: RecordTable;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'records-'));
  environment = open({ path, noSubdir: false, overlappingSync: false, maxDbs: 1 });
  parts = environment.openDB<Buffer, number>('records', { encoding: 'binary' });
  table = new RecordTable(parts);
});
afterEach(async () => {
  await environment.close();
  rmSync(path, { recursive: true, force: true });
});

/** Bytes that tell where they are from. */
const bytesOf = (sequence: number, length: number): Buffer =>
  Buffer.from(Uint8Array.from({ length }, (_, n) => (31 * sequence + 7 * n + (n >> 8)) & 0xff));
/** Records as text: compared at once instead of byte after byte. */
const told = (records: Iterable<readonly [number, Buffer]>): [number, string][] =>
  [...records].map(([sequence, bytes]) => [sequence, bytes.toString('latin1')]);
const putAll = (records: readonly (readonly [number, Buffer])[]): void =>
  environment.transactionSync(() => {
    for (const [sequence, bytes] of records) table.put(sequence, bytes);
  });

describe('the table of records', () => {
  it('gives back what was put, from any sequence on, and removes ranges, as a map would', () => {
    const length = fc.oneof(
      fc.integer({ min: 0, max: 300 }),
      fc.constantFrom(1999, 2000, 2001, 3999, 4000, 4001),
      fc.integer({ min: 0, max: 40_000 }),
    );
    let next = 1;
    fc.assert(
      fc.property(
        fc.array(length, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 0, max: 13 }),
        (lengths, from, count) => {
          const first = next;
          const map = new Map(lengths.map((bytes, n) => [first + n, bytesOf(first + n, bytes)]));
          next += lengths.length;
          putAll([...map]);
          expect(told(table.from(first))).toEqual(told(map));
          expect(told(table.from(first + from))).toEqual(told(map).filter(([sequence]) => sequence >= first + from));
          for (let n = -1; n <= lengths.length; n++) {
            expect(table.get(first + n)?.toString('latin1')).toBe(map.get(first + n)?.toString('latin1'));
          }
          const removed: number[] = [];
          const inRange = ([sequence]: readonly [number, Buffer]) =>
            sequence >= first + from && sequence < first + from + count;
          environment.transactionSync(() =>
            table.removeRange(first + from, first + from + count, (bytes) => removed.push(bytes)),
          );
          expect(removed).toEqual([...map].filter(inRange).map(([, bytes]) => bytes.length));
          const left = [...map].filter((each) => !inRange(each));
          expect(told(table.from(1))).toEqual(told(left));
          expect(table.first()).toBe(left[0]?.[0]);
          environment.transactionSync(() => table.clear());
          expect(table.first()).toBeUndefined();
        },
      ),
      { seed: 6, numRuns: 60 },
    );
  });

  it('takes a record of any size', () => {
    const large = bytesOf(1, 9 * 2 ** 20);
    putAll([
      [1, large],
      [2, bytesOf(2, 10)],
    ]);
    expect(table.get(1)?.equals(large)).toBe(true);
    expect([...table.from(2)]).toEqual([[2, bytesOf(2, 10)]]);
    const removed: number[] = [];
    environment.transactionSync(() => table.removeRange(1, 3, (bytes) => removed.push(bytes)));
    expect(removed).toEqual([large.length, 10]);
    expect(table.first()).toBeUndefined();
  });

  it('reads and removes records that lie there whole, as they did before', () => {
    const whole = bytesOf(1, 30_000);
    environment.transactionSync(() => parts.putSync(1, whole));
    putAll([[2, bytesOf(2, 30_000)]]);
    expect(told(table.from(1))).toEqual(
      told([
        [1, whole],
        [2, bytesOf(2, 30_000)],
      ]),
    );
    const removed: number[] = [];
    environment.transactionSync(() => table.removeRange(1, 2, (bytes) => removed.push(bytes)));
    expect(removed).toEqual([30_000]);
    expect(table.first()).toBe(2);
  });
});
