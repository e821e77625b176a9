import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type LmdbTables, MappedTables } from './mapped-tables.ts';

/** Identities whose pages are as much as goes through a mapping. */
const LARGE = 1024;

const mapping = (backup?: (folder: string) => Promise<void>) => {
  const told: string[] = [];
  const state = { isWaitedFor: false };
  const open = (): LmdbTables => {
    told.push('opened');
    return { environment: { close: async () => told.push('closed'), backup } } as unknown as LmdbTables;
  };
  const mapped = new MappedTables(open, () => state.isWaitedFor);
  const touch = (identities: number): void => {
    for (let n = 0; n < identities; n++) mapped.touchIdentity();
    mapped.renewIfLarge();
  };
  return { mapped, touch, told, state };
};

it('maps anew once much has gone through, in a later turn', async () => {
  const { mapped, touch, told } = mapping();
  const before = mapped.tables;
  touch(LARGE - 1);
  await nextTurn();
  expect(told).toEqual(['opened']);
  touch(1);
  touch(0);
  expect(mapped.tables).toBe(before);
  await nextTurn();
  expect(told).toEqual(['opened', 'closed', 'opened']);
  expect(mapped.tables).not.toBe(before);
  await nextTurn();
  expect(told).toHaveLength(3);
});

it('lets commits that are waited for go first, until twice as much has gone through', async () => {
  const { touch, told, state } = mapping();
  state.isWaitedFor = true;
  touch(LARGE);
  for (let turn = 0; turn < 5; turn++) await nextTurn();
  expect(told).toEqual(['opened']);
  touch(LARGE);
  await nextTurn();
  await nextTurn();
  expect(told).toEqual(['opened', 'closed', 'opened']);
});

it('stays mapped while it is written anew, whatever goes through, and is mapped anew after it', async () => {
  const path = mkdtempSync(join(tmpdir(), 'mapped-'));
  const { mapped, touch, told } = mapping(async (folder) => {
    touch(2 * LARGE);
    for (let turn = 0; turn < 5; turn++) await nextTurn();
    expect(told).toEqual(['opened']);
    writeFileSync(join(folder, 'data.mdb'), 'anew');
  });
  await mapped.writeAnew(path);
  expect(told).toEqual(['opened', 'closed', 'opened']);
  expect(readdirSync(path)).toEqual(['data.mdb']);
  touch(LARGE);
  await nextTurn();
  expect(told).toHaveLength(5);
  rmSync(path, { recursive: true });
});

it('stays closed', async () => {
  const { mapped, touch, told } = mapping();
  touch(LARGE);
  await mapped.close();
  await nextTurn();
  expect(told).toEqual(['opened', 'closed']);
});
