/** What an impression led to: the downstream vector of a card, by day and week [YomTov2013]. */

import { DAY_MS, type EventOf, isListen, type ListenerEvent } from '#domain';

/**
 * `listen`: to the card's item, the first time after it; `repeat`: again within a week; `album_play`: to another track of
 * its album; `open_page`: of the item, its artist or album; `search`: one of these clicked in a search within a week.
 */
export const DOWNSTREAM_ACTS = [
  'listen',
  'repeat',
  'album_play',
  'open_page',
  'save',
  'follow',
  'playlist_add',
  'share',
  'search',
] as const;
export type DownstreamAct = (typeof DOWNSTREAM_ACTS)[number];

/** Counts of what followed an impression. */
export type Downstream = Readonly<Record<DownstreamAct, number>>;

type Impression = EventOf<'impression'>;

/** An act that followed an impression in time, and how much of it the impression is credited with. */
export interface CreditedAct {
  readonly impression: Impression;
  readonly event: ListenerEvent;
  readonly act: DownstreamAct;
  /** No later impression of the item, its artist or album lies between: the rule of last touch. */
  readonly isLastTouch: boolean;
  /**
   * Share of the act by place: all impressions of it in time divide it by 1 / log2(2 + slot), the discount of how likely
   * a slot is to be seen [Jarvelin2002]; a slot that is not told counts as the first. Shares of one act sum to 1.
   */
  readonly credit: number;
}

/** Who made an item and where it is from: what it leads to beside itself. */
export interface Kin {
  readonly artistId?: string | undefined;
  readonly albumId?: string | undefined;
}

const WEEK_MS = 7 * DAY_MS;
/** How far back a touch may lie. */
export const WITHIN: Readonly<Record<DownstreamAct, number>> = {
  listen: DAY_MS,
  repeat: WEEK_MS,
  album_play: DAY_MS,
  open_page: DAY_MS,
  save: DAY_MS,
  follow: DAY_MS,
  playlist_add: DAY_MS,
  share: DAY_MS,
  search: WEEK_MS,
};

export const ACT_OF_ACTION: Readonly<Record<string, DownstreamAct>> = {
  save: 'save',
  like: 'save',
  follow: 'follow',
  add_to_playlist: 'playlist_add',
  share: 'share',
  open_page: 'open_page',
};

/**
 * Acts of one user with the impressions that they followed, in order of time; each act once for every impression of the
 * item, its artist or its album in time. Both rules of credit also credit what would have happened anyway: only what was
 * drawn at random can tell the increment. O(events + impressions of one item within a week, an act).
 */
export const downstreamActs = (
  events: readonly ListenerEvent[],
  kinOf: (itemId: string) => Kin,
): readonly CreditedAct[] => {
  const attribution = new Attribution(kinOf);
  for (const event of [...events].sort((a, b) => a.at - b.at || (a.eventId < b.eventId ? -1 : 1)))
    attribution.take(event);
  return attribution.acts;
};

/** Takes events in order of time. */
class Attribution {
  readonly acts: CreditedAct[] = [];
  readonly #kinOf: (itemId: string) => Kin;
  readonly #touches = new Map<string, Impression[]>();
  /** Impressions that led to a listen: the next one is a repeat. */
  readonly #listened = new Set<Impression>();

  constructor(kinOf: (itemId: string) => Kin) {
    this.#kinOf = kinOf;
  }

  take(event: ListenerEvent): void {
    if (event.kind === 'impression') this.#touch(event);
    else if (event.kind === 'play' && isListen(event)) this.#listen(event);
    else if (event.kind === 'action') {
      const act = ACT_OF_ACTION[event.action];
      if (act !== undefined) this.#credit(event, event.itemId, act);
    } else if (event.kind === 'search' && event.step === 'click') this.#credit(event, event.itemId, 'search');
  }

  #touch(impression: Impression): void {
    const { artistId, albumId } = this.#kinOf(impression.itemId);
    for (const key of new Set([impression.itemId, artistId, albumId])) {
      if (key === undefined) continue;
      const held = this.#touches.get(key);
      if (held === undefined) this.#touches.set(key, [impression]);
      else {
        // What no act can be credited to any more is let go.
        while (held.length > 0 && impression.at - held[0]!.at > WEEK_MS) held.shift();
        held.push(impression);
      }
    }
  }

  #listen(event: Extract<ListenerEvent, EventOf<'play'>>): void {
    const seen = this.#touches.get(event.itemId)?.at(-1);
    const last = seen !== undefined && event.at - seen.at <= WEEK_MS ? seen : undefined;
    if (last !== undefined && this.#listened.has(last)) this.#credit(event, event.itemId, 'repeat');
    else if (last !== undefined && this.#credit(event, event.itemId, 'listen')) this.#listened.add(last);
    else this.#credit(event, this.#kinOf(event.itemId).albumId, 'album_play');
  }

  /** False when no impression of the key lies in time. */
  #credit(event: ListenerEvent, key: string | undefined, act: DownstreamAct): boolean {
    const touched = (key === undefined ? undefined : this.#touches.get(key)) ?? [];
    const inTime = touched.filter((impression) => event.at - impression.at <= WITHIN[act]);
    this.acts.push(...shared(inTime, event, act));
    return inTime.length > 0;
  }
}

/** Downstream vectors of one user's impressions, in their order, by last touch. */
export const downstreamOf = (
  events: readonly ListenerEvent[],
  kinOf: (itemId: string) => Kin,
): readonly { readonly impression: Impression; readonly downstream: Downstream }[] => {
  const vectors = new Map<Impression, Record<DownstreamAct, number>>();
  const seen = events.filter((event): event is Extract<ListenerEvent, Impression> => event.kind === 'impression');
  for (const impression of seen.sort((a, b) => a.at - b.at || (a.eventId < b.eventId ? -1 : 1)))
    vectors.set(impression, nothing());
  for (const { impression, act, isLastTouch } of downstreamActs(events, kinOf))
    if (isLastTouch) vectors.get(impression)![act]++;
  return [...vectors].map(([impression, downstream]) => ({ impression, downstream }));
};

export const nothing = (): Record<DownstreamAct, number> =>
  Object.fromEntries(DOWNSTREAM_ACTS.map((act) => [act, 0])) as Record<DownstreamAct, number>;

const shared = (touched: readonly Impression[], event: ListenerEvent, act: DownstreamAct): readonly CreditedAct[] => {
  const weights = touched.map(({ slot = 0 }) => 1 / Math.log2(2 + slot));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return touched.map((impression, n) => ({
    impression,
    event,
    act,
    isLastTouch: n === touched.length - 1,
    credit: weights[n]! / total,
  }));
};
