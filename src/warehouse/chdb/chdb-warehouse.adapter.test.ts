import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { warehouseContract } from '../warehouse.contract.ts';
import { openChdbWarehouse } from './open-chdb-warehouse.ts';

let path: string;
beforeAll(() => {
  path = mkdtempSync(join(tmpdir(), 'chdb-'));
});
afterAll(() => rmSync(path, { recursive: true, force: true }));

/** Columns are compressed, but the primary index and short columns hold ids as they are. */
const bytesOnDisk = (text: string): number => {
  let found = 0;
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    try {
      if (readFileSync(join(entry.parentPath, entry.name)).includes(text)) found += text.length;
    } catch (error) {
      // The engine removed it in between.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return found;
};

describe('the warehouse on chDB', () => {
  warehouseContract({ open: () => openChdbWarehouse({ path }), bytesOnDisk });
});
