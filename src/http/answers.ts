/**
 * What the engine answers, as the mappers to the wire read it: camelCase, times in epoch milliseconds.
 * Listeners' answers are those of #serving, reports those of #ingest; the rest stands here. Each type holds exactly what its wire schema in #api needs.
 */

import type { EpochMs, ExperimentDocument, ItemId, SlateId, Surface, UserId } from '#domain';
import type { Assignment } from '#experiments';
import type { ImportFormat, ImportReport } from '#ingest';
import type { LabChoices, LabRequest, LabResult, Life, LifePerson } from '#jobs';
import type { Basis, ServedSlate } from '#serving';

export type { ImportReport } from '#ingest';

export interface Erasure {
  readonly userId: UserId;
  /** Rows removed per place. */
  readonly removed: Readonly<Record<string, number>>;
  /** Rows left after looking again. */
  readonly left: number;
}

export interface Progress {
  readonly done: number;
  readonly total: number | null;
  readonly unit: string;
}

/** The engine's state; whether a key is needed is known to the HTTP face alone. */
export interface Status {
  readonly data: 'empty' | 'playground' | 'live';
  readonly playground: 'absent' | 'making' | 'present';
  readonly playgroundProgress: Progress | null;
  readonly training: 'idle' | 'running' | 'failed';
  readonly trainingProgress: Progress | null;
  readonly defaultUser: UserId | null;
  readonly version: string;
}

export interface ModelInfo {
  readonly version: string;
  readonly trainedAt: EpochMs;
  readonly models: readonly string[];
  readonly users: number;
  readonly items: number;
  readonly interactions: number;
  readonly seconds: number;
  readonly basis: Exclude<Basis, 'untrained' | 'unknown'>;
  readonly notes: readonly string[];
}

export interface Overview {
  readonly listeners: number;
  readonly items: number;
  readonly events: readonly { readonly kind: string; readonly rows: number; readonly lastAt: EpochMs | null }[];
  readonly perDay: readonly { readonly day: string; readonly kind: string; readonly events: number }[];
  readonly freshness: {
    readonly lagRecords: number;
    readonly lastEventAt: EpochMs | null;
    readonly warehouse: 'ok' | 'away';
  };
  readonly deadLetters: number;
  readonly model: ModelInfo | null;
  /** The query behind each part, by the part's name. */
  readonly sql: Readonly<Record<string, string>>;
}

export interface ListenerSummary {
  readonly userId: UserId;
  readonly plays: number;
  readonly lastAt: EpochMs | null;
}

export interface SlateEntry {
  readonly slateId: SlateId;
  readonly userId: UserId;
  readonly surface: Surface;
  readonly at: EpochMs;
  readonly cards: number;
  readonly explored: number;
  readonly fallback: string | null;
  readonly model: string;
}

export interface Decision {
  readonly slate: ServedSlate;
  readonly filtered: Readonly<Record<string, number>>;
  readonly outcomes: readonly {
    readonly itemId: ItemId;
    readonly impressions: number;
    readonly plays: number;
    readonly msPlayed: number | null;
    readonly actions: readonly string[];
  }[];
  readonly replays: boolean;
  readonly sql: string;
}

export interface ImportJob {
  readonly importId: string;
  readonly format: ImportFormat;
  readonly fileName: string;
  readonly userId: UserId;
  readonly state: 'running' | 'learning' | 'done' | 'failed';
  readonly progress: Progress;
  readonly report: ImportReport | null;
  readonly error: string | null;
}

/** The run of the Lab under way, or the last one. */
export interface LabRun {
  readonly request: LabRequest;
  /** Interrupted: the server ended meanwhile. */
  readonly state: 'running' | 'done' | 'cancelled' | 'failed' | 'interrupted';
  readonly progress: Progress;
  readonly result: LabResult | null;
  readonly error: string | null;
}

export interface LabState {
  readonly choices: LabChoices;
  readonly run: LabRun | null;
}

/** One person under both policies. */
export interface LabLife {
  readonly person: LifePerson;
  readonly week: number;
  readonly first: Life;
  readonly second: Life;
}

export interface ExperimentEntry {
  readonly document: ExperimentDocument;
  readonly state: 'planned' | 'running' | 'stopped';
  readonly createdAt: EpochMs;
  readonly startedAt: EpochMs | null;
  readonly stoppedAt: EpochMs | null;
}

export interface ArmAnswer {
  readonly experiment: string;
  readonly assignment: Assignment | { readonly ok: false; readonly reason: 'not_running' };
}
