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

export interface CatalogueItem {
  readonly item_id: string;
  readonly type: string;
  readonly artist_id: string | null;
  readonly album_id: string | null;
  readonly tags: readonly string[];
  readonly duration_ms: number | null;
  readonly released_on: string | null;
}

export interface Surroundings {
  readonly itemOf: (itemId: string) => CatalogueItem | undefined;
  readonly intentModel: IntentModel | null;
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
  readonly skipKind: ReadonlyMap<string, string>;
  /** Plays that were the first of their item, of their artist in a year. */
  readonly firstOfItem: ReadonlySet<string>;
  readonly firstOfArtist: ReadonlySet<string>;
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
    purposeOf: (itemId) => purposeOf(around.itemOf(itemId)?.tags ?? []),
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
    skipKind: new Map(skips),
    ...firsts(inTime, around),
    around,
  };
};

const firsts = (events: readonly ListenerEvent[], { itemOf }: Surroundings) => {
  const items = new Set<string>();
  const lastOfArtist = new Map<string, EpochMs>();
  const firstOfItem = new Set<string>();
  const firstOfArtist = new Set<string>();
  for (const event of events) {
    if (event.kind !== 'play') continue;
    if (!items.has(event.itemId)) firstOfItem.add(event.eventId);
    items.add(event.itemId);
    const artist = itemOf(event.itemId)?.artist_id;
    if (!artist) continue;
    const last = lastOfArtist.get(artist);
    if (last === undefined || event.at - last > YEAR_MS) firstOfArtist.add(event.eventId);
    lastOfArtist.set(artist, event.at);
  }
  return { firstOfItem, firstOfArtist };
};

/** Events in [from, to], both ends included: `at` is whole milliseconds. */
export const eventsIn = ({ events }: Timeline, from: EpochMs, to: EpochMs): readonly ListenerEvent[] =>
  events.slice(countBefore(events, from), countBefore(events, to + 1));

/** How many of the events, in order of time, are before a moment. */
const countBefore = (events: readonly ListenerEvent[], moment: EpochMs): number => {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (events[middle]!.at < moment) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The session a moment lies in. */
export const sessionAt = ({ sessions }: Timeline, at: EpochMs): ToldSession | undefined =>
  sessions.find(({ startedAt, endedAt }) => startedAt <= at && at <= endedAt);

/** Local days since the day a unit began. */
export const dayCounter = (start: EpochMs, first: ListenerEvent | undefined) => {
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
