/** What an impression led to: the downstream vector of a card, by day and week [YomTov2013]. */

import { DAY_MS, type EpochMs, type EventOf, isListen, type ListenerEvent } from '#domain';

/** Counts of what followed the impression of an item; each event counts for the last impression of it alone. */
export interface Downstream {
  readonly listens: number;
  readonly artistPages: number;
  readonly albumPlays: number;
  readonly saves: number;
  readonly follows: number;
  readonly playlistAdds: number;
  readonly shares: number;
  /** Listens after the first within a week. */
  readonly repeats: number;
  /** Searches in which the item or its artist was clicked within a week. */
  readonly searches: number;
}

export const DOWNSTREAM_ACTS = [
  'listens',
  'artistPages',
  'albumPlays',
  'saves',
  'follows',
  'playlistAdds',
  'shares',
  'repeats',
  'searches',
] as const satisfies readonly (keyof Downstream)[];

/** Who made an item and where it is from: what it leads to beside itself. */
export interface Kin {
  readonly artistId?: string | undefined;
  readonly albumId?: string | undefined;
}

/** How far back the last touch may lie: the rule of last touch, which credits without proving a cause. */
const LAST_TOUCH_MS = DAY_MS;
const WEEK_MS = 7 * DAY_MS;

type Impression = EventOf<'impression'>;
type Act = Exclude<keyof Downstream, 'repeats'>;

const ACTION_ACTS: Readonly<Record<string, Act>> = {
  save: 'saves',
  like: 'saves',
  follow: 'follows',
  add_to_playlist: 'playlistAdds',
  share: 'shares',
};

/**
 * Downstream vectors of one user's impressions, in their order, by last touch: an act counts for the latest impression
 * of the item, or of one by its artist or from its album, at most a day before; repeats and searches at most a week.
 * Last touch also credits what would have happened anyway: only slots drawn at random can tell the increment.
 */
export const downstreamOf = (
  events: readonly ListenerEvent[],
  kinOf: (itemId: string) => Kin,
): readonly { readonly impression: Impression; readonly downstream: Downstream }[] => {
  const inTime = [...events].sort((a, b) => a.at - b.at || (a.eventId < b.eventId ? -1 : 1));
  const vectors = new Map<Impression, { -readonly [Act in keyof Downstream]: number }>();
  const lastOf = new Map<string, Impression>();
  const credit = (key: string | undefined, act: keyof Downstream, at: EpochMs, within: number): boolean => {
    const touched = key === undefined ? undefined : lastOf.get(key);
    const vector = touched === undefined ? undefined : vectors.get(touched);
    if (touched === undefined || vector === undefined || at - touched.at > within) return false;
    vector[act]++;
    return true;
  };
  for (const event of inTime) {
    if (event.kind === 'impression') {
      vectors.set(event, emptyDownstream());
      const { artistId, albumId } = kinOf(event.itemId);
      for (const key of [event.itemId, artistId, albumId]) if (key !== undefined) lastOf.set(key, event);
    } else creditEvent(event, kinOf, credit, (key) => vectors.get(lastOf.get(key) as Impression)?.listens ?? 0);
  }
  return [...vectors].map(([impression, downstream]) => ({ impression, downstream }));
};

type Credit = (key: string | undefined, act: keyof Downstream, at: EpochMs, within: number) => boolean;

const creditEvent = (
  event: ListenerEvent,
  kinOf: (itemId: string) => Kin,
  credit: Credit,
  listensOf: (itemId: string) => number,
): void => {
  if (event.kind === 'play' && isListen(event)) {
    if (listensOf(event.itemId) > 0) credit(event.itemId, 'repeats', event.at, WEEK_MS);
    else if (!credit(event.itemId, 'listens', event.at, LAST_TOUCH_MS))
      credit(kinOf(event.itemId).albumId, 'albumPlays', event.at, LAST_TOUCH_MS);
  }
  if (event.kind === 'action') {
    const act = ACTION_ACTS[event.action];
    if (act !== undefined) credit(event.itemId, act, event.at, LAST_TOUCH_MS);
    if (event.action === 'open_page') credit(event.itemId, 'artistPages', event.at, LAST_TOUCH_MS);
  }
  if (event.kind === 'search' && event.step === 'click') credit(event.itemId, 'searches', event.at, WEEK_MS);
};

const emptyDownstream = (): { -readonly [Act in keyof Downstream]: number } => ({
  listens: 0,
  artistPages: 0,
  albumPlays: 0,
  saves: 0,
  follows: 0,
  playlistAdds: 0,
  shares: 0,
  repeats: 0,
  searches: 0,
});
