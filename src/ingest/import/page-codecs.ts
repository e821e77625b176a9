/** Unpacks pages of Parquet files within bounds: a page may claim any size, and hold more than it claims. */

import * as zlib from 'node:zlib';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { type Compressors, snappyUncompress } from 'hyparquet';

/** Node learned Zstandard in 22.15; before, such a file is refused by name. */
const zstd = (zlib as { zstdDecompressSync?: typeof gunzipSync }).zstdDecompressSync;

export interface PageCodecs {
  readonly compressors: Compressors;
  /** Pages may take all of their bytes again: those before are no longer needed. */
  renew(): void;
}

/** All pages together, until they are renewed, take no more than `mostBytes`; each no more than it claims. */
export const createPageCodecs = (mostBytes: number): PageCodecs => {
  let left = mostBytes;
  const within =
    (unpack: (input: Uint8Array, bytes: number) => Uint8Array) =>
    (input: Uint8Array, bytes: number): Uint8Array => {
      if (!(bytes >= 0 && bytes <= left)) {
        throw new Error(`a page claims ${bytes} bytes where ${left} are left of ${mostBytes}`);
      }
      left -= bytes;
      return unpack(input, bytes);
    };
  const byZlib = (unpack: typeof gunzipSync) =>
    within((input, bytes) => unpack(input, { maxOutputLength: Math.max(1, bytes) }));
  const snappy = within((input, bytes) => {
    const page = new Uint8Array(bytes);
    snappyUncompress(input, page);
    return page;
  });
  const compressors = {
    SNAPPY: snappy,
    GZIP: byZlib(gunzipSync),
    BROTLI: byZlib(brotliDecompressSync),
    ...(zstd !== undefined && { ZSTD: byZlib(zstd) }),
  };
  return {
    compressors,
    renew: () => {
      left = mostBytes;
    },
  };
};

/** Of which a page may be, by the names in the file. */
export const CODECS: ReadonlySet<string> = new Set(['UNCOMPRESSED', ...Object.keys(createPageCodecs(0).compressors)]);
