/** Units as the stream of messages they would have come as: in order of time, each unit's fields when it ends. */

import { type EpochMs, MINUTE_MS } from '#domain';
import { EVENT_LIST_NAMES, type EventListName, LATER_LIST_NAMES } from '../unit/fields.ts';
import type { EventLists, RecordOf, Unit } from '../unit/unit.ts';
import { type EventPath, nameOf } from './fields-read.ts';
import type { StreamMessage } from './message.ts';

interface Timed {
  readonly at: EpochMs;
  readonly message: StreamMessage;
}

/** Time between two watermarks. */
const STEP_MS = MINUTE_MS;

const ALL: readonly EventPath[] = [...EVENT_LIST_NAMES, ...LATER_LIST_NAMES.map((name): EventPath => `later.${name}`)];

/**
 * All messages of the units as they came, with a watermark a minute and a last one behind every horizon; of events those
 * of some lists, where only these are read.
 */
export function* messagesInTime(units: readonly Unit[], lists: Iterable<EventPath> = ALL): Generator<StreamMessage> {
  const paths = [...lists];
  const messages = units.flatMap((unit) => timed(unit, paths)).sort((a, b) => a.at - b.at);
  let told = Number.NEGATIVE_INFINITY;
  for (const { at, message } of messages) {
    if (at - told >= STEP_MS) {
      told = at;
      yield { type: 'watermark', at };
    }
    yield message;
  }
  yield { type: 'watermark', at: Number.POSITIVE_INFINITY };
}

const timed = (unit: Unit, paths: readonly EventPath[]): readonly Timed[] => {
  const { unit_id, kind, user_id, start, item, usual, observed_until } = unit;
  const head = { type: 'unit', unit_id, kind, user_id, start, observed_until } as const;
  const { duration_ms, end_reason, ...begun } = unit.unit;
  const ended = { duration_ms, end_reason } as RecordOf<'unit'>;
  const told: Timed[] = [{ at: start, message: { ...head, unit: begun as RecordOf<'unit'>, item, usual } }];
  for (const list of paths) {
    for (const event of listOf(unit, list)) {
      told.push({ at: start + event.at, message: { type: 'event', unit_id, list, event } });
    }
  }
  told.push({ at: start + (duration_ms ?? 0), message: { ...head, unit: ended } });
  return told;
};

const listOf = (unit: Unit, path: EventPath): EventLists[EventListName] => {
  const name = nameOf(path);
  return path === name ? unit[name] : (unit.later as EventLists)[name];
};
