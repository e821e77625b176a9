import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createKeyRing } from '#http';
import { loadConfig } from './config.ts';
import { createKey, keysPath, readKeys, revokeKey } from './keys-file.ts';

const fresh = () => loadConfig({ env: {}, flags: { data: join(mkdtempSync(join(tmpdir(), 'keys-')), 'data') } }).config;

it('makes keys that the ring knows until they are revoked', () => {
  const config = fresh();
  expect(readKeys(config)).toEqual([]);
  const writer = createKey(config, 'ingest', 'collector');
  const admin = createKey(config, 'admin', 'me');
  expect(createKeyRing(readKeys(config)).verify(writer)).toMatchObject({ role: 'ingest', name: 'collector' });
  revokeKey(config, 'collector');
  const ring = createKeyRing(readKeys(config));
  expect(ring.verify(writer)).toBeNull();
  expect(ring.verify(admin)).toMatchObject({ role: 'admin' });
});

it('keeps no key, only hashes, in a file that is the owner’s alone', () => {
  const config = fresh();
  const key = createKey(config, 'serve', 'app');
  expect(readFileSync(keysPath(config), 'utf8')).not.toContain(key);
  expect(statSync(keysPath(config)).mode & 0o077).toBe(0);
});

it('refuses a second key of the same name, and to revoke what is not there', () => {
  const config = fresh();
  createKey(config, 'serve', 'app');
  expect(() => createKey(config, 'admin', 'app')).toThrow(/there is a key named "app"/);
  expect(() => revokeKey(config, 'ap')).toThrow(/there is app/);
});
