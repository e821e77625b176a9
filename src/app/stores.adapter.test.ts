import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { loadConfig } from './config.ts';
import { closeStores, openJournal, openStores } from './stores.ts';

const data = mkdtempSync(join(tmpdir(), 'stores-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));
const configOf = (warehouse: string) => loadConfig({ flags: { data, warehouse }, env: {}, standardFile: false }).config;

it('opens all stores or none: what was opened when another one failed can be opened again', async () => {
  const file = join(data, 'a file');
  writeFileSync(file, 'and no folder');
  await expect(openStores(configOf(`chdb:${file}`), openJournal)).rejects.toMatchObject({
    code: 'warehouse_unavailable',
    message: expect.stringContaining(file),
  });
  const noJournal = async () => {
    throw new Error('there is no journal');
  };
  // The engine has one folder a process: another one can be opened when it was closed.
  const other = configOf(`chdb:${join(data, 'another warehouse')}`);
  await expect(openStores(other, noJournal)).rejects.toThrow('there is no journal');
  const stores = await openStores(configOf('chdb:'), openJournal);
  await expect(stores.warehouse.ping()).resolves.toBeUndefined();
  await closeStores(stores);
});
