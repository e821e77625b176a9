/** One listener as serving remembers them. Everything here follows from their events, in whatever order they come. */

import { DAY_MS, type EpochMs, type EventOf, type ItemId, isListen, type ListenerEvent, type Place } from '#domain';
import { SessionSoFar, type Surroundings } from '#units';
import type { Catalogue } from './catalogue.ts';
import { DAYPART, FIRST_AT, ItemCounts, LAST_AT, LISTENS, SKIPS, TALLY, TALLY_AT } from './item-counts.ts';
import type { LocalClock } from './local-clock.ts';
import { Opinions } from './opinions.ts';
import { RecentPlays, SESSION_GAP_MS } from './recent-plays.ts';
import { Served } from './served.ts';

/** Ids of live events remembered; more only right after a refill. */
const REMEMBERED_IDS = 100;
const REMEMBERED_REJECTIONS = 20;
/** Of slates, for plays of the running session that name them. */
const REMEMBERED_SURFACES = 20;

/** When it happened by a clock that is not ahead: nothing happens after it was received. */
export const momentOf = ({ at, receivedAt }: ListenerEvent): EpochMs => Math.min(at, receivedAt);

export class Listener {
  readonly items = new ItemCounts();
  readonly opinions = new Opinions();
  readonly recent = new RecentPlays();
  readonly served = new Served();
  /** What the running session shows of what it is for. */
  readonly session = new SessionSoFar();
  /** Listens per daypart, in the order of DAYPARTS. */
  readonly dayparts: number[] = [0, 0, 0, 0, 0];
  /** Listens per local month, year · 12 + month. */
  readonly months = new Map<number, number>();
  plays = 0;
  listens = 0;
  listenedMs = 0;
  /** Plays that said how long they were. */
  timedPlays = 0;
  /** Listens whose local time rests on where the listener was thought to be. */
  listensWithoutPlace = 0;
  /** Of plays; 0 when there is none. */
  firstAt = 0;
  lastAt = 0;
  /** Goes up with each event that can change an answer. */
  changes = 0;
  #place: Place = {};
  #placeAt = Number.NEGATIVE_INFINITY;
  readonly #rejections: { readonly place: number; readonly at: EpochMs }[] = [];
  /** Of late events: one that comes both from the log and from the intake counts once. */
  readonly #ids = new Set<string>();
  readonly #surfaces = new Map<string, string>();
  readonly #surroundings: Surroundings;
  readonly #catalogue: Catalogue;
  readonly #clock: LocalClock;

  constructor(catalogue: Catalogue, clock: LocalClock) {
    this.#catalogue = catalogue;
    this.#clock = clock;
    this.#surroundings = {
      surfaceOf: (slateId) => this.#surfaces.get(slateId),
      purposeOf: (itemId, isFromPool) => catalogue.purposeOf(itemId, isFromPool),
    };
  }

  /** Where the listener is, by the latest event that said so. */
  get place(): Place {
    return this.#place;
  }

  /** Nothing at all is known. */
  get isUnknown(): boolean {
    return this.items.size === 0 && this.changes === 0;
  }

  /** Takes in an event that has just been acknowledged; one that is already counted is left. */
  apply(event: ListenerEvent): void {
    if (this.#ids.has(event.eventId)) return;
    this.remember(event);
    // Two out for one in: what a refill remembered beyond the bound goes by and by.
    let over = Math.min(2, this.#ids.size - REMEMBERED_IDS);
    for (const oldest of this.#ids) {
      if (over-- <= 0) break;
      this.#ids.delete(oldest);
    }
    this.#count(event);
    this.#goOn(event);
  }

  /** Counts the events of the log, in order of time, and takes up the session that they end in, a day of it at most. */
  countAll(events: readonly ListenerEvent[]): void {
    const last = events.at(-1);
    const since = last === undefined ? 0 : momentOf(last) - DAY_MS;
    for (const event of events) {
      this.#count(event);
      if (momentOf(event) > since) this.#goOn(event);
    }
  }

  /** Remembers that the event is counted, in case it comes again. */
  remember(event: ListenerEvent): void {
    this.#ids.add(event.eventId);
  }

  /** Sets the zone from a request, as if an event had said it. */
  moveTo(timeZone: string, at: EpochMs): void {
    this.#place = { timeZone };
    this.#placeAt = at;
  }

  /** Plays that count: listens and plays counted elsewhere. */
  playsOf(place: number): number {
    return this.items.at(place, LISTENS) + this.items.at(place, TALLY);
  }

  /** Null when there is no listen, or when a count from elsewhere may hold a later one. */
  lastListenAt(place: number): EpochMs | null {
    const lastAt = this.items.at(place, LAST_AT);
    return lastAt === 0 || this.items.at(place, TALLY_AT) > lastAt ? null : lastAt;
  }

  /** Null when there is no listen, or when a count from elsewhere may hold an earlier one. */
  firstListenAt(place: number): EpochMs | null {
    const firstAt = this.items.at(place, FIRST_AT);
    return firstAt === 0 || this.items.at(place, TALLY) > 0 ? null : firstAt;
  }

  /** Met at all: listened to, skipped or counted elsewhere. */
  hasMet(place: number): boolean {
    return this.items.has(place) && (this.playsOf(place) > 0 || this.items.at(place, SKIPS) > 0);
  }

  /** Different new things rejected in the session that is running at `now`. */
  rejections(now: EpochMs): number {
    const since = this.recent.runningSince(now) ?? now - SESSION_GAP_MS;
    return new Set(this.#rejections.filter(({ at }) => at >= since && at <= now).map(({ place }) => place)).size;
  }

  #count(event: ListenerEvent): void {
    this.locate(event);
    if (event.kind === 'play') this.#countPlay(event);
    else if (event.kind === 'tally') this.#countTally(event);
    else if (event.kind === 'action') this.#countAction(event);
    else if (event.kind === 'slate') {
      this.served.note(event, this.#catalogue);
      this.#noteSurface(event);
    }
  }

  #goOn(event: ListenerEvent): void {
    const at = momentOf(event);
    this.session.take(at === event.at ? event : { ...event, at }, this.#surroundings);
  }

  #countPlay(play: EventOf<'play'>): void {
    const at = momentOf(play);
    const place = this.#catalogue.place(play.itemId as ItemId);
    const listened = isListen(play);
    this.changes++;
    this.plays++;
    this.firstAt = this.firstAt === 0 ? play.at : Math.min(this.firstAt, play.at);
    this.lastAt = Math.max(this.lastAt, play.at);
    if (play.msPlayed !== undefined) {
      this.timedPlays++;
      this.listenedMs += play.msPlayed;
    }
    if (listened) this.#countListen(place, play);
    else this.items.add(place, SKIPS);
    this.recent.add({
      place,
      at,
      msPlayed: play.msPlayed ?? 0,
      listened,
      skipped: play.skipped === true || !listened,
      sessionId: play.sessionId ?? null,
    });
    if (!listened) this.#noteRejection(place, at);
  }

  #noteSurface({ slateId, surface }: EventOf<'slate'>): void {
    this.#surfaces.set(slateId, surface);
    if (this.#surfaces.size <= REMEMBERED_SURFACES) return;
    for (const oldest of this.#surfaces.keys()) {
      this.#surfaces.delete(oldest);
      return;
    }
  }

  #countListen(place: number, play: EventOf<'play'>): void {
    this.listens++;
    this.items.add(place, LISTENS);
    const firstAt = this.items.at(place, FIRST_AT);
    if (firstAt === 0 || play.at < firstAt) this.items.set(place, FIRST_AT, play.at);
    if (play.at > this.items.at(place, LAST_AT)) this.items.set(place, LAST_AT, play.at);
    const own = this.#placeOf(play);
    if (own === undefined) this.listensWithoutPlace++;
    const where = own ?? this.#place;
    const daypart = this.#clock.daypartAt(play.at, where);
    this.items.add(place, DAYPART + daypart);
    this.dayparts[daypart] = (this.dayparts[daypart] ?? 0) + 1;
    const month = this.#clock.monthAt(play.at, where);
    this.months.set(month, (this.months.get(month) ?? 0) + 1);
  }

  #countTally(tally: EventOf<'tally'>): void {
    const place = this.#catalogue.place(tally.itemId as ItemId);
    this.changes++;
    this.items.set(place, TALLY, this.items.at(place, TALLY) + tally.plays);
    this.items.set(place, TALLY_AT, Math.max(this.items.at(place, TALLY_AT), tally.at));
  }

  #countAction(action: EventOf<'action'>): void {
    if (action.itemId === undefined) return;
    const place = this.#catalogue.place(action.itemId as ItemId);
    if (this.opinions.hear(action.action, place, action.at)) this.changes++;
    if (action.action === 'dislike' || action.action === 'hide') this.#noteRejection(place, momentOf(action));
  }

  #noteRejection(place: number, at: EpochMs): void {
    if (!this.served.wasNewThing(place, at)) return;
    this.#rejections.push({ place, at });
    if (this.#rejections.length > REMEMBERED_REJECTIONS) this.#rejections.shift();
  }

  /** Takes the listener to be where the event says, unless a later one has said otherwise. */
  locate(event: ListenerEvent): void {
    const place = this.#placeOf(event);
    if (place === undefined || event.at < this.#placeAt) return;
    // An offset alone does not unseat a zone, which says more: the zone stays unless it contradicts the offset.
    if (place.timeZone === undefined && this.#place.timeZone !== undefined) {
      if (this.#clock.offsetAt(event.at, this.#place) === place.utcOffsetMin) return;
    }
    this.#place = place;
    this.#placeAt = event.at;
  }

  #placeOf(event: ListenerEvent): Place | undefined {
    if (event.timeZone !== undefined && this.#clock.knows(event.timeZone)) return { timeZone: event.timeZone };
    return event.utcOffsetMin === undefined ? undefined : { utcOffsetMin: event.utcOffsetMin };
  }
}
