/** What the thread that reads an import and the one that started it ask of each other. */

import type { DeadLetters, ImportOptions, ImportProgress, ImportReport, Intake } from '#ingest';

/** What an import is asked, beside the file and its format. */
export type ReadOptions = Pick<ImportOptions, 'userId' | 'map' | 'itemType' | 'timeZone'> & {
  /** Where dead letters lie. */
  readonly letters: string;
};

/** What the thread offers. */
export interface ImportThreadFace {
  read(format: string, path: string, options: ReadOptions): Promise<ImportReport>;
  /** Breaks it off: what was acknowledged gets its names first. */
  stop(): void;
}

/** What the thread asks for. */
export interface ImportStarterFace extends Pick<Intake, 'accept' | 'acceptItems'>, Pick<DeadLetters, 'writeAll'> {
  progress(progress: ImportProgress): void;
}
