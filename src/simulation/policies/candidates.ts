/** What reference policies choose from: a few hundred plausible tracks. */

import { type Rng, topK } from '#math';
import { GENRES } from '../genres.ts';
import type { WorldFrame } from '../listener.ts';
import type { Choosing } from './policy.ts';

/** A set of tracks that is emptied without being touched: by track the set in which it was last, by number from 1. */
class TrackSet {
  readonly #lastRound: Float64Array;
  readonly #tracks: Uint32Array;
  #round = 1;
  #size = 0;

  constructor(tracks: number) {
    this.#lastRound = new Float64Array(tracks);
    this.#tracks = new Uint32Array(tracks);
  }

  get size(): number {
    return this.#size;
  }

  clear(): void {
    this.#round++;
    this.#size = 0;
  }

  has(track: number): boolean {
    return this.#lastRound[track] === this.#round;
  }

  add(track: number): void {
    if (this.has(track)) return;
    this.#lastRound[track] = this.#round;
    this.#tracks[this.#size++] = track;
  }

  addAll(tracks: ArrayLike<number>, from = 0): void {
    for (let n = from; n < tracks.length; n++) this.add(tracks[n]!);
  }

  /** In order of their coming; good until the set is emptied. */
  toList(): Uint32Array {
    return this.#tracks.subarray(0, this.#size);
  }
}

/** Tracks of each genre that were listened to most; renewed when a day has ended. */
export class Charts {
  readonly #frame: WorldFrame;
  readonly #tracks: readonly (readonly number[])[];
  #byGenre: (readonly number[] | undefined)[] = [];
  #all: readonly number[] | undefined;
  /** For one decision at a time: what there is to choose from, and what the listener knows. */
  readonly found: TrackSet;
  readonly known: TrackSet;

  constructor(frame: WorldFrame) {
    this.#frame = frame;
    this.found = new TrackSet(frame.catalogue.tracks.length);
    this.known = new TrackSet(frame.catalogue.tracks.length);
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
export const plausible = (choosing: Choosing, charts: Charts): Uint32Array => {
  const { request, frame, rng } = choosing;
  const { met } = request.life.observed;
  const genres = genresFor(choosing);
  const { found } = charts;
  found.clear();
  for (const genre of genres) found.addAll(charts.ofGenre(genre));
  if (found.size < request.count * 2) found.addAll(charts.overall());
  found.addAll(met, Math.max(0, met.length - OWN_TRACKS));
  for (const genre of genres) reach(charts.membersOf(genre), REACH / genres.length, rng, found);
  const { newest } = frame.catalogue;
  if (request.surface === 'home')
    for (let n = 0; n < NEWEST && n < newest.length; n++) found.add(newest[(n * 7) % newest.length]!);
  return found.toList();
};

/** So many of the tracks, drawn evenly: what no chart has. */
const reach = (tracks: readonly number[], count: number, rng: Rng, found: TrackSet): void => {
  for (let n = 0; n < count && tracks.length > 0; n++) found.add(tracks[rng.int(tracks.length)]!);
};

const genresFor = ({ request, frame }: Choosing): readonly number[] => {
  if (request.seed >= 0) return frame.catalogue.tracks[request.seed]!.genres.map(([genre]) => genre);
  const { genres } = request.life.observed;
  return Array.from(topK(genres, OWN_GENRES)).filter((genre) => genres[genre]! > 0);
};
