/**
 * Keys of the identity index: 10 bytes of the user's hash, then 10 of the event's, so that all identities of a user
 * stand together and are removed as one range. 80 bits: two of 10⁹ users share a prefix with probability 4·10⁻⁷.
 */

import { hash } from 'node:crypto';

const PART_BYTES = 10;

const part = (text: string): Buffer => hash('sha256', text, 'buffer').subarray(0, PART_BYTES);

export const userPrefix = (userId: string): Buffer => part(userId);

export const identityKey = (prefix: Buffer, eventId: string): Buffer => {
  const key = Buffer.allocUnsafe(2 * PART_BYTES);
  prefix.copy(key, 0);
  part(eventId).copy(key, PART_BYTES);
  return key;
};

/** What the index keeps of an identity: where its last record stands and, of things that change, its version. */
export const identityValue = (sequence: number, version: Buffer): Buffer => {
  const value = Buffer.allocUnsafe(8 + version.length);
  value.writeBigUInt64BE(BigInt(sequence));
  version.copy(value, 8);
  return value;
};

export const sequenceOf = (value: Buffer): number => Number(value.readBigUInt64BE());

export const versionOf = (value: Buffer): Buffer => value.subarray(8);

/** Of what never changes. */
export const NO_VERSION: Buffer = Buffer.alloc(0);

export const versionHash = (version: string | undefined): Buffer =>
  version === undefined ? NO_VERSION : part(version);

/** First key after all keys of the prefix. */
export const afterPrefix = (prefix: Buffer): Buffer => Buffer.concat([prefix, Buffer.alloc(PART_BYTES + 1, 0xff)]);
