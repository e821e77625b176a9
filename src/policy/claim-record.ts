/** A claim as it is logged and sent: its kind and its facts by name. */

import { DAYPARTS, type Daypart, ITEM_TYPES, type ItemId, itemTypeOf } from '#domain';
import type { Claim } from './slate.ts';

export interface ClaimRecord {
  readonly kind: string;
  /** Unknown facts are absent. */
  readonly evidence: Readonly<Record<string, string | number>>;
}

type Check = (value: unknown) => boolean;

const isItem: Check = (value) => typeof value === 'string' && ITEM_TYPES.includes(itemTypeOf(value as ItemId));
const isText: Check = (value) => typeof value === 'string';
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isTime: Check = (value) => Number.isFinite(value);
const isDay: Check = (value) => typeof value === 'string' && Number.isFinite(Date.parse(value));
const isDaypart: Check = (value) => DAYPARTS.includes(value as Daypart);
/** A fact that may be unknown: read back as null where it is absent. */
const orUnknown =
  (isKnown: Check): Check =>
  (value) =>
    value === null || isKnown(value);

type ClaimOf<Kind extends Claim['kind']> = Extract<Claim, { readonly kind: Kind }>;

/** The facts of each kind. */
const FACTS: {
  readonly [Kind in Claim['kind']]: { readonly [Fact in Exclude<keyof ClaimOf<Kind>, 'kind'>]: Check };
} = {
  played_item: { plays: isCount, lastAt: orUnknown(isTime) },
  because_played: { item: isItem, plays: isCount },
  because_artist: { artist: isItem, plays: isCount },
  daypart_artist: { daypart: isDaypart, artist: isItem, plays: isCount },
  new_artist: { artist: isItem, likedItem: isItem, likedPlays: isCount },
  forgotten: { plays: isCount, lastAt: isTime },
  session_like: { item: isItem, playedAt: isTime },
  fresh_release: { releasedOn: isDay, artist: orUnknown(isItem), artistPlays: isCount },
  fresh_here: { addedAt: isTime },
  from_editors: { pool: isText, title: isText },
  popular: { listeners: isCount },
};

export const claimToRecord = (claim: Claim): ClaimRecord => {
  const facts: Readonly<Record<string, string | number | null>> = { ...claim };
  const evidence: Record<string, string | number> = {};
  for (const name in facts) {
    const fact = facts[name]!;
    if (name !== 'kind' && fact !== null) evidence[snake(name)] = fact;
  }
  return { kind: claim.kind, evidence };
};

/** The claim a record was made of; null where kind or evidence is none of ours: slates may come from other makers. */
export const claimFromRecord = ({ kind, evidence }: ClaimRecord): Claim | null => {
  if (!Object.hasOwn(FACTS, kind)) return null;
  const checks: Readonly<Record<string, Check>> = FACTS[kind as Claim['kind']];
  const facts: Record<string, unknown> = { kind };
  let known = 0;
  for (const name in checks) {
    const fact = evidence[snake(name)] ?? null;
    if (!checks[name]!(fact)) return null;
    if (fact !== null) known++;
    facts[name] = fact;
  }
  return Object.keys(evidence).length === known ? (facts as unknown as Claim) : null;
};

/** A claim is made for every card of every answer, and there are a dozen names: each is worked out once. */
const remembered = (change: (name: string) => string): ((name: string) => string) => {
  const changed = new Map<string, string>();
  return (name) => {
    const known = changed.get(name);
    if (known !== undefined) return known;
    const made = change(name);
    changed.set(name, made);
    return made;
  };
};

const snake = remembered((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
