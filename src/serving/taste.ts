/**
 * What follows from a listener's events and the models, for one answer; each part is worked out when it is first asked for. The next event
 * would change it, and kept until then it would only be for the collector of garbage to walk over.
 */

import { DAY_MS, type EpochMs } from '#domain';
import type { History, Model, UserVector } from '#models';
import type { Catalogue } from './catalogue.ts';
import { DAYPART, SKIPS } from './item-counts.ts';
import { EMPTY_HISTORY, type Learned, type RankedPlaces } from './learned.ts';
import type { Listener } from './listener.ts';
import { heaviest, type WeightedPlaces } from './weighted-places.ts';

/** A play counts less as it ages, down to a quarter: tastes last longer than moods. */
const HALF_LIFE_MS = 90 * DAY_MS;
const LASTING = 0.25;
/** A like, a save or a follow speaks like so many plays. */
const WANTED_PLAYS = 3;
/** Items of a history that models are told of: the heaviest ones. */
const HISTORY = 500;
/** Places ranked for a listener at once; shelves choose from them. */
const RANKED = 400;

export interface Ranker {
  readonly model: Model;
  readonly user: UserVector;
}

/** What the items of a listener come to. */
interface ArtistSums {
  readonly plays: ReadonlyMap<number, number>;
  readonly met: ReadonlySet<number>;
  /** Plays of all of them. */
  readonly total: number;
}

export class Taste {
  readonly listener: Listener;
  readonly catalogue: Catalogue;
  readonly learned: Learned | null;
  /** The moment that ages of plays are counted to. */
  readonly madeAt: EpochMs;
  /** Of the listener, when it was made. */
  readonly #changes: number;
  readonly #dayparts = new Map<number, ReadonlyMap<number, number>>();
  readonly #leftOut = new Map<string, Set<number>>();
  #sums: ArtistSums | undefined;
  #weights: WeightedPlaces | undefined;
  readonly #rankers = new Map<number, Ranker | null>();
  #history: History | undefined;
  readonly #rankings = new Map<number, RankedPlaces>();

  constructor(listener: Listener, catalogue: Catalogue, learned: Learned | null, now: EpochMs) {
    this.madeAt = now;
    this.listener = listener;
    this.catalogue = catalogue;
    this.learned = learned;
    this.#changes = listener.changes;
  }

  /** Nothing that can change an answer has happened since it was made. */
  get isCurrent(): boolean {
    return this.#changes === this.listener.changes;
  }

  /** The same listener by the same models, with what has happened since. */
  anew(): Taste {
    return new Taste(this.listener, this.catalogue, this.learned, this.madeAt);
  }

  /** Plays per artist; artists without one are absent. */
  get artists(): ReadonlyMap<number, number> {
    return this.#artistSums().plays;
  }

  /** Artists of anything played or skipped. */
  get metArtists(): ReadonlySet<number> {
    return this.#artistSums().met;
  }

  get breadth(): { readonly plays: number; readonly artists: number } {
    const { total, plays } = this.#artistSums();
    return { plays: total, artists: plays.size };
  }

  /** Listens per artist in a part of the local day. */
  daypartArtists(daypart: number): ReadonlyMap<number, number> {
    const known = this.#dayparts.get(daypart);
    if (known !== undefined) return known;
    const counts = new Map<number, number>();
    for (const place of this.listener.items.places()) {
      const artist = this.catalogue.artist(place);
      const listens = this.listener.items.at(place, DAYPART + daypart);
      if (artist >= 0 && listens > 0) counts.set(artist, (counts.get(artist) ?? 0) + listens);
    }
    this.#dayparts.set(daypart, counts);
    return counts;
  }

  /** How much each item speaks for the listener's taste now, heaviest first; only items that speak for it. */
  weights(): WeightedPlaces {
    this.#weights ??= heaviest(this.#heardOrWanted(), (place) => this.#weightOf(place), HISTORY);
    return this.#weights;
  }

  /**
   * The personal model of a tier, 0 being the best, told of this listener; null beyond the last, without models, or
   * without a history that they know. Each model is told when it is first asked for.
   */
  ranker(tier: number): Ranker | null {
    const known = this.#rankers.get(tier);
    if (known !== undefined) return known;
    this.#history ??= this.learned?.toHistory(this.weights()) ?? EMPTY_HISTORY;
    const model = this.#history.items.length === 0 ? undefined : this.learned?.personal[tier];
    const ranker = model === undefined ? null : { model, user: model.foldIn(this.#history) };
    this.#rankers.set(tier, ranker);
    return ranker;
  }

  /**
   * Places the listener has not met and may be shown, ranked by the personal model of this tier, 0 being the best one;
   * null beyond the last. O(items) per model.
   */
  ranking(tier: number): RankedPlaces | null {
    const ranker = this.ranker(tier);
    if (ranker === null) return null;
    let ranked = this.#rankings.get(tier);
    if (ranked === undefined) {
      const exclude = (index: number) => !this.isNews(this.learned!.place(index));
      ranked = this.learned!.toPlaces(ranker.model.recommend(ranker.user, RANKED, exclude), ranker.model.name);
      this.#rankings.set(tier, ranked);
    }
    return ranked;
  }

  /** Not met, of a kind that people listen to, and not refused. */
  isNews(place: number): boolean {
    if (this.listener.hasMet(place)) {
      this.leaveOut('already_played', place);
      return false;
    }
    return this.isServable(place);
  }

  /** Of a kind that people listen to, and not refused. */
  isServable(place: number): boolean {
    const refusal = this.refusal(place);
    if (refusal !== null) this.leaveOut(refusal, place);
    return refusal === null && (this.learned?.isServable(place) ?? true);
  }

  /** Notes what would have been a candidate but for the reason. */
  leaveOut(reason: string, place: number): void {
    const places = this.#leftOut.get(reason);
    if (places === undefined) this.#leftOut.set(reason, new Set([place]));
    else places.add(place);
  }

  /** Items left out so far, by reason. */
  leftOut(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#leftOut].map(([reason, places]) => [reason, places.size]));
  }

  /** The rankers, best first, each made when the one before was not enough. */
  *rankers(): Generator<Ranker> {
    for (let tier = 0; ; tier++) {
      const ranker = this.ranker(tier);
      if (ranker === null) return;
      yield ranker;
    }
  }

  /** Why the listener may not be shown this; null if they may. */
  refusal(place: number): string | null {
    const { opinions } = this.listener;
    if (!this.catalogue.isAvailable(place)) return 'unavailable';
    if (!opinions.barsAny) return null;
    if (opinions.dislikes(place)) return 'disliked';
    if (opinions.hides(place)) return 'hidden';
    const artist = this.catalogue.artist(place);
    return artist >= 0 && opinions.bars(artist) ? 'artist_barred' : null;
  }

  #artistSums(): ArtistSums {
    this.#sums ??= sumsOf(this.listener, this.catalogue);
    return this.#sums;
  }

  #heardOrWanted(): Int32Array {
    const { items, opinions } = this.listener;
    const met = items.places();
    const others = opinions.wanted().filter((place) => !items.has(place));
    const places = new Int32Array(met.length + others.length);
    places.set(met);
    places.set(others, met.length);
    return places;
  }

  #weightOf(place: number): number {
    const { listener } = this;
    if (listener.opinions.bars(place)) return 0;
    const wanted = listener.opinions.wants(place) ? WANTED_PLAYS : 0;
    const plays = listener.playsOf(place);
    // Skipped more than twice as often as heard: it does not speak for the taste.
    if (wanted === 0 && listener.items.at(place, SKIPS) > 2 * plays) return 0;
    const lastAt = listener.lastListenAt(place);
    const fading =
      lastAt === null ? 1 : LASTING + (1 - LASTING) * 2 ** (-Math.max(0, this.madeAt - lastAt) / HALF_LIFE_MS);
    return plays * fading + wanted;
  }
}

const sumsOf = (listener: Listener, catalogue: Catalogue): ArtistSums => {
  const plays = new Map<number, number>();
  const met = new Set<number>();
  let total = 0;
  for (const place of listener.items.places()) {
    const artist = catalogue.artist(place);
    if (artist < 0) continue;
    if (listener.hasMet(place)) met.add(artist);
    const own = listener.playsOf(place);
    if (own === 0) continue;
    plays.set(artist, (plays.get(artist) ?? 0) + own);
    total += own;
  }
  return { plays, met, total };
};
