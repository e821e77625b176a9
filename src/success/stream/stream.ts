/**
 * The streaming reader: events as they come, outcomes as they mature. An open unit holds at most `MAX_EVENTS` events of
 * each list that the definition reads, and of these the fields it reads; at maturity it is let go. What the stream
 * gives then is what the batch gives for the same events.
 */

import type { EpochMs } from '#domain';
import { compileDefinition } from '../closure/compile-definition.ts';
import type { Definition, Outcome } from '../definition.ts';
import { EVENT_LIST_NAMES } from '../unit/fields.ts';
import type { EventLists, RecordOf, Unit } from '../unit/unit.ts';
import { type EventPath, fieldsRead } from './fields-read.ts';
import { KeptEvents } from './kept-events.ts';
import type { StreamMessage } from './message.ts';

export interface StreamOptions {
  /** How long after its horizon a unit waits for late events, milliseconds. */
  readonly latenessMs: number;
}

export interface UnitOutcome extends Outcome {
  readonly unit_id: string;
  readonly user_id: string;
  readonly start: EpochMs;
}

export interface SuccessStream {
  /** Takes a message; a watermark gives the outcomes that have matured, by start and id. */
  take(message: StreamMessage): readonly UnitOutcome[];
  /** What is known of an open unit now: immature; undefined for a unit that is not open. */
  peek(unitId: string): UnitOutcome | undefined;
  /** Open units, events held, and events of units that were not open: too late, or of none. */
  readonly counts: { readonly open: number; readonly events: number; readonly missed: number };
}

interface Open {
  readonly unit_id: string;
  readonly user_id: string;
  readonly start: EpochMs;
  unit: RecordOf<'unit'>;
  item: RecordOf<'item'>;
  usual: Unit['usual'];
  observed_until: EpochMs;
  readonly lists: ReadonlyMap<EventPath, KeptEvents>;
}

const fresh = ({ unit_id, user_id, start }: Extract<StreamMessage, { type: 'unit' }>, lists: Open['lists']): Open => ({
  unit_id,
  user_id,
  start,
  unit: {},
  item: { tags: [] },
  usual: { units: [] },
  observed_until: Number.POSITIVE_INFINITY,
  lists,
});

const NO_EVENTS = Object.fromEntries(EVENT_LIST_NAMES.map((name) => [name, []])) as unknown as EventLists;

export const createStream = (definition: Definition, { latenessMs }: StreamOptions): SuccessStream => {
  const { evaluate } = compileDefinition(definition);
  const { lists } = fieldsRead(definition);
  const { horizonMs } = definition;
  const open = new Map<string, Open>();
  let watermark = Number.NEGATIVE_INFINITY;
  let missed = 0;

  const makeLists = (): ReadonlyMap<EventPath, KeptEvents> =>
    new Map([...lists].map(([path, fields]) => [path, new KeptEvents(fields, horizonMs)]));

  const outcomeOf = (held: Open): UnitOutcome => ({
    unit_id: held.unit_id,
    user_id: held.user_id,
    start: held.start,
    ...evaluate(unitOf(held, definition.unit, watermark)),
  });

  const begin = (message: Extract<StreamMessage, { type: 'unit' }>): void => {
    const { unit_id, start, kind } = message;
    if (kind !== definition.unit) return;
    const held = open.get(unit_id);
    if (held === undefined && start + horizonMs + latenessMs < watermark) {
      missed++;
      return;
    }
    const known = held ?? fresh(message, makeLists());
    known.unit = { ...known.unit, ...message.unit };
    known.item = { ...known.item, ...message.item };
    known.usual = message.usual ?? known.usual;
    known.observed_until = message.observed_until ?? known.observed_until;
    open.set(unit_id, known);
  };

  const add = ({ unit_id, list, event }: Extract<StreamMessage, { type: 'event' }>): void => {
    const held = open.get(unit_id);
    if (held === undefined) missed++;
    else held.lists.get(list)?.add(event);
  };

  const mature = (at: EpochMs): readonly UnitOutcome[] => {
    watermark = Math.max(watermark, at);
    const ready = [...open.values()].filter(({ start }) => start + horizonMs + latenessMs < watermark);
    for (const { unit_id } of ready) open.delete(unit_id);
    return ready.map(outcomeOf).sort((a, b) => a.start - b.start || (a.unit_id < b.unit_id ? -1 : 1));
  };

  return {
    take: (message) => {
      if (message.type === 'watermark') return mature(message.at);
      if (message.type === 'unit') begin(message);
      else add(message);
      return [];
    },
    peek: (unitId) => {
      const held = open.get(unitId);
      return held && outcomeOf(held);
    },
    get counts() {
      const held = [...open.values()].flatMap((unit) => [...unit.lists.values()]);
      return { open: open.size, events: held.reduce((sum, list) => sum + list.events.length, 0), missed };
    },
  };
};

const unitOf = (held: Open, kind: Unit['kind'], watermark: EpochMs): Unit => {
  const inside: Record<string, unknown> = { ...NO_EVENTS };
  const later: Record<string, unknown> = { ...NO_EVENTS };
  for (const [path, list] of held.lists) {
    if (path.startsWith('later.')) later[path.slice('later.'.length)] = list.events;
    else inside[path] = list.events;
  }
  return {
    unit_id: held.unit_id,
    kind,
    user_id: held.user_id,
    start: held.start,
    observed_until: Math.min(watermark, held.observed_until),
    unit: held.unit,
    item: held.item,
    ...(inside as unknown as EventLists),
    later: later as unknown as EventLists,
    usual: held.usual,
  };
};
