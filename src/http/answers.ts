/**
 * What the engine answers, as the mappers to the wire read it: camelCase, times in epoch milliseconds.
 * Each type holds exactly what its wire schema in #api needs; an object with more is as good.
 */

import type { BASES, IMPORT_FORMATS } from '#api';
import type { CandidateSource, Daypart, EpochMs, Item, ItemId, SlateId, Surface, UserId } from '#domain';

export type Basis = (typeof BASES)[number];

export interface Explanation {
  readonly text: string;
  /** Name of the predicate that was checked. */
  readonly claim: string;
  readonly evidence: Readonly<Record<string, string | number>>;
}

export interface ServedCard {
  readonly shelf: string;
  readonly row: number;
  readonly slot: number;
  readonly item: Item;
  readonly score: number;
  readonly propensity: number;
  readonly explored: boolean;
  readonly source: CandidateSource;
  readonly stage: string;
  readonly explanation: Explanation | null;
}

export interface ServedShelf {
  readonly shelf: string;
  readonly title: string;
  readonly need: string;
  readonly character: 'familiar' | 'discovery' | 'mixed';
  readonly asked: number;
  readonly shortBecause: string | null;
  readonly cards: readonly ServedCard[];
}

export interface ServedSlate {
  readonly slateId: SlateId;
  readonly userId: UserId;
  readonly surface: Surface;
  readonly createdAt: EpochMs;
  /** False when the earlier slate still stands. */
  readonly fresh: boolean;
  readonly basis: Basis;
  readonly model: string;
  readonly policy: string;
  readonly seed: string;
  readonly exploration: number;
  readonly logPropensity: number;
  readonly fallback: string | null;
  readonly notices: readonly string[];
  readonly shelves: readonly ServedShelf[];
}

export interface Why {
  readonly slateId: SlateId;
  readonly item: Item;
  readonly shelf: string;
  readonly slot: number;
  readonly explanation: Explanation | null;
  readonly account: readonly { readonly step: string; readonly text: string }[];
  readonly source: string;
  readonly stage: string;
  readonly score: number;
  readonly contributions: readonly { readonly item: Item; readonly share: number }[];
  readonly explored: boolean;
  readonly propensity: number;
  readonly logPropensity: number;
  readonly choices: number;
  readonly filtered: Readonly<Record<string, number>>;
  readonly fallback: string | null;
  readonly basis: Basis;
  readonly model: string;
  readonly policy: string;
  readonly seed: string;
}

export interface Profile {
  readonly userId: UserId;
  readonly timeZone: string | null;
  readonly plays: number;
  readonly listens: number;
  readonly listenedMs: number | null;
  readonly firstAt: EpochMs | null;
  readonly lastAt: EpochMs | null;
  readonly topArtists: readonly { readonly artistId: ItemId; readonly name: string; readonly plays: number }[];
  readonly topItems: readonly { readonly item: Item; readonly plays: number; readonly lastAt: EpochMs | null }[];
  readonly topTags: readonly { readonly tag: string; readonly share: number }[];
  readonly dayparts: readonly { readonly daypart: Daypart; readonly share: number }[];
  readonly months: readonly { readonly month: string; readonly plays: number }[];
  readonly breadth: {
    readonly artists: number;
    readonly generalistSpecialist: number | null;
    readonly words: string;
  };
  readonly exploration: { readonly share: number; readonly words: string };
  readonly liked: readonly Item[];
  readonly disliked: readonly Item[];
  readonly hidden: readonly Item[];
}

export interface Erasure {
  readonly userId: UserId;
  /** Rows removed per place. */
  readonly removed: Readonly<Record<string, number>>;
  /** Rows left after looking again. */
  readonly left: number;
}

export interface ItemPage {
  readonly item: Item;
  readonly listeners: number;
  readonly plays: number;
  readonly yours: {
    readonly plays: number;
    readonly firstAt: EpochMs | null;
    readonly lastAt: EpochMs | null;
    readonly feeling: 'liked' | 'disliked' | 'hidden' | null;
  } | null;
  readonly similar: readonly { readonly item: Item; readonly score: number; readonly stage: string }[];
  readonly moreByArtist: readonly Item[];
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
  readonly basis: Exclude<Basis, 'untrained'>;
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

export interface ImportReport {
  readonly format: (typeof IMPORT_FORMATS)[number];
  readonly files: number;
  readonly rows: number;
  readonly taken: number;
  readonly repeated: number;
  readonly dropped: Readonly<Record<string, number>>;
  readonly noted: Readonly<Record<string, number>>;
  readonly deadLetters: { readonly count: number; readonly path: string | null };
  readonly firstAt: EpochMs | null;
  readonly lastAt: EpochMs | null;
  readonly users: number;
  readonly items: number;
  readonly seconds: number;
}

export interface ImportJob {
  readonly importId: string;
  readonly format: (typeof IMPORT_FORMATS)[number];
  readonly fileName: string;
  readonly userId: UserId;
  readonly state: 'running' | 'learning' | 'done' | 'failed';
  readonly progress: Progress;
  readonly report: ImportReport | null;
  readonly error: string | null;
}
