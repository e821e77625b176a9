/** What is seen of a skip, as words: when it came, what it came after, and what followed it. */

export const SKIP_KINDS = ['sampling', 'rejection', 'satiation', 'context_switch'] as const;
/**
 * `sampling`: looking through, as at a party or on discovery; `rejection`: not wanted; `satiation`: wanted, but heard
 * too often of late; `context_switch`: the moment changed, not the taste.
 */
export type SkipKind = (typeof SKIP_KINDS)[number];

/** The values of each field of evidence; a value is one of them, or null where it is not known (yet). */
export const SKIP_FIELDS = {
  /** How far into the item. */
  played: ['under_5s', 'under_30s', 'under_half', 'later'],
  /** How long the session had gone on. */
  session_age: ['under_2min', 'under_20min', 'longer'],
  /** Skips in a row before it. */
  streak: ['none', 'one_or_two', 'more'],
  /** Listens to the same item in the fortnight before. */
  recent_listens: ['none', 'one_to_three', 'more'],
  /** Whether the listener was choosing (search, artist pages, own queue, party) or being played to. */
  stance: ['choosing', 'played_to'],
  /** What came next. */
  next: ['same_source', 'other_source', 'end'],
  /** The session went on for ten minutes and more. */
  stayed: ['yes', 'no'],
  /** Something was kept (liked, saved, added, queued) in the ten minutes after. */
  kept: ['yes', 'no'],
  /** The same item was listened to again within a week. */
  heard_again: ['yes', 'no'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type SkipField = keyof typeof SKIP_FIELDS;
export const ALL_SKIP_FIELDS = Object.keys(SKIP_FIELDS) as readonly SkipField[];

/** Fields that are known when the skip happens; the others are its downstream. */
export const UPSTREAM_FIELDS: readonly SkipField[] = ['played', 'session_age', 'streak', 'recent_listens', 'stance'];

export type SkipEvidence = { readonly [Field in SkipField]: (typeof SKIP_FIELDS)[Field][number] | null };
