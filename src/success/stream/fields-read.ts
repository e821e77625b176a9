/** Which lists and fields a definition reads: an open unit holds nothing else. */

import { clausesOf } from '../check/clauses.ts';
import type { Definition } from '../definition.ts';
import { type Node, walk } from '../language/node.ts';
import { isList } from '../language/types.ts';
import { EVENT_LISTS, type EventListName, type ListPath } from '../unit/fields.ts';

export type EventPath = Exclude<ListPath, 'usual.units'>;

export interface FieldsRead {
  /** List → fields of its events that are read. */
  readonly lists: ReadonlyMap<EventPath, readonly string[]>;
}

export const fieldsRead = (definition: Definition): FieldsRead => {
  const paths = new Set<EventPath>();
  const byRecord = new Map<string, Set<string>>();
  const visit = (node: Node): void => {
    if (node.op === 'events' && node.list !== 'usual.units') paths.add(node.list);
    if (node.op !== 'field' || typeof node.of.type === 'string' || isList(node.of.type)) return;
    const { record } = node.of.type;
    byRecord.set(record, (byRecord.get(record) ?? new Set()).add(node.field));
  };
  for (const { node } of clausesOf(definition)) walk(node, visit);
  const fieldsOf = (path: EventPath) => [...(byRecord.get(EVENT_LISTS[nameOf(path)]) ?? [])];
  return { lists: new Map([...paths].map((path) => [path, fieldsOf(path)])) };
};

/** `later.plays` → plays. */
export const nameOf = (path: EventPath): EventListName => path.replace('later.', '') as EventListName;
