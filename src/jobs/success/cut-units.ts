/** Units of each kind, cut from one listener's timeline: where they begin and end, and what belongs inside. */

import { DAY_MS, type EpochMs, type EventOf, type ListenerEvent, MINUTE_MS } from '#domain';
import type { EventLists, Unit, UnitKind } from '#success';
import { SURFACE_OF_SOURCE } from '#units';
import { type Cut, LEADS_TO_MS, sessionFields } from './cut.ts';
import { impressionCuts } from './cut-impressions.ts';
import { journeyCuts } from './cut-journeys.ts';
import { type Since, toLists, toSessions } from './event-records.ts';
import {
  cardOf,
  dayCounter,
  eventsIn,
  isFamiliar,
  isPlay,
  sessionAt,
  type Timeline,
  type ToldSession,
} from './timeline.ts';

const WEEK_MS = 7 * DAY_MS;

export const CUTS: Readonly<Record<UnitKind, (timeline: Timeline, horizonMs: number) => readonly Cut[]>> = {
  session: (timeline) => timeline.sessions.map((session) => sessionCut(session, timeline)),
  play: (timeline) => timeline.events.filter(isPlay).map((play) => playCut(play, timeline)),
  search: (timeline) =>
    grouped(timeline, 'search', (event) => event.searchId).map((steps, n, all) =>
      searchCut(steps, all[n + 1], timeline),
    ),
  dialogue: (timeline) =>
    grouped(timeline, 'dialogue', (event) => event.dialogueId).map((turns) => dialogueCut(turns, timeline)),
  impression: impressionCuts,
  list: (timeline) =>
    grouped(timeline, 'slate', (event) => (event.surface === 'weekly_discovery' ? event.slateId : undefined)).map(
      (slates) => listCut(slates, timeline),
    ),
  journey: journeyCuts,
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
      explored: cardOf(timeline, play)?.explored,
      familiar: isFamiliar(timeline, play.itemId, play.at),
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
  const nextAt = next?.[0]?.at ?? Number.POSITIVE_INFINITY;
  const end = Math.min(last + LEADS_TO_MS, nextAt - 1);
  const own = new Set(steps.map(({ eventId }) => eventId));
  const inside = eventsIn(timeline, start, end).filter((event) => own.has(event.eventId) || event.kind !== 'search');
  const isFollowed = inside.some((event) => event.at > last) || nextAt <= last + LEADS_TO_MS;
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

/** The cut with everything that a definition may read of it. */
export const toUnit = (
  kind: UnitKind,
  cut: Cut,
  horizonMs: number,
  earlier: Unit['usual']['units'],
  timeline: Timeline,
): Unit => {
  const { start, end, inside, fields } = cut;
  const since: Since = { start, dayOf: dayCounter(timeline, start) };
  let later: Unit['later'] | undefined;
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
      type: item?.type ?? cut.itemType,
      tags: item?.tags ?? [],
      duration_ms: item?.duration_ms,
      age_days: item?.released_on ? (start - Date.parse(item.released_on)) / DAY_MS : undefined,
    } as Unit['item'],
    ...toLists(inside, since, timeline),
    sessions: kind === 'session' ? [] : toSessions(timeline, since, start - 1, end),
    downstream: counted(cut.downstream, since, horizonMs) as EventLists['downstream'],
    stages: counted(cut.stages, since, horizonMs) as EventLists['stages'],
    // What follows lies in many units, and many definitions do not read it.
    get later() {
      later ??= toLater(cut, since, horizonMs, timeline);
      return later;
    },
    usual: { units: earlier },
  };
};

const toLater = (
  { start, end, inside, later: isLater = (event: ListenerEvent) => event.at > end }: Cut,
  since: Since,
  horizonMs: number,
  timeline: Timeline,
): Unit['later'] => {
  const ids = new Set(inside.map(({ eventId }) => eventId));
  const after = eventsIn(timeline, start, start + horizonMs).filter(
    (event) => !ids.has(event.eventId) && isLater(event),
  );
  const { downstream: _, stages: __, ...lists } = toLists(after, since, timeline);
  return { ...lists, sessions: toSessions(timeline, since, end, start + horizonMs) };
};

/** Counted from the beginning, up to the horizon. */
const counted = <Told extends { readonly at: EpochMs }>(
  told: readonly Told[] = [],
  { start, dayOf }: Since,
  horizonMs: number,
): readonly Told[] =>
  told
    .filter(({ at }) => at - start <= horizonMs)
    .map((each) => ({ ...each, at: each.at - start, day: dayOf(each.at) }));
