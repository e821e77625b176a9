/** Impressions as units: a card that came into view, what was done with it soon after, and all that followed it. */

import type { EventOf, ListenerEvent } from '#domain';
import { attentionMs, type CreditedAct, downstreamActs, isExamined } from '#units';
import { type Cut, LEADS_TO_MS, sessionFields } from './cut.ts';
import { cardOf, eventsIn, isFamiliar, sessionAt, type Timeline } from './timeline.ts';

export const impressionCuts = (timeline: Timeline): readonly Cut[] => {
  const followed = actsByImpression(timeline);
  return timeline.events
    .filter((event) => event.kind === 'impression')
    .map((event) => impressionCut(event, followed.get(event.eventId) ?? [], timeline));
};

const actsByImpression = ({ events, around }: Timeline): ReadonlyMap<string, readonly CreditedAct[]> => {
  const acts = downstreamActs(events, (itemId) => {
    const item = around.itemOf(itemId);
    return { artistId: item?.artist_id ?? undefined, albumId: item?.album_id ?? undefined };
  });
  const byImpression = new Map<string, CreditedAct[]>();
  for (const act of acts) {
    const held = byImpression.get(act.impression.eventId);
    if (held === undefined) byImpression.set(act.impression.eventId, [act]);
    else held.push(act);
  }
  return byImpression;
};

const impressionCut = (
  impression: EventOf<'impression'>,
  followed: readonly CreditedAct[],
  timeline: Timeline,
): Cut => {
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
  const card = cardOf(timeline, impression);
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
      slot: slot ?? card?.slot,
      row: card?.row,
      explored: card?.explored,
      examined: isExamined(impression),
      attention_ms: attentionMs(impression),
      familiar: isFamiliar(timeline, itemId, at),
      ...(impression.device && { device: impression.device }),
    },
    itemId,
    downstream: followed.map(({ event, act, isLastTouch, credit }) => ({
      event_id: event.eventId,
      at: event.at,
      act,
      item_id: ('itemId' in event && event.itemId) || null,
      last_touch: isLastTouch,
      credit,
    })),
  };
};
