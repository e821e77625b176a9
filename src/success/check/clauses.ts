/** All expressions of a definition that could be read, with the names that places are asked by. */

import type { Node } from '../language/node.ts';
import type { Draft } from '../source/parse-definition.ts';

export const clausesOf = (definition: Draft): readonly { readonly where: string; readonly node: Node }[] => {
  const { lets, achieved, failed, unknown, value, effort } = definition;
  const clauses = { failed, achieved, unknown, value, effort };
  return [
    ...lets.map(({ name, node }) => ({ where: `let.${name}`, node })),
    ...Object.entries(clauses).flatMap(([where, clause]) => (clause ? [{ where, node: clause.node }] : [])),
  ];
};
