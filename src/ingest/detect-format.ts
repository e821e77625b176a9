/** Tells an export's format from its files: the first format that makes an event or an item of its first rows. */

import { EngineError } from '#domain';
import { FORMATS } from './formats/formats.ts';
import type { FormatContext, HistoryFormat } from './import/history-format.ts';
import { IMPORT_FORMATS, type ImportFormat } from './import/import-report.ts';
import { openSource } from './import/open-source.ts';
import type { Source, SourceFile } from './import/source-file.ts';
import { sourceText } from './import/source-text.ts';

/** @throws {EngineError} unknown_format when it is none · unreadable_file when there is nothing to read. */
export const detectFormat = async (path: string): Promise<ImportFormat> => {
  const source = await openSource(path);
  try {
    for (const format of IMPORT_FORMATS) if (await understands(FORMATS[format](LOOKING), source)) return format;
  } finally {
    source.close();
  }
  const expected = `expected ${IMPORT_FORMATS.join(', ')}`;
  throw new EngineError('unknown_format', `the file is of none of the known formats: ${expected}`);
};

/** A first look: nothing is counted, and rows without a user or type of item get one. */
const LOOKING: FormatContext = {
  userId: 'me',
  timeZone: undefined,
  itemType: 'track',
  map: {},
  note: () => undefined,
  text: (file) => textOf(file),
  unmetered: (file) => textOf(file),
  advance: () => undefined,
};

const textOf = (file: SourceFile) =>
  sourceText(file, { onBytes: () => undefined, signal: undefined, note: () => undefined });

const understands = async (format: HistoryFormat, { files }: Source): Promise<boolean> => {
  try {
    for (const file of await format.select(files)) {
      for await (const rows of format.rows(file)) {
        if (rows.some(({ kind }) => kind === 'event' || kind === 'item')) return true;
        // A batch without rows is a header.
        if (rows.length > 0) break;
      }
    }
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
  }
  return false;
};
