import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { artifactStoreContract } from '../artifact-store.contract.ts';
import { openFileArtifacts } from './open-file-artifacts.ts';

describe('artifacts in files', () => {
  const folders: string[] = [];
  const make = () => {
    folders.push(mkdtempSync(join(tmpdir(), 'artifacts-')));
    return openFileArtifacts({ path: folders.at(-1)! });
  };
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  artifactStoreContract({
    make,
    reopen: () => openFileArtifacts({ path: folders.at(-1)! }),
    damage: async (name, version, part) => {
      const file = join(folders.at(-1)!, name, version, part);
      const bytes = readFileSync(file);
      const last = bytes.length - 1;
      bytes[last] = bytes[last]! ^ 1;
      writeFileSync(file, bytes);
    },
  });

  it('refuses a part that was cut short', async () => {
    const store = await make();
    const lineage = { trainedAt: 1, data: {}, options: {}, seed: '' };
    const { version } = await store.save('bundle', { part: new Uint8Array(2 ** 23 + 9) }, lineage);
    truncateSync(join(folders.at(-1)!, 'bundle', version, 'part'), 2 ** 23);
    await expect(store.latest('bundle')).rejects.toThrow('8388608 of 8388617 bytes');
  });

  it('takes no notice of a save that was cut off, and removes it', async () => {
    const store = await make();
    const lineage = { trainedAt: 1, data: {}, options: {}, seed: '' };
    await store.save('bundle', { part: Uint8Array.of(1) }, lineage);
    const folder = join(folders.at(-1)!, 'bundle');
    mkdirSync(join(folder, '.new-000002'));
    writeFileSync(join(folder, '.new-000002', 'part'), 'half');
    expect((await store.latest('bundle'))?.version).toBe('000001');
    const reopened = await openFileArtifacts({ path: folders.at(-1)! });
    expect(readdirSync(folder)).toEqual(['000001']);
    expect((await reopened.save('bundle', { part: Uint8Array.of(2) }, lineage)).version).toBe('000002');
  });
});
