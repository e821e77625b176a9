/** An embedded warehouse of its own, for questions about files: made for one use, and gone after it. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openChdbWarehouse, type Warehouse } from '#warehouse';

/** @throws {EngineError} engine_missing */
export const withScratchWarehouse = async <Result>(use: (warehouse: Warehouse) => Promise<Result>): Promise<Result> => {
  const path = mkdtempSync(join(tmpdir(), 'ritornello-units-'));
  try {
    const warehouse = await openChdbWarehouse({ path });
    try {
      return await use(warehouse);
    } finally {
      await warehouse.close();
    }
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
};
