/**
 * Which events decided: the lists that a clause reads, narrowed by its filters, on the sides that made it true (or
 * false). Made once a definition, as terms that both readers collect from, so that both name the same events.
 */

import type { Let } from './definition.ts';
import { childrenOf, type Node } from './language/node.ts';
import { isList } from './language/types.ts';

export interface Term {
  /** A list of events. */
  readonly list: Node;
  /** The term counts where each of these is as it says. */
  readonly guards: readonly { readonly node: Node; readonly is: boolean }[];
}

/** Terms of a clause that came out as `is`. */
export const evidenceTerms = (node: Node, is: boolean, lets: readonly Let[]): readonly Term[] => {
  switch (node.op) {
    case 'let':
      return node.type === 'bool' ? evidenceTerms(lets[node.index]!.node, is, lets) : reads(node, lets);
    case 'not':
      return evidenceTerms(node.arg, !is, lets);
    case 'and':
    case 'or': {
      // Both sides of a true "and" decide; of a true "or" only those that are true. False is the mirror of it.
      const isShared = (node.op === 'and') === is;
      const sides = [node.left, node.right];
      return sides.flatMap((side) => {
        const terms = evidenceTerms(side, is, lets);
        return isShared ? terms : guarded(terms, side, is);
      });
    }
    case 'exists':
      return is && hasEvents(node.list) ? [{ list: narrowed(node, node.body), guards: [] }] : [];
    case 'all': {
      if (!hasEvents(node.list)) return [];
      const { body } = node;
      const broken: Node = {
        op: 'not',
        arg: body,
        type: 'bool',
        optional: body.optional,
        start: body.start,
        end: body.end,
      };
      return [{ list: is ? node.list : narrowed(node, broken), guards: [] }];
    }
    case 'choose':
      return [
        ...reads(node.when, lets),
        ...guarded(evidenceTerms(node.yes, is, lets), node.when, true),
        ...guarded(evidenceTerms(node.no, is, lets), node.when, false),
      ];
    default:
      return reads(node, lets);
  }
};

const guarded = (terms: readonly Term[], node: Node, is: boolean): readonly Term[] =>
  terms.map(({ list, guards }) => ({ list, guards: [{ node, is }, ...guards] }));

const narrowed = ({ list, slot, start, end }: Extract<Node, { op: 'exists' | 'all' }>, body: Node): Node => ({
  op: 'filter',
  list,
  slot,
  body,
  type: list.type,
  optional: list.optional || body.optional,
  start,
  end,
});

/** A list of records that have ids: evidence can name them. */
const hasEvents = ({ type }: Node): boolean =>
  isList(type) && typeof type.list !== 'string' && type.list.record !== 'past';

/** Lists of events a number or comparison rests on, outermost filters first; what macros read inside is theirs. */
const reads = (node: Node, lets: readonly Let[]): readonly Term[] => {
  if (hasEvents(node) && node.op !== 'let') return [{ list: node, guards: [] }];
  if (node.op === 'let') return reads(lets[node.index]!.node, lets);
  if (node.op === 'filter' || node.op === 'map' || node.op === 'exists' || node.op === 'all')
    return reads(node.list, lets);
  return childrenOf(node).flatMap((child) => reads(child, lets));
};
