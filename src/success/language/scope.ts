/** What names mean where an expression stands: the lists and records of the unit, lets above it, variables around it. */

import type { ASTNode } from '@marcbachmann/cel-js';
import { EVENT_LIST_NAMES, EVENT_LISTS, type EventListName, LATER_LIST_NAMES, RECORDS } from '../unit/fields.ts';
import { FUNCTIONS } from './functions.ts';
import type { Node } from './node.ts';
import { listOf, type Type } from './types.ts';

export interface Scope {
  /** Lowers what stands inside: handed down, because every form may hold every other. */
  readonly lower: (ast: ASTNode, scope: Scope) => Node;
  /** The lets above, in order; a let may read those before it. */
  readonly lets: readonly { readonly name: string; readonly node: Node }[];
  /** Lets that are wrong themselves: what reads one is not told of again. */
  readonly broken: ReadonlySet<string>;
  /** Variables of the macros around, outermost first: their place is their slot. */
  readonly bound: readonly { readonly name: string; readonly type: Type }[];
}

export const ROOTS: readonly string[] = ['unit', 'item', ...EVENT_LIST_NAMES, 'later', 'usual'];

/** Names that a let or a variable may not take. */
export const RESERVED: ReadonlySet<string> = new Set([
  ...ROOTS,
  ...Object.keys(FUNCTIONS),
  'has',
  'filter',
  'map',
  'exists',
  'exists_one',
  'all',
  'in',
  'true',
  'false',
  'null',
]);

export const isEventList = (name: string): name is EventListName => Object.hasOwn(EVENT_LISTS, name);

export const eventListType = (name: EventListName): Type => listOf({ record: EVENT_LISTS[name] });

/** Members of `later` and `usual`, the two roots that hold lists. */
export const membersOf = (root: 'later' | 'usual'): readonly string[] =>
  root === 'later' ? LATER_LIST_NAMES : ['units'];

export const fieldNames = (record: keyof typeof RECORDS): readonly string[] => Object.keys(RECORDS[record]);
