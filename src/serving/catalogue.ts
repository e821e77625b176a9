/** The catalogue in memory. Every id ever seen has a place, a dense number that never changes while the process lives. */

import {
  type CatalogueEntry,
  type EpochMs,
  type EventOf,
  IdTable,
  INTENTS,
  type Intent,
  ITEM_TYPES,
  type Item,
  type ItemId,
  type ItemType,
  indexedFieldsOf,
  itemTypeOf,
  listOfItem,
  type PackedIds,
} from '#domain';
import { poolPurposes, purposeOf } from '#units';
import { byte, Column, float64, int32 } from './column.ts';
import { ItemStore } from './item-store.ts';
import { WorksOfArtists } from './works-of-artists.ts';

const UNKNOWN = -1;
/** Where more of the catalogue than this was just added, being added says nothing: it was imported. */
const MOST_ADDED = 0.2;

/** A change of a pool, as far as it decides what the pool is. */
export type PoolChange = Pick<EventOf<'editor'>, 'poolId' | 'change' | 'title' | 'purpose' | 'items'>;

/** An editorial pool as it stands. */
export interface Pool {
  readonly poolId: string;
  readonly title: string;
  readonly purpose: string | null;
  readonly items: ReadonlySet<ItemId>;
}

/** Places that are new since some moment. */
interface Recent {
  readonly released: readonly number[];
  readonly added: readonly number[];
}

export class Catalogue {
  readonly #places = new IdTable<ItemId>();
  /** In the order of ITEM_TYPES. */
  readonly #types = new Column(byte, 0);
  readonly #items = new ItemStore();
  /** Place of the artist, `UNKNOWN` where it is not known. */
  readonly #artists = new Column(int32, UNKNOWN);
  readonly #artistNames = new Map<number, string>();
  readonly #works = new WorksOfArtists();
  /** What the tags of an item name, as its number in INTENTS and one more; 0 where they name nothing. */
  readonly #purposes = new Column(byte, 0);
  /** NaN where it is not known. */
  readonly #addedAt = new Column(float64, Number.NaN);
  readonly #releasedAt = new Column(float64, Number.NaN);
  readonly #unavailable = new Set<number>();
  readonly #pools = new Map<string, Pool>();
  #recent: (Recent & { version: number; releasedAt: EpochMs; addedAt: EpochMs }) | undefined;
  /** Goes up with every change of an item. */
  #version = 0;
  #poolsVersion = 0;
  #poolPurposes: { readonly version: number; readonly of: ReadonlyMap<string, Intent> } | undefined;

  get poolsVersion(): number {
    return this.#poolsVersion;
  }

  /** Outside of the heap: what is known of items as JSON, and of each place its id, 58 in columns and 21 to find it by. */
  get bytes(): number {
    const columns = [
      this.#places,
      this.#items,
      this.#works,
      this.#types,
      this.#purposes,
      this.#artists,
      this.#addedAt,
      this.#releasedAt,
    ];
    return columns.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Places given so far. */
  get size(): number {
    return this.#places.size;
  }

  /** Items with an entry of their own. */
  get known(): number {
    return this.#items.size;
  }

  /** The place of an id, given on first sight. */
  place(id: ItemId): number {
    const before = this.#places.size;
    const place = this.#places.numberOf(id);
    if (place < before) return place;
    const type = itemTypeOf(id);
    this.#types.set(place, ITEM_TYPES.indexOf(type));
    // An artist's work is their own: a catalogue whose items are artists keeps its limits per artist.
    if (type === 'artist') this.#setArtist(place, place);
    return place;
  }

  find(id: ItemId): number | undefined {
    return this.#places.find(id);
  }

  id(place: number): ItemId {
    return this.#places.id(place);
  }

  /** Whether the id of a place is the one of an index of the ids. */
  isSame(place: number, ids: PackedIds<ItemId>, index: number): boolean {
    return this.#places.isSame(place, ids, index);
  }

  type(place: number): ItemType {
    return ITEM_TYPES[this.#types.at(place)]!;
  }

  /** Takes an item in; an older version than the one here is left. */
  put(item: Item): void {
    this.take({ fields: indexedFieldsOf(item), list: Buffer.from(listOfItem(item)), addedAt: item.updatedAt });
  }

  /** As `put`, of an item as it is stored. */
  take({ fields, list, addedAt }: CatalogueEntry): void {
    const place = this.place(fields.itemId);
    if ((this.#items.updatedAt(place) ?? Number.NEGATIVE_INFINITY) > fields.updatedAt) return;
    this.#version++;
    this.#items.put(place, list, fields.updatedAt);
    const purpose = purposeOf(fields.tags);
    this.#purposes.set(place, purpose === '' ? 0 : INTENTS.indexOf(purpose) + 1);
    if (fields.available === false) this.#unavailable.add(place);
    else this.#unavailable.delete(place);
    const added = this.#addedAt.at(place);
    this.#addedAt.set(place, Number.isNaN(added) ? addedAt : Math.min(added, addedAt));
    this.#releasedAt.set(place, fields.releasedOn === null ? Number.NaN : Date.parse(fields.releasedOn));
    if (fields.type === 'artist') {
      this.#artistNames.set(place, fields.title);
      return;
    }
    const artist = fields.artistId === null ? UNKNOWN : this.place(fields.artistId);
    this.#setArtist(place, artist);
    if (artist !== UNKNOWN && fields.artist !== null && !this.#artistNames.has(artist)) {
      this.#artistNames.set(artist, fields.artist);
    }
  }

  /** Applies an editor's change: the last one of a pool is the pool, as it stands in the log. */
  edit({ poolId, change, title, purpose, items = [] }: PoolChange): void {
    this.#poolsVersion++;
    if (change === 'remove') this.#pools.delete(poolId);
    else {
      const ids = new Set(items as readonly ItemId[]);
      this.#pools.set(poolId, { poolId, title: title ?? poolId, purpose: purpose ?? null, items: ids });
    }
  }

  /** What is known of the item; of an id without an entry its id alone. */
  item(place: number): Item {
    const id = this.id(place);
    return this.#items.get(place) ?? { itemId: id, type: itemTypeOf(id), title: id, updatedAt: 0, extra: {} };
  }

  has(place: number): boolean {
    return this.#items.has(place);
  }

  isAvailable(place: number): boolean {
    return !this.#unavailable.has(place);
  }

  /** Place of the artist; -1 when unknown. */
  artist(place: number): number {
    return this.#artists.at(place);
  }

  artistId(place: number): ItemId | null {
    const artist = this.#artists.at(place);
    return artist === UNKNOWN ? null : this.id(artist);
  }

  /** As shown; of an artist the name. */
  titleOf(place: number): string {
    return this.#artists.at(place) === place ? this.artistName(place) : this.item(place).title;
  }

  artistName(artist: number): string {
    return this.#artistNames.get(artist) ?? this.id(artist);
  }

  /** Places of an artist's items, themselves not among them. */
  worksOf(artist: number): readonly number[] {
    return this.#works.of(artist);
  }

  /**
   * Places released since one moment, and places added since another, newest first; none of the latter when they are so many
   * that they were imported. O(catalogue) after a change of an item, else O(1) for the same moments.
   */
  since(releasedAt: EpochMs, addedAt: EpochMs): Recent {
    const known = this.#recent;
    if (known?.version === this.#version && known.releasedAt === releasedAt && known.addedAt === addedAt) return known;
    const released: number[] = [];
    let added: number[] = [];
    for (let place = 0; place < this.size; place++) {
      if (this.#releasedAt.at(place) >= releasedAt) released.push(place);
      if (this.#addedAt.at(place) >= addedAt) added.push(place);
    }
    released.sort((a, b) => this.#releasedAt.at(b) - this.#releasedAt.at(a) || a - b);
    if (added.length > MOST_ADDED * this.known) added = [];
    added.sort((a, b) => this.#addedAt.at(b) - this.#addedAt.at(a) || a - b);
    this.#recent = { version: this.#version, releasedAt, addedAt, released, added };
    return this.#recent;
  }

  /** NaN when unknown. */
  addedAt(place: number): number {
    return this.#addedAt.at(place);
  }

  /** Start of the day of release in UTC; NaN when unknown. */
  releasedAt(place: number): number {
    return this.#releasedAt.at(place);
  }

  pools(): readonly Pool[] {
    return [...this.#pools.values()];
  }

  pool(poolId: string): Pool | undefined {
    return this.#pools.get(poolId);
  }

  /** What an item is for: by its tags; of what was played out of a pool else by what editors say. Empty when nothing says. */
  purposeOf(id: string, isFromPool: boolean): string {
    const place = this.#places.find(id as ItemId);
    const named = place === undefined ? 0 : this.#purposes.at(place);
    if (named > 0) return INTENTS[named - 1]!;
    return isFromPool ? (this.#purposesOfPools().get(id) ?? '') : '';
  }

  #purposesOfPools(): ReadonlyMap<string, Intent> {
    if (this.#poolPurposes?.version !== this.#poolsVersion) {
      const pools = this.pools().map(({ poolId, title, purpose, items }) => ({
        // A pool without a title goes by its id, which is no word of an editor.
        title: title === poolId ? null : title,
        purpose,
        items: [...items],
      }));
      this.#poolPurposes = { version: this.#poolsVersion, of: poolPurposes(pools) };
    }
    return this.#poolPurposes.of;
  }

  #setArtist(place: number, artist: number): void {
    const before = this.#artists.at(place);
    if (before === artist) return;
    this.#artists.set(place, artist);
    // An artist is no work of their own.
    if (before !== UNKNOWN && before !== place) this.#works.remove(before, place);
    if (artist !== UNKNOWN && artist !== place) this.#works.add(artist, place);
  }
}
