/** A claim as it is logged and sent: its kind and its facts by name. */

import type { Claim } from './slate.ts';

export interface ClaimRecord {
  readonly kind: string;
  /** Unknown facts are absent. */
  readonly evidence: Readonly<Record<string, string | number>>;
}

/** Facts that may be unknown: read back as null where they are absent. */
const NULLABLE: Readonly<Record<string, Readonly<Record<string, null>>>> = {
  played_item: { lastAt: null },
  fresh_release: { artist: null },
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

/** The claim a record was made of; records come from our own log and are trusted. */
export const claimFromRecord = ({ kind, evidence }: ClaimRecord): Claim => {
  const facts: Record<string, unknown> = { ...NULLABLE[kind], kind };
  for (const name in evidence) facts[camel(name)] = evidence[name];
  return facts as unknown as Claim;
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
const camel = remembered((name) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()));
