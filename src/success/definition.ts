/** A definition of success: as it is declared, and checked so that it can be compiled. */

import type { Device, Intent, ItemType, Surface } from '#domain';
import type { Node } from './language/node.ts';
import type { UnitKind } from './unit/fields.ts';

/** Where a definition holds; a dimension that is left out means any. */
export interface Cells {
  readonly surface?: readonly Surface[];
  readonly intent?: readonly Intent[];
  readonly device?: readonly Device[];
  readonly item_type?: readonly ItemType[];
}

/** `up`: more of it never makes the outcome worse; `down`: less never does; `free`: it changes nothing. */
export type Polarity = 'up' | 'down' | 'free';

export interface Let {
  readonly name: string;
  readonly text: string;
  readonly node: Node;
}

export interface Clause {
  /** The expression as it was written. */
  readonly text: string;
  readonly node: Node;
}

/** An example as it is written: what was given, and what is expected of it. */
export interface Example {
  readonly title: string;
  readonly given: Readonly<Record<string, unknown>>;
  readonly expect: {
    readonly label?: Label;
    readonly value?: number | null;
    readonly effort?: number | null;
    readonly mature?: boolean;
  };
}

export interface Definition {
  readonly name: string;
  readonly version: number;
  readonly question: string;
  readonly rationale: string;
  readonly cells: Cells;
  readonly unit: UnitKind;
  readonly horizonMs: number;
  readonly lets: readonly Let[];
  readonly achieved: Clause;
  /** Without it a unit that does not achieve has failed. */
  readonly failed: Clause | null;
  readonly unknown: Clause | null;
  readonly value: Clause;
  readonly effort: Clause | null;
  readonly polarity: Readonly<Record<string, Polarity>>;
  readonly examples: readonly Example[];
  /** The YAML it was made of. */
  readonly source: string;
}

export const LABELS = ['achieved', 'failed', 'unknown'] as const;
export type Label = (typeof LABELS)[number];

/** What became of a unit under one definition. */
export interface Outcome {
  readonly label: Label;
  /** In [0, 1]; null when it cannot be told. */
  readonly value: number | null;
  /** From 0 on; null when it cannot be told or is not asked. */
  readonly effort: number | null;
  /** False: the horizon is not over for what is known of this listener, and the outcome may change. */
  readonly mature: boolean;
  /** Events that decided the label, in order of time; at most `MAX_EVIDENCE`. */
  readonly evidence: readonly string[];
}

export const MAX_EVIDENCE = 64;

/** `sleep_playlist@1` */
export const nameOf = ({ name, version }: Pick<Definition, 'name' | 'version'>): string => `${name}@${version}`;
