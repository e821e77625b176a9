/** The world's music: artists with careers, their albums and tracks, each with a place in taste space. */

import type { EpochMs, ItemId } from '#domain';
import { itemId } from '#domain';
import type { Rng } from '#math';
import { drawCareer, type Release } from './career.ts';
import { GENRES } from './genres.ts';
import type { Namer } from './names.ts';
import { columnsOf, type TrackColumns } from './track-columns.ts';
import { directionNear, randomDirection } from './vectors.ts';
import { clamp, createWeightedDraw, pick } from './weighted-draw.ts';

export interface Artist {
  readonly id: ItemId;
  readonly name: string;
  /** Index into GENRES. */
  readonly genre: number;
  readonly vector: Float32Array;
  /** How gifted, standard normal: the tracks scatter around it. */
  readonly quality: number;
  readonly debutAt: EpochMs;
  /** Indices of the artist's tracks, newest release first. */
  readonly tracks: readonly number[];
}

export interface Track {
  readonly index: number;
  readonly id: ItemId;
  readonly title: string;
  /** Index of the artist. */
  readonly artist: number;
  readonly albumId: ItemId;
  readonly album: string;
  readonly vector: Float32Array;
  /** Shares of genres, by index into GENRES, the main one first; they sum to 1. */
  readonly genres: readonly (readonly [genre: number, share: number])[];
  /** 0 still … 1 driving. */
  readonly energy: number;
  /** Beats a minute. */
  readonly tempo: number;
  /** 0 sad … 1 glad. */
  readonly valence: number;
  /** How well made, standard normal: the same for everyone. */
  readonly quality: number;
  /** How far its cover draws clicks beyond its worth, in log-odds. */
  readonly hook: number;
  readonly durationMs: number;
  readonly releasedAt: EpochMs;
  readonly explicit: boolean;
  readonly tags: readonly string[];
}

export interface Catalogue {
  readonly artists: readonly Artist[];
  readonly tracks: readonly Track[];
  readonly columns: TrackColumns;
  /** Tracks by release day, newest first: the newest tenth or so. */
  readonly newest: readonly number[];
}

export interface CatalogueOptions {
  readonly prefix: string;
  readonly tracks: number;
  readonly bait: number;
  readonly until: EpochMs;
  readonly rng: Rng;
  readonly namer: Namer;
}

/** Share of tracks counted as the newest. */
const NEWEST_SHARE = 0.12;
/** Share of a track's quality that is its artist's. */
const ARTIST_SHARE = 0.5;

export const createCatalogue = (options: CatalogueOptions): Catalogue => {
  const rng = options.rng.derive('catalogue');
  const centres = GENRES.map((_, genre) => randomDirection(rng.derive('genre', genre)));
  const drawGenre = createWeightedDraw(GENRES.map((genre) => genre.size));
  const artists: Artist[] = [];
  const tracks: Track[] = [];
  while (tracks.length < options.tracks) {
    const own = rng.derive('artist', artists.length);
    // The first artists take the genres in turn, so that no genre is left empty.
    const genre = artists.length < GENRES.length ? artists.length : drawGenre(own);
    const base = {
      id: nameId('artist', options.prefix, artists.length),
      name: options.namer.artist(own),
      genre,
      vector: directionNear(pick(centres, genre), 0.6, own),
      quality: own.normal(),
    };
    const career = drawCareer(options.until, options.tracks - tracks.length, own);
    const added = career.releases.flatMap((release, album) =>
      addRelease(base, { release, album, artist: artists.length }, tracks, options, own),
    );
    artists.push({ ...base, debutAt: career.debutAt, tracks: added });
  }
  return { artists, tracks, columns: columnsOf(tracks), newest: newestOf(tracks) };
};

const nameId = (type: 'artist' | 'track' | 'album', prefix: string, n: number): ItemId =>
  itemId(type, `${prefix}-${String(n + 1).padStart(4, '0')}`);

type Maker = Pick<Artist, 'genre' | 'vector' | 'quality' | 'id'>;

const addRelease = (
  artist: Maker,
  place: { readonly release: Release; readonly album: number; readonly artist: number },
  tracks: Track[],
  options: CatalogueOptions,
  rng: Rng,
): readonly number[] => {
  const common = {
    artist: place.artist,
    albumId: itemId('album', `${artist.id.slice('artist:'.length)}-${place.album + 1}`),
    album: options.namer.title(rng),
    releasedAt: place.release.at,
  };
  return Array.from({ length: place.release.size }, () => {
    const index = tracks.length;
    tracks.push(makeTrack({ ...common, index }, artist, options, rng));
    return index;
  });
};

const makeTrack = (
  place: Pick<Track, 'index' | 'artist' | 'albumId' | 'album' | 'releasedAt'>,
  artist: Maker,
  options: CatalogueOptions,
  rng: Rng,
): Track => {
  const genre = pick(GENRES, artist.genre);
  const energy = clamp(genre.energy + 0.12 * rng.normal(), 0, 1);
  const quality = Math.sqrt(ARTIST_SHARE) * artist.quality + Math.sqrt(1 - ARTIST_SHARE) * rng.normal();
  return {
    ...place,
    id: nameId('track', options.prefix, place.index),
    title: options.namer.title(rng),
    vector: directionNear(artist.vector, 0.35, rng),
    genres: mixGenres(artist.genre, rng),
    energy,
    tempo: Math.round(clamp(70 + 75 * energy + 18 * rng.normal(), 50, 210)),
    valence: clamp(0.5 + 0.25 * (energy - 0.5) + 0.2 * rng.normal(), 0, 1),
    quality,
    // Bait is often made for what cannot stand by itself.
    hook: options.bait * (rng.normal() - 0.6 * quality),
    durationMs: Math.round(1000 * clamp(genre.durationS * Math.exp(0.22 * rng.normal()), 75, 720)),
    explicit: rng.next() < (genre.name === 'hip hop' ? 0.3 : 0.04),
    tags: tagsOf(genre.name, energy, rng),
  };
};

/** Half the tracks are of one genre alone, the others lean to a neighbour. */
const mixGenres = (main: number, rng: Rng): Track['genres'] => {
  if (rng.next() < 0.5) return [[main, 1]];
  const share = 0.55 + 0.4 * rng.next();
  const step = rng.next() < 0.5 ? 1 : GENRES.length - 1;
  return [
    [main, share],
    [(main + step) % GENRES.length, 1 - share],
  ];
};

const MOODS = ['warm', 'dark', 'bright', 'wistful', 'playful', 'instrumental', 'live', 'lo-fi'];

const tagsOf = (genre: string, energy: number, rng: Rng): readonly string[] => {
  const tags = [genre];
  if (energy < 0.25) tags.push('calm');
  if (energy > 0.75) tags.push('energetic');
  if (energy > 0.2 && energy < 0.5) tags.push('mellow');
  tags.push(pick(MOODS, rng.int(MOODS.length)));
  return tags;
};

const newestOf = (tracks: readonly Track[]): readonly number[] =>
  [...tracks]
    .sort((a, b) => b.releasedAt - a.releasedAt || a.index - b.index)
    .slice(0, Math.ceil(tracks.length * NEWEST_SHARE))
    .map((track) => track.index);
