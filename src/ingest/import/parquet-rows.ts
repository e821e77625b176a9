/** Rows of a Parquet file, row group after row group, only the columns asked for. */

import * as zlib from 'node:zlib';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import {
  asyncBufferFromFile,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetScan,
  parquetSchema,
} from 'hyparquet';
import type { Row } from './row-fields.ts';
import { unreadable } from './source-file.ts';
import type { ParsedRow } from './text-rows.ts';

/** A row group is decoded whole: this keeps an import within its memory. */
const MAX_GROUP_BYTES = 256 * 2 ** 20;
const BATCH_ROWS = 2000;

/** Node learned Zstandard in 22.15; before, such a file is refused by name. */
const zstd = (zlib as { zstdDecompressSync?: (input: Uint8Array) => Buffer }).zstdDecompressSync;

const compressors: Compressors = {
  GZIP: (input) => gunzipSync(input),
  BROTLI: (input) => brotliDecompressSync(input),
  ...(zstd !== undefined && { ZSTD: (input: Uint8Array) => zstd(input) }),
};
const CODECS: ReadonlySet<string> = new Set(['UNCOMPRESSED', 'SNAPPY', ...Object.keys(compressors)]);

export interface ParquetTable {
  readonly columns: readonly string[];
  rows(columns: readonly string[], advance: (bytes: number) => void): AsyncGenerator<readonly ParsedRow<Row>[]>;
}

interface GroupSize {
  readonly packed: number;
  readonly unpacked: number;
}

/** Bytes of the asked columns in each row group. @throws when one cannot be unpacked here. */
const groupSizes = (metadata: FileMetaData, columns: ReadonlySet<string>, name: string): readonly GroupSize[] =>
  metadata.row_groups.map((group, index) => {
    let packed = 0;
    let unpacked = 0;
    for (const { meta_data: chunk } of group.columns) {
      if (chunk === undefined || !columns.has(chunk.path_in_schema[0] ?? '')) continue;
      if (!CODECS.has(chunk.codec)) {
        throw unreadable(`${name} is packed with ${chunk.codec}: this Node reads ${[...CODECS].join(', ')}`);
      }
      packed += Number(chunk.total_compressed_size);
      unpacked += Number(chunk.total_uncompressed_size);
    }
    if (unpacked > MAX_GROUP_BYTES) {
      throw unreadable(
        `row group ${index + 1} of ${name} unpacks to ${unpacked} bytes: write it with groups of at most ${MAX_GROUP_BYTES} bytes`,
      );
    }
    return { packed, unpacked };
  });

/** @throws {EngineError} unreadable_file no Parquet file, or one with a fault. */
export const openParquet = async (path: string, name: string): Promise<ParquetTable> => {
  try {
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file);
    const all = parquetSchema(metadata).children.map((child) => child.element.name);
    return {
      columns: all,
      async *rows(columns, advance) {
        const sizes = groupSizes(metadata, new Set(columns), name);
        const scan = await parquetScan({ file, metadata, columns: [...columns], compressors });
        for (const [index, { rowStart, rowEnd }] of scan.ranges.entries()) {
          const values = await Promise.all(
            columns.map((column) => scan.readColumn({ column, rowStart, rowEnd })),
          ).catch((cause: Error) => {
            throw unreadable(`${name}, row group ${index + 1}: ${cause.message}`, cause);
          });
          for (let from = 0; from < rowEnd - rowStart; from += BATCH_ROWS) {
            const until = Math.min(from + BATCH_ROWS, rowEnd - rowStart);
            const rows: ParsedRow<Row>[] = [];
            for (let at = from; at < until; at++) {
              rows.push({ ok: true, value: Object.fromEntries(columns.map((column, i) => [column, values[i]?.[at]])) });
            }
            yield rows;
          }
          advance(sizes[index]?.packed ?? 0);
        }
      },
    };
  } catch (cause) {
    throw unreadable(`${name} is no readable Parquet file: ${(cause as Error).message}`, cause);
  }
};
