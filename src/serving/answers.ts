/** What serving answers: camelCase, times in epoch milliseconds; unknown is null. */

import type { CandidateSource, Daypart, EpochMs, Item, ItemId, SlateId, Surface, UserId } from '#domain';

/** What an answer rests on; `untrained` before anything has been learned, `unknown` of slates made elsewhere that do not say. */
export const BASES = ['collaborative', 'content_only', 'popularity_only', 'untrained', 'unknown'] as const;
export type Basis = (typeof BASES)[number];

/** Familiar: played before; discovery: new to the listener; mixed: both. */
export type Character = 'familiar' | 'discovery' | 'mixed';

export interface Explanation {
  /** True when it was answered. */
  readonly text: string;
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
  readonly character: Character;
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
  /** What the listener should know, in words. */
  readonly notices: readonly string[];
  /** Experiments that it was decided by, with the listener's arms. */
  readonly experiments: readonly { readonly experiment: string; readonly arm: string }[];
  readonly shelves: readonly ServedShelf[];
}

/** A logged slate as it was served, and whether its draws can be made again. */
export interface LoggedSlate {
  readonly slate: ServedSlate;
  /** What was left out before the policy, by reason. */
  readonly filtered: Readonly<Record<string, number>>;
  readonly replays: boolean;
}

export interface Why {
  readonly slateId: SlateId;
  readonly item: Item;
  readonly shelf: string;
  readonly slot: number;
  readonly explanation: Explanation | null;
  /** From context to card, one sentence a step. */
  readonly account: readonly { readonly step: string; readonly text: string }[];
  readonly source: CandidateSource;
  readonly stage: string;
  readonly score: number;
  /** What in the listener's history brings the score now, largest first; shares of all that counts for and against it. */
  readonly contributions: readonly { readonly item: Item; readonly share: number }[];
  readonly explored: boolean;
  readonly propensity: number;
  readonly logPropensity: number;
  /** Null of slates made elsewhere. */
  readonly choices: number | null;
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
  /** Null when no play says how long it was. */
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

export type Feeling = 'liked' | 'disliked' | 'hidden';

export interface ItemPage {
  readonly item: Item;
  readonly listeners: number;
  readonly plays: number;
  readonly yours: {
    readonly plays: number;
    readonly firstAt: EpochMs | null;
    readonly lastAt: EpochMs | null;
    readonly feeling: Feeling | null;
  } | null;
  readonly similar: readonly { readonly item: Item; readonly score: number; readonly stage: string }[];
  readonly moreByArtist: readonly Item[];
}
