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

/** Fields that only what came before the unit can tell. */
const OF_THE_PAST: ReadonlySet<string> = new Set(['familiar', 'new_artist', 'new_item']);

/** Whether it asks for what came before: usual units, first plays, familiar artists. */
export const readsPast = (definition: Definition): boolean =>
  clausesOf(definition).some(({ node }) => {
    let found = false;
    walk(node, (each) => {
      found ||=
        (each.op === 'events' && each.list === 'usual.units') ||
        ((each.op === 'field' || each.op === 'read') && OF_THE_PAST.has(each.field));
    });
    return found;
  });

/** `later.plays` → plays. */
export const nameOf = (path: EventPath): EventListName => path.replace('later.', '') as EventListName;
