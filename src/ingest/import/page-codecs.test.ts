import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { createPageCodecs } from './page-codecs.ts';

const MOST = 1000;
const page = Buffer.alloc(400, 'a');
/** Snappy: how long it is, and 40 literal bytes at a time with their length before them. */
const snappy = Buffer.concat([
  Buffer.from([0x90, 0x03]),
  ...Array.from({ length: 10 }, () => Buffer.concat([Buffer.from([39 << 2]), page.subarray(0, 40)])),
]);

it.each([
  ['GZIP', gzipSync(page)],
  ['BROTLI', brotliCompressSync(page)],
  ['SNAPPY', snappy],
] as const)('%s: pages unpack to what they claim, and no further', (codec, packed) => {
  const { compressors, renew } = createPageCodecs(MOST);
  const unpack = compressors[codec]!;
  expect(Buffer.from(unpack(packed, 400))).toEqual(page);
  expect(() => unpack(packed, 601)).toThrow('a page claims 601 bytes where 600 are left of 1000');
  expect(() => unpack(packed, -1)).toThrow('a page claims -1 bytes');
  unpack(packed, 400);
  expect(() => unpack(packed, 400)).toThrow('200 are left');
  renew();
  expect(Buffer.from(unpack(packed, 400))).toEqual(page);
});

it.each([
  ['GZIP', gzipSync(page)],
  ['BROTLI', brotliCompressSync(page)],
] as const)('%s: a page that holds more than it claims is not unpacked further', (codec, packed) => {
  const { compressors } = createPageCodecs(MOST);
  expect(() => compressors[codec]!(packed, 399)).toThrow('Cannot create a Buffer larger than 399 bytes');
  expect(() => compressors[codec]!(packed, 0)).toThrow('Cannot create a Buffer larger than 1 bytes');
});
