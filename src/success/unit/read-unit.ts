/** A unit from JSON: a line of a unit file, or the `given` of an example. docs/reference/success-language.md has the form. */

import { DAY_MS, type EpochMs, type FieldError, HOUR_MS } from '#domain';
import { inOrder, type Ordered } from './event-order.ts';
import {
  EVENT_LIST_NAMES,
  EVENT_LISTS,
  type EventListName,
  LATER_LIST_NAMES,
  MAX_EVENTS,
  type RecordName,
  UNIT_KINDS,
} from './fields.ts';
import { isJson, type Json, readRecord, type Tell, teller, tellUnknown } from './read-record.ts';
import type { EventLists, LaterLists, RecordOf, Unit } from './unit.ts';

export type ReadUnit =
  | { readonly ok: true; readonly unit: Unit }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

const KEYS = [
  'unit_id',
  'kind',
  'user_id',
  'start',
  'observed_until',
  'unit',
  'item',
  ...EVENT_LIST_NAMES,
  'later',
  'usual',
];

/** 2100-01-01: everything that will ever be known of the unit stands in its line. */
const ALL_KNOWN: EpochMs = 4_102_444_800_000;

/** Lists come out in order of (at, event_id), each event once, the first `MAX_EVENTS` of each. */
export const readUnit = (json: unknown): ReadUnit => {
  const errors: FieldError[] = [];
  const tell = teller(errors);
  if (!isJson(json)) return { ok: false, errors: [{ field: '', reason: 'a unit is a JSON object' }] };
  tellUnknown(json, KEYS, '', tell);
  const unit = readRecord('unit', json['unit'], 'unit.', tell) as RecordOf<'unit'>;
  const dayOf = localDay(unit.local_hour ?? 0);
  const later = isJson(json['later']) ? json['later'] : {};
  if (json['later'] !== undefined && !isJson(json['later'])) tell('later', 'expected an object of lists');
  tellUnknown(later, LATER_LIST_NAMES, 'later.', tell);
  const read: Unit = {
    unit_id: readId(json, 'unit_id', tell),
    kind: readKind(json, tell),
    user_id: readId(json, 'user_id', tell),
    start: readMoment(json, 'start', tell) ?? 0,
    observed_until: readMoment(json, 'observed_until', tell) ?? ALL_KNOWN,
    unit,
    item: readRecord('item', json['item'], 'item.', tell) as RecordOf<'item'>,
    ...(readLists(json, EVENT_LIST_NAMES, '', dayOf, tell) as EventLists),
    later: readLists(later, LATER_LIST_NAMES, 'later.', dayOf, tell) as LaterLists,
    usual: { units: readUsual(json['usual'], tell) },
  };
  return errors.length === 0 ? { ok: true, unit: read } : { ok: false, errors };
};

/** Days turn at the listener's midnight: the hour at which the unit began says how far that is. */
const localDay =
  (localHour: number) =>
  (at: number): number =>
    Math.floor((localHour * HOUR_MS + at) / DAY_MS);

const readId = (json: Json, key: string, tell: Tell): string => {
  const value = json[key];
  if (typeof value === 'string' && value !== '' && value.length <= 200) return value;
  tell(key, value === undefined ? 'is missing' : 'expected a text of 1 to 200 characters');
  return '';
};

const readKind = (json: Json, tell: Tell): Unit['kind'] => {
  const kind = UNIT_KINDS.find((each) => each === json['kind']);
  if (kind === undefined) tell('kind', `expected one of ${UNIT_KINDS.join(', ')}, not ${JSON.stringify(json['kind'])}`);
  return kind ?? 'session';
};

const readMoment = (json: Json, key: string, tell: Tell): EpochMs | undefined => {
  const value = json[key];
  if (value === undefined || value === null) return undefined;
  const at = typeof value === 'string' && /(?:Z|[+-]\d\d:\d\d)$/.test(value) ? Date.parse(value) : value;
  if (typeof at === 'number' && Number.isSafeInteger(at) && at >= 0 && at <= ALL_KNOWN) return at;
  tell(key, 'expected epoch milliseconds, or a time with its offset, as 2026-11-25T22:10:00Z');
  return undefined;
};

const readLists = (
  json: Json,
  names: readonly EventListName[],
  path: string,
  dayOf: (at: number) => number,
  tell: Tell,
): Partial<EventLists> => {
  const lists: Record<string, readonly Json[]> = {};
  for (const name of names) lists[name] = readEvents(EVENT_LISTS[name], json[name], `${path}${name}`, dayOf, tell);
  return lists as unknown as Partial<EventLists>;
};

const readEvents = (
  record: RecordName,
  json: unknown,
  path: string,
  dayOf: (at: number) => number,
  tell: Tell,
): readonly Json[] => {
  if (json === undefined || json === null) return [];
  if (!Array.isArray(json)) {
    tell(path, 'expected a list');
    return [];
  }
  const events = json.map((each: unknown, place) => {
    const at = isJson(each) ? each['at'] : undefined;
    if (typeof at === 'number' && at < 0) tell(`${path}.${place}.at`, 'counts from when the unit began: 0 or more');
    return readRecord(record, each, `${path}.${place}.`, tell, typeof at === 'number' ? { day: dayOf(at) } : {});
  });
  return inOrder(events as unknown as readonly (Json & Ordered)[]).slice(0, MAX_EVENTS);
};

const readUsual = (json: unknown, tell: Tell): readonly RecordOf<'past'>[] => {
  if (json === undefined || json === null) return [];
  if (!isJson(json) || (json['units'] !== undefined && !Array.isArray(json['units']))) {
    tell('usual', 'expected { "units": […] }');
    return [];
  }
  tellUnknown(json, ['units'], 'usual.', tell);
  const units = (json['units'] ?? []) as readonly unknown[];
  const read = units.map((each, place) => readRecord('past', each, `usual.units.${place}.`, tell) as RecordOf<'past'>);
  return read.toSorted((a, b) => a.at - b.at).slice(-MAX_EVENTS);
};
