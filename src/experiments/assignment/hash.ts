/** A number in [0, 1) for a key, the same everywhere and always. */

/**
 * FNV-1a over UTF-16 code units, two bytes each, then the finalizer of MurmurHash3 [Appleby2011] for an even spread;
 * 32 bits. A salt and a unit are joined by a character that names cannot hold, so ('ab', 'c') and ('a', 'bc') differ.
 * Part of the contract: a client library that assigns by itself must come to the same arm.
 */
export const fractionOf = (salt: string, unit: string): number => {
  const key = `${salt}\u001f${unit}`;
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) {
    const code = key.charCodeAt(i);
    hash = Math.imul(hash ^ (code & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (code >>> 8), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
};
