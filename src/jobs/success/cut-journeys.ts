/** Journeys as units: a listener with one show or one artist, from the first play on, with the stages they go through. */

import type { EpochMs, ListenerEvent } from '#domain';
import { isListen } from '#domain';
import { ADDED, journeyOf, type StageEntry, type Touch } from '#units';
import { type Cut, sessionFields } from './cut.ts';
import { sessionAt, type Timeline } from './timeline.ts';

interface Focus {
  readonly id: string;
  readonly type: 'show' | 'artist';
}

/** A journey begins with the first play; what was only seen before it tells in which stage that found the listener. */
export const journeyCuts = (timeline: Timeline, horizonMs: number): readonly Cut[] => {
  const byFocus = new Map<string, { readonly focus: Focus; readonly events: ListenerEvent[] }>();
  for (const event of timeline.events) {
    if (event.kind !== 'play' && event.kind !== 'action' && event.kind !== 'impression') continue;
    for (const focus of fociOf(event.itemId, timeline)) {
      const held = byFocus.get(focus.id);
      if (held === undefined) byFocus.set(focus.id, { focus, events: [event] });
      else held.events.push(event);
    }
  }
  return [...byFocus.values()].flatMap(({ focus, events }) => journeyCut(focus, events, timeline, horizonMs));
};

/** An episode belongs to the show that it names as its album; everything else to its artist. */
const fociOf = (itemId: string | undefined, { around }: Timeline): readonly Focus[] => {
  const item = itemId === undefined ? undefined : around.itemOf(itemId);
  if (itemId === undefined || item === undefined) return [];
  if (item.type === 'show' || item.type === 'artist') return [{ id: itemId, type: item.type }];
  if (item.type === 'episode') {
    const show = item.album_id ?? item.artist_id;
    return show ? [{ id: show, type: 'show' }] : [];
  }
  return item.artist_id ? [{ id: item.artist_id, type: 'artist' }] : [];
};

const journeyCut = (
  { id, type }: Focus,
  events: readonly ListenerEvent[],
  timeline: Timeline,
  horizonMs: number,
): readonly Cut[] => {
  const first = events.find(({ kind }) => kind === 'play');
  if (first === undefined) return [];
  const { at: start } = first;
  const inside = events.filter((event) => event.at >= start && event.kind !== 'impression');
  // Nobody can be away for longer than is known; of what lies behind the horizon nothing is read.
  const until = Math.min(timeline.around.until, start + horizonMs) + 1;
  return [
    {
      id: `${timeline.userId}/${id}`,
      start,
      end: inside.at(-1)!.at,
      inside,
      fields: { ...sessionFields(sessionAt(timeline, start)), surface: type },
      itemId: id,
      itemType: type,
      stages: stagesFrom(start, journeyOf(events.flatMap(touchOf), until)),
    },
  ];
};

const touchOf = (event: ListenerEvent): readonly Touch[] => {
  const { at } = event;
  if (event.kind === 'impression') return [{ at, kind: 'seen' }];
  if (event.kind === 'action') return ADDED.includes(event.action) ? [{ at, kind: 'adopt' }] : [];
  if (event.kind !== 'play') return [];
  if (isListen(event)) return [{ at, kind: 'listen' }];
  return event.skipped === true ? [{ at, kind: 'skip' }] : [];
};

/** The stage at the beginning, and those entered from then on. */
const stagesFrom = (start: EpochMs, entries: readonly StageEntry[]): NonNullable<Cut['stages']> => {
  const before = entries.findLast(({ at }) => at < start);
  const since = entries.filter(({ at }) => at >= start);
  const all = before === undefined ? since : [{ stage: before.stage, at: start }, ...since];
  return all.map(({ stage, at }, n) => ({ event_id: `stage-${n}`, at, stage }));
};
