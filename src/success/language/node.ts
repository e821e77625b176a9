/**
 * A checked expression: what the closure and the SQL are both made of. Every node knows its type, whether it may be
 * unknown, and its place in the text. Constants are folded, durations are milliseconds.
 */

import type { ListPath } from '../unit/fields.ts';
import type { FunctionName } from './functions.ts';
import type { Type } from './types.ts';

interface Base {
  readonly type: Type;
  /** It can be unknown: it reads something that may be missing, or divides. */
  readonly optional: boolean;
  readonly start: number;
  readonly end: number;
}

export type Compare = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type Arithmetic = '+' | '-' | '*' | '/';

export type Node = Base &
  (
    | { readonly op: 'const'; readonly value: number | string | boolean }
    /** A `let` of the definition, by its place. */
    | { readonly op: 'let'; readonly index: number; readonly name: string }
    /** The variable of a filter, map, exists or all, by depth. */
    | { readonly op: 'bound'; readonly slot: number }
    | { readonly op: 'field'; readonly of: Node; readonly field: string }
    | { readonly op: 'read'; readonly record: 'unit' | 'item'; readonly field: string }
    | { readonly op: 'intent'; readonly intent: string }
    | { readonly op: 'events'; readonly list: ListPath }
    | { readonly op: 'tags' }
    | { readonly op: 'not' | 'negate'; readonly arg: Node }
    | { readonly op: 'and' | 'or'; readonly left: Node; readonly right: Node }
    | { readonly op: 'arithmetic'; readonly sign: Arithmetic; readonly left: Node; readonly right: Node }
    | { readonly op: 'compare'; readonly sign: Compare; readonly left: Node; readonly right: Node }
    | { readonly op: 'in'; readonly item: Node; readonly list: Node }
    | { readonly op: 'choose'; readonly when: Node; readonly yes: Node; readonly no: Node }
    | { readonly op: 'list'; readonly items: readonly Node[] }
    | { readonly op: 'filter' | 'map'; readonly list: Node; readonly slot: number; readonly body: Node }
    | { readonly op: 'exists' | 'all'; readonly list: Node; readonly slot: number; readonly body: Node }
    | { readonly op: 'call'; readonly name: FunctionName; readonly args: readonly Node[] }
    /** `has(p.skipped)`: is it known? */
    | { readonly op: 'has'; readonly arg: Node }
  );

export type NodeOf<Op extends Node['op']> = Extract<Node, { readonly op: Op }>;

/** The nodes directly inside a node, in the order of the text. */
export const childrenOf = (node: Node): readonly Node[] => {
  switch (node.op) {
    case 'field':
      return [node.of];
    case 'not':
    case 'negate':
    case 'has':
      return [node.arg];
    case 'and':
    case 'or':
    case 'arithmetic':
    case 'compare':
      return [node.left, node.right];
    case 'in':
      return [node.item, node.list];
    case 'choose':
      return [node.when, node.yes, node.no];
    case 'list':
      return node.items;
    case 'filter':
    case 'map':
    case 'exists':
    case 'all':
      return [node.list, node.body];
    case 'call':
      return node.args;
    case 'const':
    case 'let':
    case 'bound':
    case 'read':
    case 'intent':
    case 'events':
    case 'tags':
      return [];
  }
};

/** The node and all that is in it, outermost first. */
export const walk = (node: Node, visit: (node: Node) => void): void => {
  visit(node);
  for (const child of childrenOf(node)) walk(child, visit);
};
