/** Ids made from content: the same parts give the same id on every machine and in every run. */

import { createHash } from 'node:crypto';

/** 132 bits of SHA-256 in base64url, 22 characters: enough that two different rows never meet. */
export const stableId = (...parts: readonly (string | number)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
