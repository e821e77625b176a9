/** The file of API keys. Only hashes stand in it; it is replaced as a whole, so a crash leaves the old or the new one. */

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Role } from '#api';
import { EngineError } from '#domain';
import { type KeyRecord, mintKey, parseKeyRecords } from '#http';
import type { Config } from './settings.ts';

export const keysPath = (config: Config): string => config.keysFile ?? join(config.data, 'keys.json');

/** None when there is no such file. @throws {EngineError} invalid_config */
export const readKeys = (config: Config): readonly KeyRecord[] => {
  const path = keysPath(config);
  if (existsSync(path)) return parseKeyRecords(readFileSync(path, 'utf8'));
  if (config.keysFile === null) return [];
  throw new EngineError('invalid_config', `keys_file: ${path} is not there; make it with "ritornello keys create"`);
};

/** Makes a key and keeps its hash; the key itself is returned and nowhere else. @throws {EngineError} conflict */
export const createKey = (config: Config, role: Role, name: string): string => {
  const records = existsSync(keysPath(config)) ? readKeys(config) : [];
  if (records.some((record) => record.name === name)) {
    throw new EngineError('conflict', `there is a key named "${name}": revoke it first, or choose another name`);
  }
  const { key, record } = mintKey(role, name);
  writeKeys(config, [...records, record]);
  return key;
};

/** @throws {EngineError} not_found */
export const revokeKey = (config: Config, name: string): void => {
  const records = readKeys(config);
  const kept = records.filter((record) => record.name !== name);
  if (kept.length === records.length) {
    const known = records.map((record) => record.name).join(', ') || 'none';
    throw new EngineError('not_found', `there is no key named "${name}": there is ${known}`);
  }
  writeKeys(config, kept);
};

const writeKeys = (config: Config, records: readonly KeyRecord[]): void => {
  const path = keysPath(config);
  mkdirSync(dirname(path), { recursive: true });
  const next = `${path}.${process.pid}`;
  writeFileSync(next, `${JSON.stringify(records, null, 2)}\n`, { mode: 0o600 });
  renameSync(next, path);
};
