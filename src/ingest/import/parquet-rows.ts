/** Rows of a Parquet file, row group after row group, only the columns asked for. */

import { asyncBufferFromFile, type FileMetaData, parquetMetadataAsync, parquetScan, parquetSchema } from 'hyparquet';
import { EngineError } from '#domain';
import { CODECS, createPageCodecs } from './page-codecs.ts';
import type { Row } from './row-fields.ts';
import { unreadable } from './source-file.ts';
import type { ParsedRow } from './text-rows.ts';

/** A row group is decoded whole: this keeps an import within its memory. */
const MAX_GROUP_BYTES = 256 * 2 ** 20;
const BATCH_ROWS = 2000;

export interface ParquetTable {
  readonly columns: readonly string[];
  rows(columns: readonly string[], advance: (bytes: number) => void): AsyncGenerator<readonly ParsedRow<Row>[]>;
}

interface GroupSize {
  readonly packed: number;
  readonly unpacked: number;
}

/** Bytes of the asked columns in each row group. @throws {EngineError} when one cannot be unpacked here. */
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

type Scan = Awaited<ReturnType<typeof parquetScan>>;

/** Values of the columns in one row group; what a damaged file claims of their number is held against them. */
const readGroup = async (
  scan: Scan,
  { rowStart, rowEnd }: { readonly rowStart: number; readonly rowEnd: number },
  columns: readonly string[],
): Promise<readonly ArrayLike<unknown>[]> => {
  const values = await Promise.all(columns.map((column) => scan.readColumn({ column, rowStart, rowEnd })));
  const short = columns.find((_, i) => values[i]?.length !== rowEnd - rowStart);
  if (short !== undefined) throw new Error(`column ${short} does not hold the ${rowEnd - rowStart} values it claims`);
  return values;
};

function* batchesOf(columns: readonly string[], values: readonly ArrayLike<unknown>[]) {
  const count = values[0]?.length ?? 0;
  for (let from = 0; from < count; from += BATCH_ROWS) {
    const rows: ParsedRow<Row>[] = [];
    for (let at = from; at < Math.min(from + BATCH_ROWS, count); at++) {
      rows.push({ ok: true, value: Object.fromEntries(columns.map((column, i) => [column, values[i]?.[at]])) });
    }
    yield rows;
  }
}

const columnNames = (metadata: FileMetaData): readonly string[] => {
  const names: readonly unknown[] = parquetSchema(metadata).children.map((child) => child.element.name);
  if (!names.every((name): name is string => typeof name === 'string')) throw new Error('a column has no name');
  return names;
};

/** @throws {EngineError} unreadable_file no Parquet file, or one with a fault. */
export const openParquet = async (path: string, name: string): Promise<ParquetTable> => {
  const orUnreadable = async <T>(read: () => T | Promise<T>): Promise<T> => {
    try {
      return await read();
    } catch (cause) {
      if (cause instanceof EngineError) throw cause;
      throw unreadable(`${name} is no readable Parquet file: ${(cause as Error).message}`, cause);
    }
  };
  const file = await asyncBufferFromFile(path);
  const metadata = await orUnreadable(() => parquetMetadataAsync(file));
  const all = await orUnreadable(() => columnNames(metadata));
  return {
    columns: all,
    async *rows(columns, advance) {
      const sizes = await orUnreadable(() => groupSizes(metadata, new Set(columns), name));
      const { compressors, renew } = createPageCodecs(MAX_GROUP_BYTES);
      const scan = await orUnreadable(() => parquetScan({ file, metadata, columns: [...columns], compressors }));
      for (const [index, range] of scan.ranges.entries()) {
        renew();
        yield* batchesOf(columns, await orUnreadable(() => readGroup(scan, range, columns)));
        advance(sizes[index]?.packed ?? 0);
      }
    },
  };
};
