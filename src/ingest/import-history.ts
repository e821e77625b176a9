/** Brings a listening history or a catalogue in: reads an export row by row and hands each row to the intake. */

import { EngineError, type ItemType, isTimeZone } from '#domain';
import type { DeadLetters } from './dead-letters.ts';
import { FORMATS } from './formats/formats.ts';
import type { FormatContext, HistoryFormat } from './import/history-format.ts';
import { IMPORT_FORMATS, type ImportFormat, type ImportReport, ImportTally } from './import/import-report.ts';
import { openSource } from './import/open-source.ts';
import { patientIntake } from './import/patient-intake.ts';
import { RowTaker } from './import/row-taker.ts';
import { SOURCE_LIMITS, type Source, type SourceFile, type SourceLimits } from './import/source-file.ts';
import { sourceText } from './import/source-text.ts';
import type { Intake } from './intake.ts';

export interface ImportProgress {
  readonly bytes: number;
  /** Of all files to read, unpacked. */
  readonly totalBytes: number;
  readonly rows: number;
}

export interface ImportOptions {
  readonly intake: Pick<Intake, 'accept' | 'acceptItems'>;
  /** Whose history it is, where the rows do not say. */
  readonly userId?: string;
  /** Field → column, of `plays` and `items`. */
  readonly map?: Readonly<Record<string, string>>;
  /** Type of item ids that come without one, of `plays` and `items`. */
  readonly itemType?: ItemType;
  /** IANA zone in which the plays were listened to; without it local time stays unknown. */
  readonly timeZone?: string;
  /** Where rows go that could not be taken. */
  readonly deadLetters?: Pick<DeadLetters, 'path' | 'writeAll'>;
  readonly onProgress?: (progress: ImportProgress) => void;
  readonly signal?: AbortSignal;
  readonly limits?: Partial<SourceLimits>;
}

const isFormat = (format: string): format is ImportFormat => IMPORT_FORMATS.includes(format as ImportFormat);

interface Failure {
  readonly file: string;
  /** The row after the last one that could be read. */
  readonly row: number;
  readonly error: EngineError;
}

const asFailure = (error: unknown): EngineError => {
  if (error instanceof EngineError && error.code === 'unreadable_file') return error;
  throw error;
};

/** Reads the file to its end, or to where it fails; errors of the intake pass. */
const readFile = async (
  file: SourceFile,
  format: HistoryFormat,
  taker: RowTaker,
  afterBatch: () => void,
): Promise<Failure | null> => {
  const batches = format.rows(file)[Symbol.asyncIterator]();
  let row = 0;
  try {
    for (;;) {
      const step = await batches.next().catch(asFailure);
      if (step instanceof EngineError) return { file: file.name, row: row + 1, error: step };
      if (step.done === true) return null;
      for (const outcome of step.value) await taker.take(outcome, { file: file.name, row: ++row });
      afterBatch();
    }
  } finally {
    await batches.return?.();
  }
};

const checkOptions = (format: string, { timeZone }: ImportOptions): ImportFormat => {
  if (!isFormat(format)) {
    throw new EngineError('unknown_format', `unknown format "${format}": expected ${IMPORT_FORMATS.join(', ')}`);
  }
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    throw new EngineError('invalid_data', `unknown time zone "${timeZone}": expected an IANA name, e.g. Europe/Berlin`);
  }
  return format;
};

const userIdOf = ({ userId = 'me' }: ImportOptions): string => userId;

/** What a format may know, and how far the import has come. */
const createContext = (options: ImportOptions, tally: ImportTally, meter: { bytes: number }): FormatContext => {
  const advance = (bytes: number): void => {
    meter.bytes += bytes;
  };
  const { signal } = options;
  return {
    userId: userIdOf(options),
    timeZone: options.timeZone,
    itemType: options.itemType ?? 'track',
    map: options.map ?? {},
    note: (note, count) => tally.note(note, count),
    text: (file) => sourceText(file, { onBytes: advance, signal, note: (note) => tally.note(note) }),
    unmetered: (file) => sourceText(file, { onBytes: () => undefined, signal, note: () => undefined }),
    advance,
  };
};

/** Files that could not be read to their end are dead letters; if nothing at all was read, that is the import's error. */
const buryFailures = async (failures: readonly Failure[], taker: RowTaker, tally: ImportTally): Promise<void> => {
  if (tally.rows === 0 && failures[0] !== undefined) throw failures[0].error;
  for (const { file, row, error } of failures) {
    await taker.take({ kind: 'refused', fields: [{ field: '', reason: error.message }] }, { file, row });
  }
};

/** Reads the files of the source; returns how many they were. */
const readSource = async (
  source: Source,
  format: ImportFormat,
  options: ImportOptions,
  work: Work,
): Promise<number> => {
  const { taker, tally } = work;
  const meter = { bytes: 0 };
  const opened = FORMATS[format](createContext(options, tally, meter));
  const files = await opened.select(source.files);
  const totalBytes = files.reduce((sum, file) => sum + file.size, 0);
  const progress = () =>
    options.onProgress?.({ bytes: Math.min(meter.bytes, totalBytes), totalBytes, rows: tally.rows });
  const failures: Failure[] = [];
  try {
    for (const file of files) {
      options.signal?.throwIfAborted();
      const failure = await readFile(file, opened, taker, progress);
      if (failure !== null) failures.push(failure);
    }
    await buryFailures(failures, taker, tally);
  } catch (error) {
    // Plays that were acknowledged need the names of what was played.
    if (options.signal?.aborted === true) await taker.finish();
    throw error;
  }
  await taker.finish();
  progress();
  return files.length;
};

interface Work {
  readonly taker: RowTaker;
  readonly tally: ImportTally;
}

/**
 * Imports the export at `path` (a file, a folder or a zip archive). Streams: memory does not grow with the history,
 * but with its distinct recordings (about 400 bytes each, bounded) and users. Twice the same import changes nothing:
 * events have ids made of their content, and the journal answers `repeated`.
 *
 * One bad row, or one bad file among several, becomes a dead letter and takes nothing else with it.
 * @throws {EngineError} unknown_format · invalid_data a map or time zone that cannot be meant · unreadable_file nothing
 * could be read, with what was found instead · what the intake throws, e.g. disk_full. Rows acknowledged until then
 * stay, and a second run goes on from there.
 * @throws the signal's reason when it was aborted.
 */
export const importHistory = async (format: string, path: string, options: ImportOptions): Promise<ImportReport> => {
  const checked = checkOptions(format, options);
  const { intake, deadLetters } = options;
  const started = performance.now();
  const tally = new ImportTally();
  const taker = new RowTaker({
    format: checked,
    intake: patientIntake(intake, options.signal),
    deadLetters,
    tally,
    userId: userIdOf(options),
  });
  const source = await openSource(path, { ...SOURCE_LIMITS, ...options.limits });
  let files: number;
  try {
    files = await readSource(source, checked, options, { taker, tally });
  } finally {
    source.close();
  }
  return {
    format: checked,
    files,
    rows: tally.rows,
    taken: tally.taken,
    repeated: tally.repeated,
    dropped: tally.dropped,
    noted: tally.noted,
    deadLetters: { count: tally.letters, path: deadLetters?.path ?? null },
    firstAt: tally.firstAt,
    lastAt: tally.lastAt,
    users: tally.users.size,
    items: taker.items,
    seconds: (performance.now() - started) / 1000,
  };
};
