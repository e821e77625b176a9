/** Events of a log as the records that definitions read, counted from when the unit began. */

import type { EpochMs, EventOf, ListenerEvent } from '#domain';
import { type EventLists, MAX_EVENTS } from '#success';
import { isExamined } from '#units';
import { cardOf, eventAfter, sessionsIn, type Timeline } from './timeline.ts';

/** A page that nothing follows for so long was left, not read. */
const LONGEST_DWELL_MS = 30 * 60_000;

const empty = (): Record<keyof EventLists, object[]> => ({
  plays: [],
  actions: [],
  impressions: [],
  searches: [],
  turns: [],
  sessions: [],
  downstream: [],
  stages: [],
});

/** When a unit began, and local days since. */
export interface Since {
  readonly start: EpochMs;
  readonly dayOf: (at: EpochMs) => number;
}

/** The events by list, in order of time; what became of the unit is not among them. */
export const toLists = (events: readonly ListenerEvent[], { start, dayOf }: Since, timeline: Timeline): EventLists => {
  const lists = empty();
  for (const event of events) {
    const base = { event_id: event.eventId, at: event.at - start, day: dayOf(event.at) };
    switch (event.kind) {
      case 'play':
        lists.plays.push(playRecord(event, base, timeline));
        break;
      case 'action':
        lists.actions.push({ ...base, ...actionFields(event, timeline) });
        break;
      case 'impression':
        lists.impressions.push({ ...base, ...impressionFields(event, timeline) });
        break;
      case 'search':
        lists.searches.push({ ...base, ...searchFields(event) });
        break;
      case 'dialogue': {
        const { turn, speaker, act, confidence, repair, itemId } = event;
        lists.turns.push({ ...base, turn, speaker, act, confidence, repair, item_id: itemId });
        break;
      }
      default:
        break;
    }
  }
  for (const list of Object.values(lists)) list.length = Math.min(list.length, MAX_EVENTS);
  return lists as unknown as EventLists;
};

/** Sessions that begin in (after, until], as a list. */
export const toSessions = (
  timeline: Timeline,
  { start, dayOf }: Since,
  after: EpochMs,
  until: EpochMs,
): EventLists['sessions'] =>
  sessionsIn(timeline, after, until).map(({ startedAt, endedAt, surface, device, intent }) => ({
    event_id: `session-${startedAt}`,
    at: startedAt - start,
    day: dayOf(startedAt),
    duration_ms: endedAt - startedAt,
    ...(surface !== '' && { surface }),
    ...(device !== '' && { device }),
    intent,
  })) as unknown as EventLists['sessions'];

interface Base {
  readonly event_id: string;
  readonly at: number;
  readonly day: number;
}

/** In one literal, not joined of two: plays lie in many units. */
const playRecord = (event: EventOf<'play'>, { event_id, at, day }: Base, timeline: Timeline): object => {
  const { past, itemOf } = timeline.around;
  const item = itemOf(event.itemId);
  return {
    event_id,
    at,
    day,
    item_id: event.itemId,
    artist_id: item?.artist_id,
    ms_played: event.msPlayed,
    duration_ms: event.durationMs ?? item?.duration_ms,
    skipped: event.skipped,
    skip_kind: timeline.skipKind.get(event.eventId),
    user_initiated: event.userInitiated,
    reason_start: event.reasonStart,
    reason_end: event.reasonEnd,
    source: event.source,
    new_artist: past && item?.artist_id ? timeline.firstOfArtist.has(event.eventId) : undefined,
    new_item: past ? timeline.firstOfItem.has(event.eventId) : undefined,
    explored: cardOf(timeline, event)?.explored,
    shuffle: event.shuffle,
    offline: event.offline,
    seeks: event.seeks,
    slate_id: event.slateId,
    shelf: event.shelf,
    slot: event.slot,
  };
};

const actionFields = (event: EventOf<'action'>, timeline: Timeline): object => {
  const next = event.action === 'open_page' ? eventAfter(timeline, event.at) : undefined;
  const dwell = next === undefined ? undefined : next.at - event.at;
  return {
    action: event.action,
    item_id: event.itemId,
    artist_id: event.itemId === undefined ? undefined : timeline.around.itemOf(event.itemId)?.artist_id,
    surface: event.surface,
    dwell_ms: dwell !== undefined && dwell <= LONGEST_DWELL_MS ? dwell : undefined,
    shelf: event.shelf,
    slot: event.slot,
  };
};

const impressionFields = (event: EventOf<'impression'>, timeline: Timeline): object => ({
  item_id: event.itemId,
  shelf: event.shelf,
  slot: event.slot,
  row: cardOf(timeline, event)?.row,
  visible_ms: event.visibleMs,
  max_visible_fraction: event.maxVisibleFraction,
  scroll_depth: event.scrollDepth,
  examined: isExamined(event),
});

const searchFields = (event: EventOf<'search'>): object => ({
  search_id: event.searchId,
  step: event.step,
  query: event.query,
  query_length: event.query?.length,
  results: event.results?.length,
  item_id: event.itemId,
  position: event.position,
});
