/** What the thread that ingests and the one that started it ask of each other. */

import type { DeadLetters, ImportOptions, ImportReport, Intake } from '#ingest';
import type { PlaygroundOptions, PlaygroundReport } from '#jobs';

/** What an import is asked, beside the file and its format. */
export type ReadOptions = Pick<ImportOptions, 'userId' | 'map' | 'itemType' | 'timeZone'> & {
  /** Where dead letters lie. */
  readonly letters: string;
};

/** What the thread offers. */
export interface IngestThreadFace {
  importHistory(format: string, path: string, options: ReadOptions): Promise<ImportReport>;
  makePlayground(options: Pick<PlaygroundOptions, 'now' | 'seed' | 'size'>): Promise<PlaygroundReport>;
  /** Breaks it off. */
  stop(): void;
}

/** What the thread asks for. */
export interface IngestStarterFace<Progress> extends Omit<Intake, 'subscribe'>, Pick<DeadLetters, 'writeAll'> {
  progress(progress: Progress): void;
}
