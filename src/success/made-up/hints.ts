/** What a definition compares with: made-up units are most telling near its thresholds and with its words. */

import type { Definition } from '../definition.ts';
import { type Node, walk } from '../language/node.ts';
import type { ListPath } from '../unit/fields.ts';

export interface Hints {
  /** Numbers the definition compares with, milliseconds and counts alike. */
  readonly numbers: readonly number[];
  /** Texts it compares with. */
  readonly words: readonly string[];
  /** Lists it reads: no other is filled. */
  readonly lists: ReadonlySet<ListPath>;
  readonly horizonMs: number;
}

export const hintsOf = (definition: Definition): Hints => {
  const { achieved, failed, unknown, value, effort, lets, horizonMs } = definition;
  const numbers = new Set<number>();
  const words = new Set<string>();
  const lists = new Set<ListPath>();
  const visit = (node: Node): void => {
    if (node.op === 'events') lists.add(node.list);
    if (node.op !== 'const') return;
    if (typeof node.value === 'number' && node.value > 0) numbers.add(node.value);
    if (typeof node.value === 'string') words.add(node.value);
  };
  for (const clause of [achieved, failed, unknown, value, effort, ...lets]) if (clause) walk(clause.node, visit);
  return { numbers: [...numbers], words: [...words], lists, horizonMs };
};
