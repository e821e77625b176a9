/** What is taken out is gone: one user, or everything. */

import { expect, it } from 'vitest';
import { EVENT_KINDS, toTimestamp, type UserId } from '#domain';
import { queries } from './queries/index.ts';
import type { Warehouse } from './warehouse.ts';
import { event, exported, insert, item, NOW, oneOfEach, type WarehouseHarness } from './warehouse-harness.contract.ts';

const unitRow = (user_id: string): string => {
  const at = toTimestamp(NOW);
  const row = { batch: 'b', unit_id: `u-${user_id}`, kind: 'session', user_id, start: at, observed_until: at };
  return JSON.stringify(row);
};

const totals = async (warehouse: Warehouse): Promise<Record<string, number>> => {
  const rows = await warehouse.query(queries.overview, {});
  return Object.fromEntries(rows.filter((row) => row.row_count > 0).map((row) => [row.kind, row.row_count]));
};

export const erasingContract = ({ open, bytesOnDisk }: WarehouseHarness): void => {
  it('erases a user from every table and from the disk, and nobody else', async () => {
    const warehouse = await open();
    await warehouse.clear();
    const secret = 'erase-me-7f3a';
    await insert(warehouse, ...oneOfEach(secret), ...oneOfEach('stays'));
    await warehouse.insert('unit', [unitRow(secret), unitRow('stays')]);
    const removed = await warehouse.eraseUser(secret as UserId);
    expect(removed).toEqual({ ...Object.fromEntries(EVENT_KINDS.map((kind) => [kind, 1])), item: 0, unit: 1 });
    expect(await exported(warehouse, secret)).toEqual([]);
    expect(await exported(warehouse, 'stays')).toHaveLength(EVENT_KINDS.length);
    expect(Object.values(await warehouse.eraseUser(secret as UserId)).every((rows) => rows === 0)).toBe(true);
    if (bytesOnDisk !== undefined) {
      await expect.poll(() => bytesOnDisk(secret), { timeout: 90_000, interval: 500 }).toBe(0);
    }
    await warehouse.close();
  });

  it('is empty when cleared, and takes rows again', async () => {
    const warehouse = await open();
    await insert(warehouse, ...oneOfEach('u'));
    await warehouse.insert('item', [item({ item_id: 'track:a', title: 'A' }, NOW)]);
    await warehouse.clear();
    expect(await totals(warehouse)).toEqual({});
    await insert(warehouse, event({ type: 'play', item_id: 'track:a' }));
    expect(await totals(warehouse)).toEqual({ play: 1 });
    await warehouse.close();
  });
};
