/** What Listen tells the engine: impressions, plays and actions in wire form. */

/** Where a card stood: which decision, shelf and slot an event answers. */
export interface Place {
  readonly slateId: string;
  readonly shelf: string;
  readonly slot: number;
}

/** Who, where and when, of every event. */
export interface EventContext {
  readonly userId: string;
  readonly sessionId: string;
  readonly timeZone: string;
  readonly utcOffsetMin: number;
  readonly device: 'web' | 'mobile';
  readonly at: number;
  readonly eventId: string;
}

export type WireEvent = Readonly<Record<string, unknown>> & { readonly type: string; readonly event_id: string };

export const APP = 'ritornello-listen';

const base = (context: EventContext) => ({
  event_id: context.eventId,
  user_id: context.userId,
  at: context.at,
  utc_offset_min: context.utcOffsetMin,
  time_zone: context.timeZone,
  session_id: context.sessionId,
  device: context.device,
  app: APP,
});

const placed = (place: Place | null) =>
  place === null ? {} : { slate_id: place.slateId, shelf: place.shelf, slot: place.slot };

export type Reaction = 'like' | 'unlike' | 'dislike' | 'hide' | 'unhide' | 'open_page' | 'why';
export type Surface = 'home' | 'weekly_discovery' | 'radio' | 'library';

export const actionEvent = (
  context: EventContext,
  reaction: Reaction,
  itemId: string,
  where: { readonly place: Place | null; readonly surface: Surface | null },
): WireEvent => ({
  type: 'action',
  ...base(context),
  action: reaction,
  item_id: itemId,
  ...(where.surface && { surface: where.surface }),
  ...placed(where.place),
});

export interface Seen {
  readonly itemId: string;
  readonly place: Place;
  readonly visibleMs: number;
  readonly maxVisibleFraction: number;
}

export const impressionEvent = (context: EventContext, seen: Seen): WireEvent => ({
  type: 'impression',
  ...base(context),
  ...placed(seen.place),
  item_id: seen.itemId,
  visible_ms: Math.round(seen.visibleMs),
  max_visible_fraction: Math.min(1, seen.maxVisibleFraction),
});

/** One play that has ended. `simulated`: the clock ran, but nothing sounded; `speed` is how fast it ran. */
export interface Played {
  readonly itemId: string;
  readonly startedAt: number;
  readonly msPlayed: number;
  /** Null when the length of the item is not known. */
  readonly durationMs: number | null;
  readonly reasonStart: 'clickrow' | 'trackdone' | 'fwdbtn';
  readonly reasonEnd: 'trackdone' | 'fwdbtn' | 'endplay' | 'clickrow' | 'trackerror';
  readonly skipped: boolean;
  readonly source: 'algorithmic' | 'personalized_playlist' | 'radio' | 'catalogue';
  readonly place: Place | null;
  readonly seeks: number;
  readonly simulated: boolean;
  readonly speed: number;
}

export const playEvent = (context: Omit<EventContext, 'at'>, played: Played): WireEvent => ({
  type: 'play',
  ...base({ ...context, at: played.startedAt }),
  item_id: played.itemId,
  ms_played: Math.round(played.msPlayed),
  ...(played.durationMs !== null && { duration_ms: played.durationMs }),
  reason_start: played.reasonStart,
  reason_end: played.reasonEnd,
  skipped: played.skipped,
  source: played.source,
  ...placed(played.place),
  user_initiated: played.reasonStart === 'clickrow',
  seeks: played.seeks,
  ...(played.simulated && { simulated: true, simulated_speed: played.speed }),
});
