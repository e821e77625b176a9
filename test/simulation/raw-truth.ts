/** What is true of a listener, counted from raw events by brute force. It shares no code with the engine but the vocabulary. */

import type { EventOf, Item, ItemId, ListenerEvent } from '#domain';

type Play = EventOf<'play'>;

const DAY = 86_400_000;
const HALF_HOUR = 1_800_000;

/** Counted as the documents say: half a minute, or nine tenths of it; of unknown length unless known to be skipped. */
const counts = (play: Play): boolean => {
  if (play.msPlayed === undefined) return !play.skipped;
  return play.msPlayed >= 30_000 || (play.durationMs !== undefined && play.msPlayed >= 0.9 * play.durationMs);
};

const hourFormats = new Map<string, Intl.DateTimeFormat>();
const hourOf = (at: number, timeZone: string): number => {
  const format =
    hourFormats.get(timeZone) ?? new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' });
  hourFormats.set(timeZone, format);
  return Number(format.format(at));
};

const daypartAt = (hour: number): string => {
  if (hour < 5) return 'late_night';
  if (hour < 11) return 'morning';
  if (hour < 17) return 'afternoon';
  return hour < 21 ? 'evening' : 'night';
};

export class RawTruth {
  readonly #items: ReadonlyMap<string, Item>;
  readonly #byUser = new Map<string, Play[]>();
  readonly #pools = new Map<string, EventOf<'editor'>>();
  readonly #listeners = new Map<string, Set<string>>();

  constructor(items: readonly Item[]) {
    this.#items = new Map(items.map((item) => [item.itemId, item]));
  }

  add(event: ListenerEvent): void {
    if (event.kind === 'editor') this.#pools.set(event.poolId, event);
    if (event.kind !== 'play') return;
    const plays = this.#byUser.get(event.userId);
    if (plays === undefined) this.#byUser.set(event.userId, [event]);
    else plays.push(event);
    if (!counts(event)) return;
    const listeners = this.#listeners.get(event.itemId) ?? new Set();
    this.#listeners.set(event.itemId, listeners.add(event.userId));
  }

  /** The claims of one answer are checked against the listener's plays as they are at that moment. */
  of(userId: string): ListenerTruth {
    return new ListenerTruth(this.#byUser.get(userId) ?? [], this.#items, this.#pools, this.#listeners);
  }
}

class ListenerTruth {
  readonly #plays: readonly Play[];
  readonly #items: ReadonlyMap<string, Item>;
  readonly #pools: ReadonlyMap<string, EventOf<'editor'>>;
  readonly #listeners: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(
    plays: readonly Play[],
    items: ReadonlyMap<string, Item>,
    pools: ReadonlyMap<string, EventOf<'editor'>>,
    listeners: ReadonlyMap<string, ReadonlySet<string>>,
  ) {
    this.#plays = plays;
    this.#items = items;
    this.#pools = pools;
    this.#listeners = listeners;
  }

  /** Whether what the card says is so: the facts it names, and the sentence made of them. */
  isTrue(claim: string, evidence: Readonly<Record<string, string | number>>, itemId: ItemId, now: number): boolean {
    const listens = (item: unknown) => this.#plays.filter((play) => play.itemId === item && counts(play));
    const artist = this.#artist(itemId);
    const ofArtist = (plays: readonly Play[]) =>
      plays.filter((play) => this.#artist(play.itemId) === evidence['artist']);
    const heard = this.#plays.filter(counts);
    const lastAt = (item: string) => Math.max(...listens(item).map((play) => play.at));
    const { plays, artist: named } = evidence;
    switch (claim) {
      case 'played_item':
        return listens(itemId).length === plays && lastAt(itemId) === evidence['last_at'];
      case 'because_played':
        return evidence['item'] !== itemId && plays !== 0 && listens(evidence['item']).length === plays;
      case 'because_artist':
        return named === artist && plays !== 0 && ofArtist(heard).length === plays;
      case 'daypart_artist': {
        const then = ofArtist(heard).filter(
          (play) => daypartAt(hourOf(play.at, play.timeZone!)) === evidence['daypart'],
        );
        return named === artist && plays !== 0 && then.length === plays;
      }
      case 'new_artist': {
        const liked = listens(evidence['liked_item']).length;
        return named === artist && ofArtist(this.#plays).length === 0 && liked > 0 && liked === evidence['liked_plays'];
      }
      case 'forgotten': {
        const last = lastAt(itemId);
        return listens(itemId).length === plays && last === evidence['last_at'] && now - last >= 28 * DAY;
      }
      case 'session_like':
        return this.#lastSession().some(
          (play) => play.itemId === evidence['item'] && play.at === evidence['played_at'],
        );
      case 'fresh_release': {
        const day = this.#items.get(itemId)?.releasedOn;
        const age = now - Date.parse(String(day));
        const known = named === undefined ? 0 : ofArtist(heard).length;
        return day === evidence['released_on'] && age >= -DAY && age <= 90 * DAY && evidence['artist_plays'] === known;
      }
      case 'from_editors': {
        const pool = this.#pools.get(String(evidence['pool']));
        return pool?.change === 'put' && pool.title === evidence['title'] && pool.items!.includes(itemId);
      }
      case 'popular':
        return (
          Number(evidence['listeners']) > 0 && (this.#listeners.get(itemId)?.size ?? 0) >= Number(evidence['listeners'])
        );
      default:
        return false;
    }
  }

  #artist(itemId: string): string | undefined {
    return this.#items.get(itemId)?.artistId;
  }

  #lastSession(): readonly Play[] {
    const plays = [...this.#plays].sort((a, b) => a.at - b.at);
    let first = plays.length - 1;
    while (first > 0 && plays[first]!.at - (plays[first - 1]!.at + (plays[first - 1]!.msPlayed ?? 0)) <= HALF_HOUR)
      first--;
    return plays.slice(Math.max(0, first));
  }
}
