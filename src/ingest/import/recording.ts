/**
 * Which rows of different services name the same thing. Services give one recording many ids (one a release, one a
 * market), so the identity is a hash of normalised artist and title; the services' own ids are kept beside it.
 */

import { type ItemId, itemId } from '#domain';
import { stableId } from './stable-id.ts';

const MARKS: readonly (readonly [RegExp, string])[] = [
  [/[\u2018\u2019\u201b\u0060\u00b4\u02bc]/gu, "'"],
  [/[\u201c\u201d\u201e\u00ab\u00bb]/gu, '"'],
  [/[\u2010-\u2015\u2212]/gu, '-'],
  [/[\s\p{Cc}\p{Cf}]+/gu, ' '],
];

/** As long as names may be on the wire; it also bounds what the patterns below cost. */
const MAX_NAME = 1000;

/** ASCII without the grave accent and without runs of spaces: only case can differ. Most names are of this kind. */
const PLAIN = /^(?! )(?!.* $)(?:[!-_a-~]| (?! ))*$/;

/** Case, width, quotes, dashes and white space made alike. Letters keep their accents: they tell names apart. */
export const normaliseName = (name: string): string => {
  if (name.length <= MAX_NAME && PLAIN.test(name)) return name.toLowerCase();
  let text = name.slice(0, MAX_NAME).normalize('NFKC').toLowerCase();
  for (const [mark, plain] of MARKS) text = text.replace(mark, plain);
  return text.trim();
};

/** Guests are credited in the title by one service and in the artist by another. */
const GUESTS = / ?[([](?:feat\.?|ft\.?|featuring) [^)\]]*[)\]]| (?:feat\.|ft\.|featuring) .*$/gu;

/** A remaster is the same recording; live, acoustic and edited versions are others and keep their words. */
const REMASTER = / ?(?:- |[([])(?:\d{4} )?(?:digital(?:ly)? )?remaster(?:ed)?(?: version)?(?: \d{4})?[)\]]?$/u;

/** What is left must still be a name: a title that is nothing but such words stays whole. */
const without = (text: string, pattern: RegExp): string => text.replace(pattern, '').trim() || text;

export const canonicalArtist = (name: string): string => without(normaliseName(name), GUESTS);

export const canonicalTitle = (title: string): string => without(without(normaliseName(title), GUESTS), REMASTER);

export const artistIdOf = (artist: string): ItemId => itemId('artist', stableId(canonicalArtist(artist)));

export const albumIdOf = (artist: string, album: string): ItemId =>
  itemId('album', stableId(canonicalArtist(artist), normaliseName(album)));

export const recordingIdOf = (artist: string, title: string): ItemId =>
  itemId('track', stableId(canonicalArtist(artist), canonicalTitle(title)));

export const showIdOf = (show: string): ItemId => itemId('show', stableId(normaliseName(show)));

export const episodeIdOf = (show: string, title: string): ItemId =>
  itemId('episode', stableId(normaliseName(show), normaliseName(title)));
