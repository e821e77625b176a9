/** Sessions from events, one user's events at a time: the plain twin of the query `sessions`, which does it in bulk. */

import { type ActionName, type EventOf, isListen, type ListenerEvent, type PlaySource } from '#domain';
import { isExamined } from './examined.ts';
import { EARLY_PLAYS, type EarlyPlay, SESSION_GAP_MS, type SessionRow } from './session-row.ts';
import { SURFACE_OF_SOURCE } from './surface-of-source.ts';

/** What the events themselves do not carry. */
export interface Surroundings {
  /** The surface of a slate; undefined when the slate is not known. */
  readonly surfaceOf: (slateId: string) => string | undefined;
  /** What an item is for, by its tags, else by the one purpose of the pools that hold it, for plays out of a pool. */
  readonly purposeOf: (itemId: string, isFromPool: boolean) => string;
}

type Counted = { [Kind in CountedKind]: EventOf<Kind> }[CountedKind];
type CountedKind = 'play' | 'action' | 'impression' | 'search' | 'dialogue';
const COUNTED: ReadonlySet<string> = new Set<CountedKind>(['play', 'action', 'impression', 'search', 'dialogue']);

export const isCounted = (event: ListenerEvent): event is Counted => COUNTED.has(event.kind);

export const KEPT: readonly ActionName[] = ['like', 'save', 'add_to_playlist', 'follow', 'queue', 'share'];
export const ADDED: readonly ActionName[] = ['save', 'add_to_playlist', 'follow'];
export const REFUSED: readonly ActionName[] = ['dislike', 'hide'];

/** When it was over: the end of a play, else the moment itself. */
export const endOf = (event: Counted): number => event.at + (event.kind === 'play' ? (event.msPlayed ?? 0) : 0);

/** Order in time; events of one moment by id, so that the order is the same on every machine. */
const inOrder = (a: Counted, b: Counted): number => a.at - b.at || (a.eventId < b.eventId ? -1 : 1);

/**
 * Sessions of one user in order of time. Server-made and asked-for events (slates, tallies, surveys, assignments) open
 * and prolong none. A session goes on while the next event begins at most `gapMs` after everything before it ended,
 * whatever the device: a hand-off stays inside.
 */
export const sessionize = (
  events: readonly ListenerEvent[],
  surroundings: Surroundings,
  gapMs: number = SESSION_GAP_MS,
): SessionRow[] => {
  const sessions: SessionRow[] = [];
  let open: Counted[] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const event of events.filter(isCounted).sort(inOrder)) {
    if (open.length > 0 && event.at - end > gapMs) {
      sessions.push(sumUp(open, surroundings));
      open = [];
    }
    open.push(event);
    end = Math.max(end, endOf(event));
  }
  return open.length > 0 ? [...sessions, sumUp(open, surroundings)] : sessions;
};

export const surfaceIn = (event: Counted, { surfaceOf }: Surroundings): string => {
  const ofSlate = 'slateId' in event && event.slateId !== undefined ? surfaceOf(event.slateId) : undefined;
  if (ofSlate !== undefined) return ofSlate;
  switch (event.kind) {
    case 'play':
      return event.source === undefined ? '' : SURFACE_OF_SOURCE[event.source as PlaySource];
    case 'action':
      return event.surface ?? '';
    case 'search':
      return 'search';
    case 'dialogue':
      return 'voice';
    case 'impression':
      return '';
  }
};

const weigh = (events: readonly Counted[], nameOf: (event: Counted) => string): Record<string, number> => {
  const weights: Record<string, number> = {};
  for (const event of events) {
    const name = nameOf(event);
    if (name !== '') weights[name] = (weights[name] ?? 0) + endOf(event) - event.at + 1;
  }
  return weights;
};

/** Events that follow at once on another device, both known. */
const handOffs = (events: readonly Counted[]): number =>
  events.filter(({ device }, n) => {
    const before = events[n - 1]?.device;
    return device !== undefined && before !== undefined && device !== before;
  }).length;

const isFinished = (play: EventOf<'play'>): boolean =>
  play.reasonEnd === 'trackdone' ||
  ((play.durationMs ?? 0) > 0 && (play.msPlayed ?? 0) >= 0.9 * (play.durationMs ?? 0));

const toEarly = (play: EventOf<'play'>, surroundings: Surroundings): EarlyPlay => ({
  begin_ms: play.at,
  event_id: play.eventId,
  ms_played: play.msPlayed ?? -1,
  skipped: play.skipped ?? false,
  user_initiated: play.userInitiated ?? false,
  surface: surfaceIn(play, surroundings),
  purpose: surroundings.purposeOf(play.itemId, play.source === 'editorial'),
});

const sumUp = (events: readonly Counted[], surroundings: Surroundings): SessionRow => {
  const plays = events.filter((event): event is EventOf<'play'> => event.kind === 'play');
  const actions = events.flatMap((event) => (event.kind === 'action' ? [event.action] : []));
  const impressions = events.filter((event): event is EventOf<'impression'> => event.kind === 'impression');
  const searches = events.flatMap((event) => (event.kind === 'search' ? [event.searchId] : []));
  const among = (names: readonly ActionName[]): number => actions.filter((action) => names.includes(action)).length;
  const skips = plays.filter(({ skipped }) => skipped === true);
  const first = plays[0];
  const last = plays.at(-1);
  return {
    user_id: events[0]?.userId ?? '',
    started_ms: events[0]?.at ?? 0,
    ended_ms: Math.max(...events.map(endOf)),
    utc_offset_min: events.find(({ utcOffsetMin }) => utcOffsetMin !== undefined)?.utcOffsetMin ?? null,
    time_zone: events.find(({ timeZone }) => timeZone !== undefined)?.timeZone ?? '',
    device_ms: weigh(events, ({ device }) => device ?? ''),
    surface_ms: weigh(events, (event) => surfaceIn(event, surroundings)),
    plays: plays.length,
    listens: plays.filter(isListen).length,
    played_ms: plays.reduce((sum, { msPlayed }) => sum + (msPlayed ?? 0), 0),
    skips: skips.length,
    early_skips: skips.filter(({ msPlayed }) => msPlayed !== undefined && msPlayed < 30_000).length,
    items: new Set(plays.map(({ itemId }) => itemId)).size,
    kept: among(KEPT),
    added: among(ADDED),
    refused: among(REFUSED),
    opened: among(['open_page']),
    actions: actions.length,
    searches: new Set(searches).size,
    impressions: impressions.length,
    examined: impressions.filter((impression) => isExamined(impression) === true).length,
    turns: events.filter(({ kind }) => kind === 'dialogue').length,
    hand_offs: handOffs(events),
    sleep_timer: actions.includes('sleep_timer_set'),
    shuffled: plays.filter(({ shuffle }) => shuffle === true).length,
    first_play_ms: first?.at ?? null,
    first_item: first?.itemId ?? '',
    last_item: last?.itemId ?? '',
    last_finished: last !== undefined && isFinished(last),
    last_reason_end: last?.reasonEnd ?? '',
    early: plays.slice(0, EARLY_PLAYS).map((play) => toEarly(play, surroundings)),
  };
};
