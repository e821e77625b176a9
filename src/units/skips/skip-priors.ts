/** What is believed of skips before any is seen: where EM begins and what it is held to. */

import { SKIP_FIELDS, SKIP_KINDS, type SkipField, type SkipKind } from './skip-evidence.ts';

/** Values by their place in SKIP_FIELDS; each row sums to 1. Judgements, to be corrected by data. */
const BELIEFS: Readonly<Record<SkipKind, Readonly<Record<SkipField, readonly number[]>>>> = {
  sampling: {
    played: [0.35, 0.4, 0.2, 0.05],
    session_age: [0.35, 0.4, 0.25],
    streak: [0.25, 0.4, 0.35],
    recent_listens: [0.65, 0.25, 0.1],
    stance: [0.65, 0.35],
    next: [0.8, 0.15, 0.05],
    stayed: [0.85, 0.15],
    kept: [0.6, 0.4],
    heard_again: [0.25, 0.75],
  },
  rejection: {
    played: [0.35, 0.45, 0.15, 0.05],
    session_age: [0.3, 0.4, 0.3],
    streak: [0.45, 0.35, 0.2],
    recent_listens: [0.75, 0.2, 0.05],
    stance: [0.3, 0.7],
    next: [0.55, 0.2, 0.25],
    stayed: [0.4, 0.6],
    kept: [0.05, 0.95],
    heard_again: [0.03, 0.97],
  },
  satiation: {
    played: [0.2, 0.35, 0.3, 0.15],
    session_age: [0.25, 0.4, 0.35],
    streak: [0.6, 0.3, 0.1],
    recent_listens: [0.1, 0.3, 0.6],
    stance: [0.35, 0.65],
    next: [0.8, 0.15, 0.05],
    stayed: [0.8, 0.2],
    kept: [0.1, 0.9],
    heard_again: [0.6, 0.4],
  },
  context_switch: {
    played: [0.1, 0.2, 0.4, 0.3],
    session_age: [0.2, 0.35, 0.45],
    streak: [0.75, 0.2, 0.05],
    recent_listens: [0.5, 0.35, 0.15],
    stance: [0.45, 0.55],
    next: [0.05, 0.6, 0.35],
    stayed: [0.4, 0.6],
    kept: [0.1, 0.9],
    heard_again: [0.3, 0.7],
  },
};

const SHARES: Readonly<Record<SkipKind, number>> = {
  sampling: 0.3,
  rejection: 0.4,
  satiation: 0.15,
  context_switch: 0.15,
};

/** A mixture of four kinds, fields independent within a kind: P(kind) and P(value | kind) for each field. */
export interface SkipMixture {
  /** In the order of SKIP_KINDS; sums to 1. */
  readonly shares: readonly number[];
  /** By field, kinds × values; each row sums to 1. */
  readonly tables: Readonly<Record<SkipField, readonly (readonly number[])[]>>;
}

export const SKIP_PRIOR: SkipMixture = {
  shares: SKIP_KINDS.map((kind) => SHARES[kind]),
  tables: Object.fromEntries(
    (Object.keys(SKIP_FIELDS) as SkipField[]).map((field) => [field, SKIP_KINDS.map((kind) => BELIEFS[kind][field])]),
  ) as unknown as SkipMixture['tables'],
};
