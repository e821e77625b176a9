/** What reference policies choose from: a few hundred plausible tracks. */

import { type Rng, topK } from '#math';
import { GENRES } from '../genres.ts';
import type { WorldFrame } from '../listener.ts';
import type { Choosing } from './policy.ts';

interface Gathering {
  readonly tracks: readonly number[];
  readonly add: (track: number) => void;
}

/** Tracks of each genre that were listened to most; renewed when a day has ended. */
export class Charts {
  readonly #frame: WorldFrame;
  readonly #tracks: readonly (readonly number[])[];
  #byGenre: (readonly number[] | undefined)[] = [];
  #all: readonly number[] | undefined;
  /** The list in which each track came last, by number: lists count from 1. */
  readonly #gathered: { round: number; readonly lastRound: Float64Array };

  constructor(frame: WorldFrame) {
    this.#frame = frame;
    this.#gathered = { round: 1, lastRound: new Float64Array(frame.catalogue.tracks.length) };
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

  /** A list in which each track comes once, in order of its coming; complete when the next one is begun. */
  gather(): Gathering {
    const { round } = this.#gathered;
    this.#gathered.round = round + 1;
    const { lastRound } = this.#gathered;
    const tracks: number[] = [];
    const add = (track: number): void => {
      if (lastRound[track] === round) return;
      lastRound[track] = round;
      tracks.push(track);
    };
    return { tracks, add };
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
  const genres = genresFor(choosing);
  const found = charts.gather();
  for (const genre of genres) for (const track of charts.ofGenre(genre)) found.add(track);
  if (found.tracks.length < request.count * 2) for (const track of charts.overall()) found.add(track);
  let own = 0;
  for (const track of observed.listens.keys()) {
    if (own++ >= observed.listens.size - OWN_TRACKS) found.add(track);
  }
  for (const genre of genres) reach(charts.membersOf(genre), REACH / genres.length, choosing.rng, found);
  const { newest } = frame.catalogue;
  if (request.surface === 'home')
    for (let n = 0; n < NEWEST && n < newest.length; n++) found.add(newest[(n * 7) % newest.length]!);
  return found.tracks;
};

/** So many of the tracks, drawn evenly: what no chart has. */
const reach = (tracks: readonly number[], count: number, rng: Rng, found: Gathering): void => {
  for (let n = 0; n < count && tracks.length > 0; n++) found.add(tracks[rng.int(tracks.length)]!);
};

const genresFor = ({ request, frame }: Choosing): readonly number[] => {
  if (request.seed >= 0) return frame.catalogue.tracks[request.seed]!.genres.map(([genre]) => genre);
  const { genres } = request.life.observed;
  return Array.from(topK(genres, OWN_GENRES)).filter((genre) => genres[genre]! > 0);
};
