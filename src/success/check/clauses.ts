/** All expressions of a definition, with the names that places are asked by. */

import type { Definition } from '../definition.ts';
import type { Node } from '../language/node.ts';

export const clausesOf = (definition: Definition): readonly { readonly where: string; readonly node: Node }[] => {
  const { lets, achieved, failed, unknown, value, effort } = definition;
  const clauses = { failed, achieved, unknown, value, effort };
  return [
    ...lets.map(({ name, node }) => ({ where: `let.${name}`, node })),
    ...Object.entries(clauses).flatMap(([where, clause]) => (clause ? [{ where, node: clause.node }] : [])),
  ];
};
