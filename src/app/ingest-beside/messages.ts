/** What the thread that ingests and the one that started it ask of each other. */

import type { DeadLetters, ImportOptions, ImportProgress, ImportReport, Intake } from '#ingest';
import type { PlaygroundIntake, PlaygroundOptions, PlaygroundProgress, PlaygroundReport } from '#jobs';

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

/** What the thread asks for, whatever it is there for. */
interface StarterFace<Progress> {
  progress(progress: Progress): void;
}

export type ImportStarterFace = StarterFace<ImportProgress> & ImportOptions['intake'] & Pick<DeadLetters, 'writeAll'>;
export type PlaygroundStarterFace = StarterFace<PlaygroundProgress> & PlaygroundIntake;
/** All that either offers. */
export type IngestStarterFace = StarterFace<ImportProgress | PlaygroundProgress> &
  Omit<Intake, 'subscribe'> &
  Pick<DeadLetters, 'writeAll'>;
