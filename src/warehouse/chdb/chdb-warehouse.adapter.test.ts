import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

  it('says what is missing where the engine is not installed', () => {
    const without = `export const resolve = (name, context, next) => {
      if (name.startsWith('chdb')) throw Object.assign(new Error('Cannot find package ' + name), { code: 'ERR_MODULE_NOT_FOUND' });
      return next(name, context);
    };`;
    const script = `import { register } from 'node:module';
    register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(without)}));
    const { openChdbWarehouse } = await import('#warehouse');
    console.log(await openChdbWarehouse({ path: '/nowhere' }).catch(({ code, message }) => code + ': ' + message));`;
    const flags = ['--conditions=ritornello-source', '--import', 'tsx', '--input-type=module', '-e', script];
    const { stdout, stderr } = spawnSync(process.execPath, flags, { encoding: 'utf8' });
    expect(stdout, stderr).toMatch(/^engine_missing: the package chdb cannot be loaded: Cannot find package chdb/);
  });
});
