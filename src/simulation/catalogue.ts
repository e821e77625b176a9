/** The world's music: artists of Zipf popularity in genres, their albums and tracks, each with a place in taste space. */

import { DAY_MS, type EpochMs, type ItemId, itemId } from '#domain';
import type { Rng } from '#math';
import { GENRES } from './genres.ts';
import type { Namer } from './names.ts';
import { directionNear, randomDirection } from './vectors.ts';
import { clamp, createWeightedDraw, pick, type WeightedDraw } from './weighted-draw.ts';

export interface Artist {
  readonly id: ItemId;
  readonly name: string;
  /** Index into GENRES. */
  readonly genre: number;
  readonly vector: Float32Array;
  /** Indices of the artist's tracks, the most popular first. */
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
  /** 0 still … 1 driving. */
  readonly energy: number;
  /** How well made, standard normal: the same for everyone. */
  readonly quality: number;
  readonly durationMs: number;
  readonly releasedAt: EpochMs;
  readonly explicit: boolean;
  readonly tags: readonly string[];
}

export interface Catalogue {
  readonly artists: readonly Artist[];
  readonly tracks: readonly Track[];
  /** Per genre: a draw of one of its artists by popularity; the result indexes `artists`. */
  readonly drawArtist: readonly WeightedDraw[];
  /** A draw of one track of an artist by popularity; the result indexes `tracks`. */
  readonly drawTrack: (artist: number, rng: Rng) => number;
  /** Tracks whose release day lies in the last 30 days of the world and of the time before, newest first. */
  readonly newest: readonly number[];
}

export interface CatalogueOptions {
  readonly prefix: string;
  readonly tracks: number;
  readonly until: EpochMs;
  readonly rng: Rng;
  readonly namer: Namer;
}

const TRACKS_AN_ARTIST = 9;
/** Exponent of the Zipf law of artists within their genre. */
const ARTIST_SKEW = 0.85;
const TRACK_SKEW = 0.7;
/** Share of artists with something new in the last 30 days. */
const ACTIVE_SHARE = 0.3;
const LATEST_DAYS = 30;
/** Share of tracks counted as the newest. */
const NEWEST_SHARE = 0.12;

export const createCatalogue = (options: CatalogueOptions): Catalogue => {
  const rng = options.rng.derive('catalogue');
  const centres = GENRES.map(() => randomDirection(rng));
  const drawGenre = createWeightedDraw(GENRES.map((genre) => genre.size));
  const artists: Artist[] = [];
  const tracks: Track[] = [];
  while (tracks.length < options.tracks) {
    // The first artists take the genres in turn, so that no genre is left empty.
    const genre = artists.length < GENRES.length ? artists.length : drawGenre(rng);
    const vector = directionNear(pick(centres, genre), 0.6, rng);
    const base = {
      id: nameId('artist', options.prefix, artists.length),
      name: options.namer.artist(rng),
      genre,
      vector,
    };
    artists.push({ ...base, tracks: addTracks(base, artists.length, tracks, options, rng) });
  }
  return { artists, tracks, ...createDraws(artists), newest: newestOf(tracks) };
};

const nameId = (type: 'artist' | 'track' | 'album', prefix: string, n: number): ItemId =>
  itemId(type, `${prefix}-${String(n + 1).padStart(4, '0')}`);

const addTracks = (
  artist: Pick<Artist, 'genre' | 'vector' | 'id'>,
  index: number,
  tracks: Track[],
  options: CatalogueOptions,
  rng: Rng,
): readonly number[] => {
  const left = options.tracks - tracks.length;
  const count = Math.min(left, 3 + rng.int(2 * TRACKS_AN_ARTIST - 5));
  const added: number[] = [];
  const isActive = rng.next() < ACTIVE_SHARE;
  let album = 0;
  while (added.length < count) {
    const isNewRelease = isActive && album === 0;
    const size = Math.min(count - added.length, isNewRelease ? 1 + rng.int(3) : 3 + rng.int(8));
    const release = {
      albumId: itemId('album', `${artist.id.slice('artist:'.length)}-${album + 1}`),
      album: options.namer.title(rng),
      releasedAt: options.until - DAY_MS * (isNewRelease ? 1 + rng.int(LATEST_DAYS - 2) : oldAge(rng)),
    };
    for (let n = 0; n < size; n++) {
      added.push(tracks.length);
      tracks.push(makeTrack({ ...release, artist: index, index: tracks.length }, artist, options, rng));
    }
    album++;
  }
  // The new release is not the best known work: it goes to the middle of the artist's popularity.
  return [...added.slice(2), ...added.slice(0, 2)];
};

/** Days since release of older work: mostly the last years, some decades. */
const oldAge = (rng: Rng): number => Math.round(40 + 15_000 * rng.next() ** 3);

const makeTrack = (
  place: Pick<Track, 'index' | 'artist' | 'albumId' | 'album' | 'releasedAt'>,
  artist: Pick<Artist, 'genre' | 'vector'>,
  options: CatalogueOptions,
  rng: Rng,
): Track => {
  const genre = pick(GENRES, artist.genre);
  const energy = clamp(genre.energy + 0.12 * rng.normal(), 0, 1);
  return {
    ...place,
    id: nameId('track', options.prefix, place.index),
    title: options.namer.title(rng),
    vector: directionNear(artist.vector, 0.35, rng),
    energy,
    quality: rng.normal(),
    durationMs: Math.round(1000 * clamp(genre.durationS * Math.exp(0.22 * rng.normal()), 75, 720)),
    explicit: rng.next() < (genre.name === 'hip hop' ? 0.3 : 0.04),
    tags: tagsOf(genre.name, energy, rng),
  };
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

const zipf = (count: number, skew: number): number[] => Array.from({ length: count }, (_, rank) => (rank + 1) ** -skew);

const createDraws = (artists: readonly Artist[]): Pick<Catalogue, 'drawArtist' | 'drawTrack'> => {
  const drawArtist = GENRES.map((_, genre): WeightedDraw => {
    const members = artists.flatMap((artist, index) => (artist.genre === genre ? [index] : []));
    const draw = createWeightedDraw(members.length === 0 ? [1] : zipf(members.length, ARTIST_SKEW));
    return (rng) => members[draw(rng)] ?? 0;
  });
  const draws = artists.map((artist) => createWeightedDraw(zipf(artist.tracks.length, TRACK_SKEW)));
  return {
    drawArtist,
    drawTrack: (artist, rng) => pick(pick(artists, artist).tracks, pick(draws, artist)(rng)),
  };
};

const newestOf = (tracks: readonly Track[]): readonly number[] =>
  [...tracks]
    .sort((a, b) => b.releasedAt - a.releasedAt || a.index - b.index)
    .slice(0, Math.ceil(tracks.length * NEWEST_SHARE))
    .map((track) => track.index);
