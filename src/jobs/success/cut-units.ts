/** Units of each kind, cut from one listener's timeline: where they begin and end, and what belongs inside. */

import { DAY_MS, type EpochMs, type EventOf, type ListenerEvent, MINUTE_MS } from '#domain';
import type { Unit, UnitKind } from '#success';
import { attentionMs, isExamined, SURFACE_OF_SOURCE } from '#units';
import { toLists, toSessions } from './event-records.ts';
import { eventsIn, isPlay, sessionAt, type Timeline, type ToldSession } from './timeline.ts';

export interface Cut {
  readonly id: string;
  readonly start: EpochMs;
  readonly end: EpochMs;
  readonly inside: readonly ListenerEvent[];
  /** What is after it; by default everything after its end. */
  readonly later?: (event: ListenerEvent) => boolean;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly itemId?: string | undefined;
}

/** How long after a search, a dialogue or a card what is played still comes from it. */
const LEADS_TO_MS = 30 * MINUTE_MS;
const WEEK_MS = 7 * DAY_MS;

export const CUTS: Readonly<Record<UnitKind, (timeline: Timeline) => readonly Cut[]>> = {
  session: (timeline) => timeline.sessions.map((session) => sessionCut(session, timeline)),
  play: (timeline) => timeline.events.filter(isPlay).map((play) => playCut(play, timeline)),
  search: (timeline) =>
    grouped(timeline, 'search', (event) => event.searchId).map((steps, n, all) =>
      searchCut(steps, all[n + 1], timeline),
    ),
  dialogue: (timeline) =>
    grouped(timeline, 'dialogue', (event) => event.dialogueId).map((turns) => dialogueCut(turns, timeline)),
  impression: (timeline) =>
    timeline.events.filter((event) => event.kind === 'impression').map((event) => impressionCut(event, timeline)),
  list: (timeline) =>
    grouped(timeline, 'slate', (event) => (event.surface === 'weekly_discovery' ? event.slateId : undefined)).map(
      (slates) => listCut(slates, timeline),
    ),
  journey: (timeline) => journeys(timeline),
};

const grouped = <Kind extends 'search' | 'dialogue' | 'slate'>(
  { events }: Timeline,
  kind: Kind,
  keyOf: (event: EventOf<Kind>) => string | undefined,
): readonly (readonly EventOf<Kind>[])[] => {
  const isOfKind = (event: ListenerEvent): event is Extract<ListenerEvent, EventOf<Kind>> => event.kind === kind;
  const groups = new Map<string, EventOf<Kind>[]>();
  for (const event of events) {
    if (!isOfKind(event)) continue;
    const key = keyOf(event);
    const held = key === undefined ? undefined : groups.get(key);
    if (held !== undefined) held.push(event);
    else if (key !== undefined) groups.set(key, [event]);
  }
  return [...groups.values()];
};

const sessionFields = (session: ToldSession | undefined): Readonly<Record<string, unknown>> =>
  session === undefined
    ? {}
    : {
        ...(session.surface !== '' && { surface: session.surface }),
        ...(session.device !== '' && { device: session.device }),
        intent: session.intent,
        intents: session.intents,
        local_hour: session.local.hour,
        local_weekday: session.local.weekday,
      };

const sessionCut = (session: ToldSession, timeline: Timeline): Cut => ({
  id: `${timeline.userId}/${session.startedAt}`,
  start: session.startedAt,
  end: session.endedAt,
  inside: eventsIn(timeline, session.startedAt, session.endedAt),
  fields: { ...sessionFields(session), end_reason: session.endReason, resumed: session.resumes },
});

const playCut = (play: EventOf<'play'>, timeline: Timeline): Cut => {
  const surface =
    (play.slateId && timeline.slateSurface.get(play.slateId)) ||
    (play.source && SURFACE_OF_SOURCE[play.source as keyof typeof SURFACE_OF_SOURCE]);
  return {
    id: `${timeline.userId}/${play.eventId}`,
    start: play.at,
    end: play.at + (play.msPlayed ?? 0),
    inside: [play],
    later: (event) => event.eventId !== play.eventId && event.at >= play.at,
    fields: {
      ...sessionFields(sessionAt(timeline, play.at)),
      surface: surface || undefined,
      ...(play.device && { device: play.device }),
    },
    itemId: play.itemId,
  };
};

const searchCut = (
  steps: readonly EventOf<'search'>[],
  next: readonly EventOf<'search'>[] | undefined,
  timeline: Timeline,
): Cut => {
  const start = steps[0]!.at;
  const last = steps.at(-1)!.at;
  const end = Math.min(last + LEADS_TO_MS, (next?.[0]?.at ?? Number.POSITIVE_INFINITY) - 1);
  const own = new Set(steps.map(({ eventId }) => eventId));
  const inside = eventsIn(timeline, start, end).filter((event) => own.has(event.eventId) || event.kind !== 'search');
  const isFollowed = inside.some((event) => event.at > last) || next !== undefined;
  return {
    id: `${timeline.userId}/${steps[0]!.searchId}`,
    start,
    end: last,
    inside,
    later: (event) => event.at > end,
    fields: {
      ...sessionFields(sessionAt(timeline, start)),
      surface: 'search',
      end_reason: isFollowed ? 'other' : 'app_background',
    },
  };
};

const dialogueCut = (turns: readonly EventOf<'dialogue'>[], timeline: Timeline): Cut => {
  const start = turns[0]!.at;
  const end = turns.at(-1)!.at;
  const started = eventsIn(timeline, start, end + MINUTE_MS).filter(
    (event) => isPlay(event) && (event.source === 'voice' || event.at > start),
  );
  return {
    id: `${timeline.userId}/${turns[0]!.dialogueId}`,
    start,
    end,
    inside: [...turns, ...started].toSorted((a, b) => a.at - b.at),
    later: (event) => event.at > end + MINUTE_MS,
    fields: { ...sessionFields(sessionAt(timeline, start)), surface: 'voice' },
  };
};

const impressionCut = (impression: EventOf<'impression'>, timeline: Timeline): Cut => {
  const { at, slateId, itemId, visibleMs, shelf, slot } = impression;
  const artist = timeline.around.itemOf(itemId)?.artist_id;
  const isSame = (event: ListenerEvent): boolean => 'itemId' in event && event.itemId === itemId;
  const isKin = (event: ListenerEvent): boolean =>
    isSame(event) ||
    ('itemId' in event &&
      artist !== null &&
      artist !== undefined &&
      (event.itemId === artist || timeline.around.itemOf(event.itemId ?? '')?.artist_id === artist));
  const led = eventsIn(timeline, at, at + LEADS_TO_MS).filter(
    (event) =>
      event.kind !== 'impression' &&
      isSame(event) &&
      (!('slateId' in event) || event.slateId === undefined || event.slateId === slateId),
  );
  const known = timeline.events.some((event) => isPlay(event) && event.at < at && isKin(event));
  return {
    id: `${timeline.userId}/${impression.eventId}`,
    start: at,
    end: at + (visibleMs ?? 0),
    inside: [impression, ...led],
    later: (event) => event.at > at + LEADS_TO_MS && isKin(event),
    fields: {
      ...sessionFields(sessionAt(timeline, at)),
      surface: timeline.slateSurface.get(slateId),
      shelf,
      slot,
      examined: isExamined(impression),
      attention_ms: attentionMs(impression),
      familiar: known,
      ...(impression.device && { device: impression.device }),
    },
    itemId,
  };
};

const listCut = (slates: readonly EventOf<'slate'>[], timeline: Timeline): Cut => {
  const [{ at, slateId }] = slates as readonly [EventOf<'slate'>];
  const isOf = (event: ListenerEvent): boolean =>
    'slateId' in event && event.slateId === slateId && event.kind !== 'slate';
  const inside = eventsIn(timeline, at, at + WEEK_MS).filter(isOf);
  return {
    id: `${timeline.userId}/${slateId}`,
    start: at,
    end: inside.reduce((end, event) => Math.max(end, event.at), at),
    inside,
    later: (event) => !isOf(event) && event.at > at,
    fields: { ...sessionFields(inside[0] && sessionAt(timeline, inside[0].at)), surface: 'weekly_discovery' },
  };
};

/** A journey with a show begins with the first episode of it; its episodes name it as their album. */
const journeys = (timeline: Timeline): readonly Cut[] => {
  const showOf = (event: ListenerEvent): string | undefined => {
    if (!('itemId' in event) || event.itemId === undefined) return undefined;
    const item = timeline.around.itemOf(event.itemId);
    if (item?.type === 'show') return item.item_id;
    return item?.type === 'episode' ? (item.album_id ?? item.artist_id ?? undefined) : undefined;
  };
  const byShow = new Map<string, ListenerEvent[]>();
  for (const event of timeline.events) {
    const show = showOf(event);
    if (show === undefined || (event.kind !== 'play' && event.kind !== 'action')) continue;
    const held = byShow.get(show);
    if (held !== undefined) held.push(event);
    else if (event.kind === 'play') byShow.set(show, [event]);
  }
  return [...byShow].map(([show, events]) => ({
    id: `${timeline.userId}/${show}`,
    start: events[0]!.at,
    end: events.at(-1)!.at,
    inside: events,
    fields: { ...sessionFields(sessionAt(timeline, events[0]!.at)), surface: 'show' },
    itemId: show,
  }));
};

/** The cut with everything that a definition may read of it. */
export const toUnit = (
  kind: UnitKind,
  cut: Cut,
  horizonMs: number,
  earlier: Unit['usual']['units'],
  timeline: Timeline,
): Unit => {
  const { start, end, inside, fields } = cut;
  const ids = new Set(inside.map(({ eventId }) => eventId));
  const isLater = cut.later ?? ((event: ListenerEvent) => event.at > end);
  const later = eventsIn(timeline, start, start + horizonMs).filter(
    (event) => !ids.has(event.eventId) && isLater(event),
  );
  const item = cut.itemId === undefined ? undefined : timeline.around.itemOf(cut.itemId);
  return {
    unit_id: cut.id,
    kind,
    user_id: timeline.userId,
    start,
    observed_until: timeline.around.until,
    unit: { ...fields, duration_ms: end - start } as Unit['unit'],
    item: {
      item_id: cut.itemId,
      type: item?.type,
      tags: item?.tags ?? [],
      duration_ms: item?.duration_ms,
      age_days: item?.released_on ? (start - Date.parse(item.released_on)) / DAY_MS : undefined,
    } as Unit['item'],
    ...toLists(inside, start, timeline),
    sessions: kind === 'session' ? [] : toSessions(timeline, start, start - 1, end),
    later: { ...toLists(later, start, timeline), sessions: toSessions(timeline, start, end, start + horizonMs) },
    usual: { units: earlier },
  } as Unit;
};
