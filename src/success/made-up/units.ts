/**
 * Made-up units, seeded: possible ones, not likely ones. Plays follow each other, nothing is heard longer than it is,
 * shares lie in 0 to 1. They are what ranges and polarities are tried on, and what both readers are compared on.
 */

import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain';
import { createRng, type Rng } from '#math';
import { inOrder } from '../unit/event-order.ts';
import {
  EVENT_LIST_NAMES,
  EVENT_LISTS,
  type EventListName,
  LATER_LIST_NAMES,
  type LaterListName,
  type ListPath,
  type UnitKind,
} from '../unit/fields.ts';
import type { EventLists, RecordOf, Unit } from '../unit/unit.ts';
import type { Hints } from './hints.ts';
import { type Mood, makeLength, makeMood, makeRecord, pick } from './records.ts';

type Made = Readonly<Record<string, unknown>> & { readonly at: number; readonly event_id: string };

const START = Date.parse('2026-03-02T00:00:00Z');

/** The `number`th unit of a seed: the same for the same arguments, whatever was made before. */
export const makeUnit = (kind: UnitKind, hints: Hints, seed: string, number: number): Unit => {
  const rng = createRng(seed).derive(kind, number);
  const mood = makeMood(hints, rng);
  const localHour = rng.int(24);
  const inside = makeLists(kind, mood, rng);
  const durationMs = endOf(inside) + (rng.next() < 0.3 ? rng.int(10 * MINUTE_MS) : 0);
  const given = { duration_ms: durationMs, local_hour: localHour };
  const unit = makeRecord(
    'unit',
    rng.next() < mood.missing ? { local_hour: localHour } : given,
    mood,
    rng,
  ) as RecordOf<'unit'>;
  const span = { from: durationMs + 1, upTo: Math.max(hints.horizonMs * 1.2, durationMs + MINUTE_MS) };
  const start = START + rng.int(90 * 24) * HOUR_MS;
  return {
    unit_id: `${kind}-${number}`,
    kind,
    user_id: `user-${rng.int(1000)}`,
    start,
    observed_until: start + Math.floor(hints.horizonMs * pick([0.5, 1, 1, 2], rng)),
    unit,
    item: makeRecord('item', {}, mood, rng) as RecordOf<'item'>,
    ...dated(inside, localHour, ''),
    later: dated(makeLater(span, mood, rng), localHour, 'later-'),
    usual: { units: makeUsual(mood, rng) },
  };
};

type Lists = Readonly<Record<EventListName, readonly Made[]>>;
type LaterLists = Readonly<Record<LaterListName, readonly Made[]>>;

const dated = (lists: LaterLists, localHour: number, prefix: string): EventLists =>
  Object.fromEntries(
    Object.entries(lists).map(([name, events]) => [
      name,
      inOrder(
        events.map((event) => ({
          ...event,
          event_id: `${prefix}${event.event_id}`,
          day: Math.floor((localHour * HOUR_MS + event.at) / DAY_MS),
        })),
      ),
    ]),
  ) as unknown as EventLists;

const endOf = (lists: Lists): number =>
  Math.max(
    0,
    ...Object.values(lists).flatMap((events) =>
      events.map((event) => event.at + ((event['ms_played'] as number) ?? 0)),
    ),
  );

/** How many events a list has: often none, sometimes a crowd; none where the definition does not look. */
const countOf = (list: ListPath, { hints }: Mood, rng: Rng): number =>
  hints.lists.has(list) ? rng.int(pick([1, 2, 6, 6, 45], rng)) : 0;

const makeLists = (kind: UnitKind, mood: Mood, rng: Rng): Lists => {
  const spread = kind === 'journey' || kind === 'list' ? mood.hints.horizonMs / 12 : 0;
  const plays = makePlays(kind === 'play' ? 1 : countOf('plays', mood, rng), spread, mood, rng);
  const span = Math.max(plays.at(-1)?.at ?? 0, makeLength(mood, rng));
  const lists = Object.fromEntries(
    EVENT_LIST_NAMES.map((name) => [
      name,
      makeEvents(name, countOf(name, mood, rng), { from: 0, upTo: span }, mood, rng),
    ]),
  );
  return { ...(lists as Lists), plays };
};

const makePlays = (count: number, spread: number, mood: Mood, rng: Rng): readonly Made[] => {
  const plays: Made[] = [];
  let at = 0;
  for (let number = 0; number < count; number++) {
    const duration = makeLength(mood, rng) + 1;
    const skipped = rng.next() < mood.yes;
    const heard = skipped ? Math.floor(duration * rng.next()) : duration;
    const given = { event_id: `play-${number}`, at, day: 0, duration_ms: duration, ms_played: heard, skipped };
    const kept = Object.fromEntries(
      Object.entries(given).filter(([name]) => isKept(name) || rng.next() >= mood.missing),
    );
    plays.push({ ...(makeRecord('play', { ...UNHEARD, ...kept }, mood, rng) as Made) });
    at += heard + Math.floor(rng.next() * (spread + 2000));
  }
  return plays;
};

const isKept = (name: string): boolean => name === 'event_id' || name === 'at' || name === 'day';
const UNHEARD = { duration_ms: undefined, ms_played: undefined, skipped: undefined };

interface Span {
  readonly from: number;
  readonly upTo: number;
}

const makeEvents = (list: EventListName, count: number, { from, upTo }: Span, mood: Mood, rng: Rng): readonly Made[] =>
  Array.from({ length: count }, (_, number) => {
    const at = from + Math.floor(rng.next() * Math.max(1, upTo - from));
    const given = { event_id: `${EVENT_LISTS[list]}-${number}`, at, day: 0, ...(list === 'turns' && { turn: number }) };
    return makeRecord(EVENT_LISTS[list], given, mood, rng) as Made;
  });

/** Soon after the unit for some, up to past the horizon for others. */
const makeLater = ({ from, upTo }: Span, mood: Mood, rng: Rng): LaterLists => {
  const end = pick([from + 20 * MINUTE_MS, from + (upTo - from) / 10, upTo], rng);
  const lists = Object.fromEntries(
    LATER_LIST_NAMES.map((name) => [
      name,
      makeEvents(name, countOf(`later.${name}`, mood, rng), { from, upTo: end }, mood, rng),
    ]),
  );
  const shift = Math.floor(from + rng.next() * (end - from));
  const plays = makePlays(countOf('later.plays', mood, rng), 0, mood, rng).map((play) => ({
    ...play,
    at: play.at + shift,
  }));
  return { ...(lists as LaterLists), plays };
};

const makeUsual = (mood: Mood, rng: Rng): readonly RecordOf<'past'>[] =>
  Array.from(
    { length: mood.hints.lists.has('usual.units') ? pick([0, 1, 2, 8], rng) : 0 },
    (_, number) => makeRecord('past', { at: -(8 - number) * 7 * DAY_MS }, mood, rng) as RecordOf<'past'>,
  );
