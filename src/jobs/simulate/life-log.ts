/** Writes down the lives of a world's first listeners: sessions, what was shown, what was played, what was felt. */

import { DAY_MS, type EventOf, type Item, type ListenerEvent, MINUTE_MS } from '#domain';
import type { PlayTruth, SessionTruth, TruthSink, WorldFrame } from '#simulation';

/** A card of the page that a session began with. */
export interface LifeCard {
  readonly title: string;
  readonly artist: string;
  /** Whether it was looked at, which a log only guesses. */
  readonly seen: boolean;
  readonly chosen: boolean;
}

export interface LifePlay {
  readonly title: string;
  readonly artist: string;
  readonly msPlayed: number;
  /** True utility in that moment, about −0.5 to 1.4; null for what is spoken. */
  readonly felt: number | null;
  /** Why it was skipped; none when it was heard to the end. */
  readonly skip: PlayTruth['skipClass'];
}

export interface LifeSession {
  /** Week of the world from 0. */
  readonly week: number;
  /** Of the listener's own clock: day and minute. */
  readonly date: string;
  readonly time: string;
  readonly device: string;
  readonly intent: string;
  /** True utility of the session, in [0, 1]. */
  readonly felt: number;
  readonly companions: number;
  /** First cards of the page, as far as `CARDS_KEPT`; empty where the listener came with a plan. */
  readonly shown: readonly LifeCard[];
  readonly plays: readonly LifePlay[];
}

/** Who is followed. */
export interface LifePerson {
  readonly listener: number;
  readonly kind: string;
  readonly timeZone: string;
  /** Willingness to hear the unfamiliar, in [0, 1]. */
  readonly readiness: number;
}

export interface Life {
  /** Probability of coming, by day of the world from 0, and whether they came. */
  readonly days: readonly { readonly returns: number; readonly came: boolean }[];
  readonly sessions: readonly LifeSession[];
}

/** Listeners that are followed: one of each kind, for the first ones take the kinds in turn. */
export const LIVES_KEPT = 11;
const CARDS_KEPT = 12;

interface Diary {
  readonly days: { returns: number; came: boolean }[];
  readonly sessions: LifeSession[];
  readonly felt: Map<string, PlayTruth>;
  readonly pages: Map<string, EventOf<'slate'>>;
  readonly looked: Set<string>;
  events: (EventOf<'play'> | EventOf<'impression'>)[];
}

const beginDiary = (): Diary => ({
  days: [],
  sessions: [],
  felt: new Map(),
  pages: new Map(),
  looked: new Set(),
  events: [],
});

export class LifeLog {
  readonly #frame: WorldFrame;
  readonly #items: ReadonlyMap<string, Item>;
  readonly #diaries: ReadonlyMap<string, Diary>;

  constructor(frame: WorldFrame, items: readonly Item[]) {
    this.#frame = frame;
    this.#items = new Map(items.map((item) => [item.itemId, item]));
    const kept = Math.min(LIVES_KEPT, frame.listeners);
    this.#diaries = new Map(Array.from({ length: kept }, (_, n) => [frame.listenerAt(n).userId, beginDiary()]));
  }

  readonly event = (event: ListenerEvent): void => {
    const diary = this.#diaries.get(event.userId);
    if (diary === undefined) return;
    if (event.kind === 'slate' && event.surface === 'home') diary.pages.set(event.slateId, event);
    if (event.kind === 'play' || event.kind === 'impression') diary.events.push(event);
  };

  readonly truth: TruthSink = {
    play: (truth) => void this.#diaries.get(truth.userId)?.felt.set(truth.eventId, truth),
    examination: ({ userId, slateId, items }) => {
      const diary = this.#diaries.get(userId);
      for (const item of items) diary?.looked.add(`${slateId} ${item}`);
    },
    day: ({ userId, day, returns, came }) => {
      if (day >= 0) this.#diaries.get(userId)?.days.push({ returns, came });
    },
    session: (truth) => this.#endSession(truth),
  };

  lives(): readonly Life[] {
    return [...this.#diaries.values()].map(({ days, sessions }) => ({ days, sessions }));
  }

  people(): readonly LifePerson[] {
    return Array.from({ length: this.#diaries.size }, (_, n) => {
      const { archetype, zone, readiness } = this.#frame.listenerAt(n);
      return { listener: n, kind: archetype.name, timeZone: zone.timeZone, readiness };
    });
  }

  /** What was gathered since the last session is this one's: a listener has one session at a time. */
  #endSession({ userId, intent, utility, companions }: SessionTruth): void {
    const diary = this.#diaries.get(userId);
    if (diary === undefined) return;
    const { events } = diary;
    const [begun] = events;
    const plays = events.filter((event) => event.kind === 'play');
    if (begun !== undefined) {
      const local = begun.at + (begun.utcOffsetMin ?? 0) * MINUTE_MS;
      const text = new Date(local).toISOString();
      const weeks = Math.round((this.#frame.until - this.#frame.start) / (7 * DAY_MS));
      const week = Math.floor((Math.floor(local / DAY_MS) - this.#frame.firstDay) / 7);
      diary.sessions.push({
        week: Math.max(0, Math.min(weeks - 1, week)),
        date: text.slice(0, 10),
        time: text.slice(11, 16),
        device: begun.device ?? 'other',
        intent,
        felt: utility,
        companions,
        shown: this.#shownIn(diary),
        plays: plays.map((play) => this.#playOf(play, diary)),
      });
    }
    diary.events = [];
    diary.felt.clear();
    diary.pages.clear();
    diary.looked.clear();
  }

  /** The last page of the session that was looked at. */
  #shownIn({ events, pages, looked }: Diary): readonly LifeCard[] {
    const page = events.flatMap(({ slateId }) => pages.get(slateId ?? '') ?? []).at(-1);
    if (page === undefined) return [];
    return page.cards.slice(0, CARDS_KEPT).map(({ itemId }) => ({
      ...this.#named(itemId),
      seen: looked.has(`${page.slateId} ${itemId}`),
      chosen: events.some(
        (event) => event.kind === 'play' && event.slateId === page.slateId && event.itemId === itemId,
      ),
    }));
  }

  #playOf(play: EventOf<'play'>, { felt }: Diary): LifePlay {
    const truth = felt.get(play.eventId);
    return {
      ...this.#named(play.itemId),
      msPlayed: play.msPlayed ?? 0,
      felt: truth?.utility ?? null,
      skip: truth?.skipClass ?? 'none',
    };
  }

  #named(itemId: string): { title: string; artist: string } {
    const item = this.#items.get(itemId);
    return { title: item?.title ?? itemId, artist: item?.artist ?? '' };
  }
}
