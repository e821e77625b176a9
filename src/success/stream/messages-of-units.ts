/** Units as the stream of messages they would have come as: in order of time, each unit's fields when it ends. */

import { type EpochMs, MINUTE_MS } from '#domain';
import { EVENT_LIST_NAMES, type EventListName, LATER_LIST_NAMES } from '../unit/fields.ts';
import type { EventLists, RecordOf, Unit } from '../unit/unit.ts';
import type { EventPath } from './fields-read.ts';
import type { StreamMessage } from './message.ts';

interface Timed {
  readonly at: EpochMs;
  readonly message: StreamMessage;
}

/** Time between two watermarks. */
const STEP_MS = MINUTE_MS;

/** All messages of the units as they came, with a watermark a minute and a last one behind every horizon. */
export function* messagesInTime(units: readonly Unit[]): Generator<StreamMessage> {
  const messages = units.flatMap(timed).sort((a, b) => a.at - b.at);
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

const timed = (unit: Unit): readonly Timed[] => {
  const { unit_id, kind, user_id, start, item, usual, observed_until } = unit;
  const head = { type: 'unit', unit_id, kind, user_id, start, observed_until } as const;
  const { duration_ms, end_reason, ...begun } = unit.unit;
  const ended = { duration_ms, end_reason } as RecordOf<'unit'>;
  const told = (list: EventPath, events: EventLists[EventListName]): readonly Timed[] =>
    events.map((event) => ({ at: start + event.at, message: { type: 'event', unit_id, list, event } }));
  const events = [
    ...EVENT_LIST_NAMES.flatMap((name) => told(name, unit[name])),
    ...LATER_LIST_NAMES.flatMap((name) => told(`later.${name}`, unit.later[name])),
  ];
  return [
    { at: start, message: { ...head, unit: begun as RecordOf<'unit'>, item, usual } },
    ...events,
    { at: start + (duration_ms ?? 0), message: { ...head, unit: ended } },
  ];
};
