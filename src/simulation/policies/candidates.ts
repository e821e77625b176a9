/** What reference policies choose from: a few hundred plausible tracks. */

import { topK } from '#math';
import { GENRES } from '../genres.ts';
import type { WorldFrame } from '../listener.ts';
import type { Choosing } from './policy.ts';
import { GROUPS, type ServiceMemory } from './service-memory.ts';

/** Tracks of each genre that were listened to most; renewed when a day has ended. */
export class Charts {
  readonly #frame: WorldFrame;
  readonly #tracks: readonly (readonly number[])[];
  #byGenre: (readonly number[] | undefined)[] = [];
  #all: readonly number[] | undefined;

  constructor(frame: WorldFrame) {
    this.#frame = frame;
    this.#tracks = GENRES.map((_, genre) =>
      frame.catalogue.tracks.filter((track) => track.genres[0]![0] === genre).map((track) => track.index),
    );
  }

  renew(): void {
    this.#byGenre = [];
    this.#all = undefined;
  }

  ofGenre(genre: number): readonly number[] {
    this.#byGenre[genre] ??= this.#best(this.#tracks[genre] ?? []);
    return this.#byGenre[genre];
  }

  membersOf(genre: number): readonly number[] {
    return this.#tracks[genre] ?? [];
  }

  overall(): readonly number[] {
    this.#all ??= this.#best(this.#frame.catalogue.tracks.map((track) => track.index));
    return this.#all;
  }

  #best(tracks: readonly number[]): readonly number[] {
    const listens = Float64Array.from(tracks, (track) => this.#frame.fame.listens[track]!);
    return Array.from(topK(listens, Math.min(listens.length, CHART_LENGTH)), (n) => tracks[n]!);
  }
}

const CHART_LENGTH = 160;
const OWN_GENRES = 3;
const OWN_TRACKS = 60;
const NEWEST = 24;
/** From beyond the charts of the genres. */
const REACH = 60;

/** Charts of the listener's main genres (of the seed's for radio), what they listened to, and some of the newest. */
export const plausible = (choosing: Choosing, charts: Charts): readonly number[] => {
  const { request, frame } = choosing;
  const { observed } = request.life;
  const found = new Set<number>();
  for (const genre of genresFor(choosing)) for (const track of charts.ofGenre(genre)) found.add(track);
  if (found.size < request.count * 2) for (const track of charts.overall()) found.add(track);
  let own = 0;
  for (const track of observed.listens.keys()) {
    if (own++ >= observed.listens.size - OWN_TRACKS) found.add(track);
  }
  reach(choosing, charts, found);
  const { newest } = frame.catalogue;
  if (request.surface === 'home')
    for (let n = 0; n < NEWEST && n < newest.length; n++) found.add(newest[(n * 7) % newest.length]!);
  return [...found];
};

/** Tracks of those genres that no chart has, drawn evenly. */
const reach = (choosing: Choosing, charts: Charts, found: Set<number>): void => {
  const genres = genresFor(choosing);
  for (const genre of genres) {
    const all = charts.membersOf(genre);
    for (let n = 0; n < REACH / genres.length && all.length > 0; n++) found.add(all[choosing.rng.int(all.length)]!);
  }
};

const genresFor = ({ request, frame }: Choosing): readonly number[] => {
  if (request.seed >= 0) return frame.catalogue.tracks[request.seed]!.genres.map(([genre]) => genre);
  const { genres } = request.life.observed;
  return Array.from(topK(genres, OWN_GENRES)).filter((genre) => genres[genre]! > 0);
};

/** Smoothed share of a count in another, in the group where it is known and in everyone else's where it is not. */
export const rateOf = (
  service: ServiceMemory,
  [hits, tries]: readonly ['clicked' | 'finished' | 'again', 'examined' | 'started' | 'first'],
  group: number,
  track: number,
  prior: number,
): number => {
  const everyone = (service.everyone(hits, track) + 8 * prior) / (service.everyone(tries, track) + 8);
  if (group >= GROUPS) return everyone;
  return (service.of(hits, group, track) + 6 * everyone) / (service.of(tries, group, track) + 6);
};
