/**
 * Who is heard of. Popularity is not pasted on: it grows from listening, before the world begins by an urn in which most
 * listens copy an earlier one [Simon1955], then by the plays of each day.
 */

import type { EpochMs } from '#domain';
import type { Rng } from '#math';
import type { Catalogue } from './catalogue.ts';
import { GENRES } from './genres.ts';
import { createWeightedDraw, pick, sigmoid, type WeightedDraw } from './weighted-draw.ts';

export interface Fame {
  /** Listens so far, by track; the past before the world counts. */
  readonly listens: Float64Array;
  /** Listens so far to what is mainly of that genre. */
  readonly ofGenre: (genre: number) => number;
  /** An artist of the genre, by how often they were listened to; the result indexes `artists`. */
  readonly drawArtist: (genre: number, rng: Rng) => number;
  /** A track of the artist, likewise. */
  readonly drawTrack: (artist: number, rng: Rng) => number;
  /** Adds a day's listens by track. */
  readonly grow: (listens: ArrayLike<number>) => void;
  /** Sets all listens, as they were read before. */
  readonly restore: (listens: ArrayLike<number>) => void;
}

/** Listens of the past per track. */
const PAST_LISTENS = 24;
/** Share of listens that find their track by themselves. */
const FOUND_ALONE = 0.12;
/** Share of copied listens that move on to another track of the artist. */
const MOVES_ON = 0.2;
/** What nobody has listened to yet is heard of this much. */
const UNHEARD = 0.4;

export const createFame = (catalogue: Catalogue, start: EpochMs, rng: Rng): Fame => {
  const listens = livePast(catalogue, start, rng);
  const members = GENRES.map((_, genre) =>
    catalogue.artists.flatMap((artist, index) => (artist.genre === genre ? [index] : [])),
  );
  let byGenre: WeightedDraw[] = [];
  let byArtist: (WeightedDraw | undefined)[] = [];
  const weightOf = (track: number): number => UNHEARD + (listens[track] ?? 0);
  const artistWeight = (artist: number): number => {
    let sum = 0;
    for (const track of pick(catalogue.artists, artist).tracks) sum += weightOf(track);
    return sum;
  };
  const renew = (): void => {
    byGenre = members.map((artists) => createWeightedDraw(artists.length === 0 ? [1] : artists.map(artistWeight)));
    byArtist = new Array(catalogue.artists.length);
  };
  renew();
  return {
    listens,
    ofGenre: (genre) => {
      let sum = 0;
      for (const artist of pick(members, genre)) sum += artistWeight(artist);
      return sum;
    },
    drawArtist: (genre, drawing) => pick(members, genre)[pick(byGenre, genre)(drawing)] ?? 0,
    drawTrack: (artist, drawing) => {
      const { tracks } = pick(catalogue.artists, artist);
      let draw = byArtist[artist];
      if (draw === undefined) {
        draw = createWeightedDraw(tracks.map(weightOf));
        byArtist[artist] = draw;
      }
      return pick(tracks, draw(drawing));
    },
    grow: (day) => {
      for (let track = 0; track < listens.length; track++) listens[track]! += day[track] ?? 0;
      renew();
    },
    restore: (before) => {
      listens.set(before);
      renew();
    },
  };
};

/**
 * The urn, which grows as tracks come out: a listen finds one of those that are out by itself, or copies one of before; it
 * moves on within the artist, and stays if the track is good.
 */
const livePast = (catalogue: Catalogue, start: EpochMs, rng: Rng): Float64Array => {
  const { tracks, artists } = catalogue;
  const listens = new Float64Array(tracks.length);
  const out = tracks
    .filter((track) => track.releasedAt <= start)
    .sort((a, b) => a.releasedAt - b.releasedAt || a.index - b.index)
    .map((track) => track.index);
  if (out.length === 0) return listens;
  const past = new Uint32Array(PAST_LISTENS * out.length);
  for (let n = 0; n < past.length; n++) {
    const isOutBy = Math.floor(n / PAST_LISTENS) + 1;
    const found = n === 0 || rng.next() < FOUND_ALONE ? pick(out, rng.int(isOutBy)) : past[rng.int(n)]!;
    const track = rng.next() < MOVES_ON ? another(pick(artists, pick(tracks, found).artist).tracks, rng) : found;
    const isOut = pick(tracks, track).releasedAt <= start;
    const stays = isOut && rng.next() < sigmoid(1.2 * pick(tracks, track).quality);
    past[n] = stays ? track : found;
    listens[past[n]!]!++;
  }
  return listens;
};

const another = (tracks: readonly number[], rng: Rng): number => pick(tracks, rng.int(tracks.length));
