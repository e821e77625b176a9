/** One listener's log, ready to cut units from: events in order, what is known around them, sessions with intents. */

import { DAY_MS, type EpochMs, type EventOf, type ListenerEvent, MINUTE_MS, utcOffsetAt } from '#domain';
import {
  describeSession,
  evidenceOf,
  type IntentModel,
  intentPosterior,
  likeliestKind,
  namedIntent,
  purposeOf,
  type Session,
  sessionize,
  skipPosterior,
  skipsOf,
} from '#units';
import type { ItemOf } from './catalogue-items.ts';

/** Where a card stood in its slate, and whether exploration had drawn it. */
export type Card = Pick<EventOf<'slate'>['cards'][number], 'row' | 'slot' | 'explored'>;

export interface Surroundings {
  readonly itemOf: ItemOf;
  /** What editors' pools that hold the item are for; empty when none says. */
  readonly poolPurposeOf: (itemId: string) => string;
  readonly intentModel: IntentModel | null;
  /** Whether logs go back far enough to tell what is new and what is usual; otherwise both are unknown. */
  readonly past: boolean;
  /** Where the observation ends. */
  readonly until: EpochMs;
}

export interface ToldSession extends Session {
  readonly intents: Readonly<Record<string, number>>;
  readonly intent: string;
}

export interface Timeline {
  readonly userId: string;
  readonly events: readonly ListenerEvent[];
  readonly sessions: readonly ToldSession[];
  readonly slateSurface: ReadonlyMap<string, string>;
  /** Cards of the slates, by slate and item. */
  readonly cards: ReadonlyMap<string, Card>;
  readonly skipKind: ReadonlyMap<string, string>;
  /** Plays that were the first of their item, of their artist in a year. */
  readonly firstOfItem: ReadonlySet<string>;
  readonly firstOfArtist: ReadonlySet<string>;
  /** When an item, or anything by an artist, was played for the first time. */
  readonly firstPlay: ReadonlyMap<string, EpochMs>;
  readonly around: Surroundings;
}

const YEAR_MS = 365 * DAY_MS;

/** `events` are all of one listener that are known, the first of them included. */
export const timelineOf = (userId: string, events: readonly ListenerEvent[], around: Surroundings): Timeline => {
  const inTime = events.toSorted((a, b) => a.at - b.at || (a.eventId < b.eventId ? -1 : 1));
  const slateSurface = new Map(
    inTime.flatMap((event) => (event.kind === 'slate' ? [[event.slateId, event.surface] as const] : [])),
  );
  const rows = sessionize(inTime, {
    surfaceOf: (slateId) => slateSurface.get(slateId),
    purposeOf: (itemId, isFromPool) =>
      purposeOf(around.itemOf(itemId)?.tags ?? []) || (isFromPool ? around.poolPurposeOf(itemId) : ''),
  });
  const sessions = rows.map((row, place): ToldSession => {
    const session = describeSession(row, rows[place - 1], around.until);
    const intents = intentPosterior(evidenceOf(session), around.intentModel);
    return { ...session, intents, intent: namedIntent(intents) };
  });
  const skips = skipsOf(inTime, around.until).map(
    ({ play, evidence }) => [play.eventId, likeliestKind(skipPosterior(evidence))] as const,
  );
  return {
    userId,
    events: inTime,
    sessions,
    slateSurface,
    cards: cardsOf(inTime),
    skipKind: new Map(skips),
    ...firsts(inTime, around),
    around,
  };
};

const keyOf = (slateId: string, itemId: string): string => `${slateId} ${itemId}`;

/** A slate holds an item once. */
const cardsOf = (events: readonly ListenerEvent[]): ReadonlyMap<string, Card> => {
  const cards = new Map<string, Card>();
  for (const event of events) {
    if (event.kind !== 'slate') continue;
    for (const { itemId, row, slot, explored } of event.cards) {
      cards.set(keyOf(event.slateId, itemId), { row, slot, explored });
    }
  }
  return cards;
};

/** The card an event came from; undefined when its slate is not known. */
export const cardOf = (
  { cards }: Timeline,
  { slateId, itemId }: { readonly slateId?: string | undefined; readonly itemId: string },
): Card | undefined => (slateId === undefined ? undefined : cards.get(keyOf(slateId, itemId)));

/** The listener had played the item, or something by its artist, before; undefined where the past is not known. */
export const isFamiliar = ({ firstPlay, around }: Timeline, itemId: string, at: EpochMs): boolean | undefined => {
  if (!around.past) return undefined;
  const artist = around.itemOf(itemId)?.artist_id;
  return [itemId, artist].some((id) => id && (firstPlay.get(id) ?? at) < at);
};

const firsts = (events: readonly ListenerEvent[], { itemOf }: Surroundings) => {
  const firstPlay = new Map<string, EpochMs>();
  const lastOfArtist = new Map<string, EpochMs>();
  const firstOfItem = new Set<string>();
  const firstOfArtist = new Set<string>();
  for (const event of events) {
    if (event.kind !== 'play') continue;
    if (!firstPlay.has(event.itemId)) {
      firstOfItem.add(event.eventId);
      firstPlay.set(event.itemId, event.at);
    }
    const artist = itemOf(event.itemId)?.artist_id;
    if (!artist) continue;
    if (!firstPlay.has(artist)) firstPlay.set(artist, event.at);
    const last = lastOfArtist.get(artist);
    if (last === undefined || event.at - last > YEAR_MS) firstOfArtist.add(event.eventId);
    lastOfArtist.set(artist, event.at);
  }
  return { firstOfItem, firstOfArtist, firstPlay };
};

/** Events in [from, to], both ends included: `at` is whole milliseconds. */
export const eventsIn = ({ events }: Timeline, from: EpochMs, to: EpochMs): readonly ListenerEvent[] =>
  events.slice(countBefore(events, from, eventTime), countBefore(events, to + 1, eventTime));

/** The first event after a moment. */
export const eventAfter = ({ events }: Timeline, moment: EpochMs): ListenerEvent | undefined =>
  events[countBefore(events, moment + 1, eventTime)];

const eventTime = ({ at }: ListenerEvent): EpochMs => at;
const beginning = ({ startedAt }: ToldSession): EpochMs => startedAt;

/** How many of what stands in order of time are before a moment. */
const countBefore = <Each>(inTime: readonly Each[], moment: EpochMs, timeOf: (each: Each) => EpochMs): number => {
  let low = 0;
  let high = inTime.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (timeOf(inTime[middle]!) < moment) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Sessions that begin in (after, until]. */
export const sessionsIn = ({ sessions }: Timeline, after: EpochMs, until: EpochMs): readonly ToldSession[] =>
  sessions.slice(countBefore(sessions, after + 1, beginning), countBefore(sessions, until + 1, beginning));

/** The session a moment lies in: sessions do not overlap. */
export const sessionAt = ({ sessions }: Timeline, at: EpochMs): ToldSession | undefined => {
  const last = sessions[countBefore(sessions, at + 1, beginning) - 1];
  return last !== undefined && at <= last.endedAt ? last : undefined;
};

/** Local days since the day a unit began, on the clock of its first event. */
export const dayCounter = (timeline: Timeline, start: EpochMs) => {
  const first = eventAfter(timeline, start - 1);
  const place = first && {
    ...(first.timeZone && { timeZone: first.timeZone }),
    ...(first.utcOffsetMin !== undefined && { utcOffsetMin: first.utcOffsetMin }),
  };
  const offset = utcOffsetAt(start, place ?? {}) * MINUTE_MS;
  const startDay = Math.floor((start + offset) / DAY_MS);
  return (at: EpochMs): number => Math.floor((at + offset) / DAY_MS) - startDay;
};

export type Play = EventOf<'play'>;
export const isPlay = (event: ListenerEvent): event is Play => event.kind === 'play';
