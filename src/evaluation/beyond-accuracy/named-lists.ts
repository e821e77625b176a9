/** Lists, items and plays by name, numbered for `beyondAccuracy`. */

import { EngineError } from '#domain';
import type { ItemFacts, ListenerLists } from './beyond-accuracy.ts';

export interface NamedItem {
  readonly item: string;
  /** None when unknown. */
  readonly genres: readonly string[];
  /** Any length but 0, the same for all items; without one the genres stand in. */
  readonly vector: readonly number[] | undefined;
}

export interface NamedPlays {
  readonly user: string;
  readonly item: string;
  /** ≥ 0. */
  readonly plays: number;
}

export interface NamedLists {
  /** Recommended items by listener, best first. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
  /** The whole catalogue. */
  readonly items: readonly NamedItem[];
  /** What listeners played before. */
  readonly plays: readonly NamedPlays[];
  /** Useful items by listener; undefined when nobody judged. */
  readonly useful: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  /** Items that an obvious recommender would give to anyone: so many of the best known. */
  readonly obvious: number;
}

/** In the order of `lists`. */
export interface NumberedLists {
  readonly names: readonly string[];
  readonly listeners: readonly ListenerLists[];
  readonly facts: ItemFacts;
}

/**
 * An item counts as known by those who played it; one that nobody has played as known by half a listener, so that its
 * novelty is finite. Plays of items outside the catalogue are left out.
 * @throws {EngineError} invalid_data for a recommended item that is not in the catalogue, an item that is in it twice,
 * vectors of different lengths or of length 0.
 */
export const numberLists = ({ lists, items, plays, useful, obvious }: NamedLists): NumberedLists => {
  const numbers = new Map(items.map(({ item }, number) => [item, number]));
  if (numbers.size < items.length) throw new EngineError('invalid_data', `an item is in the catalogue twice`);
  const numberOf = (item: string, user: string): number => {
    const number = numbers.get(item);
    if (number === undefined)
      throw new EngineError('invalid_data', `${item}, recommended to ${user}, is not in the catalogue`);
    return number;
  };
  const own = playsByUser(plays, numbers);
  const knownBy = new Float64Array(items.length);
  for (const held of own.values()) for (const number of held.keys()) knownBy[number]!++;
  const listeners = [...lists].map(([user, list]): ListenerLists => {
    const held = own.get(user) ?? new Map<number, number>();
    const found = useful?.get(user);
    return {
      list: list.map((item) => numberOf(item, user)),
      own: [...held.keys()],
      plays: [...held.values()],
      useful: useful && new Set([...(found ?? [])].flatMap((item) => numbers.get(item) ?? [])),
    };
  });
  return { names: [...lists.keys()], listeners, facts: factsOf(items, knownBy, own.size, obvious) };
};

const playsByUser = (
  plays: readonly NamedPlays[],
  numbers: ReadonlyMap<string, number>,
): ReadonlyMap<string, ReadonlyMap<number, number>> => {
  const own = new Map<string, Map<number, number>>();
  for (const { user, item, plays: count } of plays) {
    const number = numbers.get(item);
    if (number === undefined || count === 0) continue;
    const held = own.get(user) ?? new Map<number, number>();
    held.set(number, (held.get(number) ?? 0) + count);
    own.set(user, held);
  }
  return own;
};

const factsOf = (items: readonly NamedItem[], knownBy: Float64Array, listeners: number, obvious: number): ItemFacts => {
  const genres = new Map<string, number>();
  for (const item of items) for (const genre of item.genres) if (!genres.has(genre)) genres.set(genre, genres.size);
  const genresOf = items.map((item) => item.genres.map((genre) => genres.get(genre)!));
  const vectors = items.map((item, number) => unitVector(item, genresOf[number]!, genres.size));
  const width = vectors.find((vector) => vector !== undefined)?.length;
  const odd = vectors.findIndex((vector) => vector !== undefined && vector.length !== width);
  if (odd !== -1) {
    throw new EngineError('invalid_data', `the vector of ${items[odd]!.item} has another length than those before`);
  }
  const best = Array.from(knownBy.keys()).sort((a, b) => knownBy[b]! - knownBy[a]! || a - b);
  return {
    items: items.length,
    knownBy: (item) => Math.max(knownBy[item]!, 0.5) / Math.max(listeners, 1),
    vector: (item) => vectors[item],
    genresOf: (item) => genresOf[item]!,
    genres: genres.size,
    obvious: new Set(best.slice(0, obvious).filter((item) => knownBy[item]! > 0)),
  };
};

/** Of its own vector, else of its genres, each alike; undefined when the item has neither. */
const unitVector = (
  { item, vector }: NamedItem,
  genres: readonly number[],
  count: number,
): Float64Array | undefined => {
  const own = vector === undefined ? new Float64Array(count) : Float64Array.from(vector);
  if (vector === undefined) for (const genre of genres) own[genre] = 1;
  const length = Math.hypot(...own);
  if (length > 0) return own.map((value) => value / length);
  if (vector === undefined) return undefined;
  throw new EngineError('invalid_data', `the vector of ${item} is all zeros`);
};
