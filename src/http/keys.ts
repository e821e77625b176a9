/** API keys: only their SHA-256 is kept. A key holds 256 random bits, so a plain hash cannot be searched backwards. */

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { ROLES, type Role } from '#api';
import { EngineError } from '#domain';

/** One key as the keys file keeps it. */
export interface KeyRecord {
  /** What the key is for, in the words of who made it; also names the key in limits and logs. */
  readonly name: string;
  readonly role: Role;
  /** SHA-256 of the key, hexadecimal. */
  readonly sha256: string;
}

export interface KeyRing {
  readonly size: number;
  /** The record of a key, or null when it is not known. Takes the same time wherever the key stands. */
  verify(key: string): KeyRecord | null;
}

const recordsSchema = z.array(
  z.object({
    name: z.string().min(1).max(100),
    role: z.enum(ROLES),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits'),
  }),
);

const digest = (key: string): Buffer => createHash('sha256').update(key, 'utf8').digest();

export const createKeyRing = (records: readonly KeyRecord[]): KeyRing => {
  const entries = records.map((record) => ({ record, hash: Buffer.from(record.sha256, 'hex') }));
  return {
    size: entries.length,
    verify(key) {
      const presented = digest(key);
      let found: KeyRecord | null = null;
      // No early end: the time taken must not tell which key came close.
      for (const { record, hash } of entries) if (timingSafeEqual(hash, presented)) found = record;
      return found;
    },
  };
};

/** A new key, to be shown once, and the record to keep. */
export const mintKey = (role: Role, name: string): { readonly key: string; readonly record: KeyRecord } => {
  const key = `rit_${role}_${randomBytes(32).toString('base64url')}`;
  return { key, record: { name, role, sha256: digest(key).toString('hex') } };
};

/**
 * Reads a keys file: a JSON array of records.
 * @throws {EngineError} invalid_config naming the record and field.
 */
export const parseKeyRecords = (text: string): readonly KeyRecord[] => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new EngineError('invalid_config', 'the keys file is not JSON: expected an array of {name, role, sha256}', {
      cause,
    });
  }
  const parsed = recordsSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => ({ field: issue.path.join('.'), reason: issue.message }));
  const detail = fields.map(({ field, reason }) => `${field}: ${reason}`).join('; ');
  throw new EngineError('invalid_config', `the keys file is not valid: ${detail}`, { fields });
};
