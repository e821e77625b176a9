/** The models in use, spoken to in places of the catalogue. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ItemId, ItemType, PackedIds } from '#domain';
import {
  bestFirst,
  type History,
  type Model,
  type ModelName,
  type Ranked,
  type Retrieval,
  type UserVector,
} from '#models';
import type { Catalogue } from './catalogue.ts';
import type { Listener } from './listener.ts';
import type { ModelBundle } from './model-bundle.ts';
import type { WeightedPlaces } from './weighted-places.ts';

const ABSENT = -1;
/** Items that get their place in one turn of the event loop: a quarter of a millisecond, as a home that is planned meanwhile waits for four such turns. */
const ITEMS_A_TURN = 500;
/** Likeness is asked for the same favourites again and again: items of a generation of which it is remembered. */
const REMEMBERED_SIMILAR = 10_000;
const SIMILAR = 100;
const ENOUGH_SIMILAR = 40;
const POPULAR = 1000;
/** What only one listener has played is not popular, and showing it to others would say who plays what. */
const FEWEST_LISTENERS = 2;

/** Places, best first, with the model that ranked them. */
export interface RankedPlaces {
  readonly places: Uint32Array;
  readonly scores: Float32Array;
  readonly stage: string;
}

/** Models that can rank for a listener, the best first. */
const PERSONAL: readonly ModelName[] = ['als', 'item-knn', 'content'];
/** Models that know which items are alike, the best first. */
const LIKENESS: readonly ModelName[] = ['item-knn', 'als', 'content'];

/** An artist may have got a place between two items. */
const LOOKED_AHEAD = 2;

/** Models and catalogue are read in the same order: the place is mostly the next one, and looking there costs a tenth of a search. */
const placeAfter = (last: number, items: PackedIds<ItemId>, index: number, catalogue: Catalogue): number => {
  const end = Math.min(last + LOOKED_AHEAD, catalogue.size - 1);
  for (let place = last + 1; place <= end; place++) if (catalogue.isSame(place, items, index)) return place;
  return catalogue.place(items.at(index));
};

/** What models have said so far of the items like one item. */
interface Similar {
  readonly found: RankedPlaces[];
  /** Items named in all. */
  count: number;
  /** Models of `LIKENESS` that were asked. */
  asked: number;
}

/** What is worked out of a bundle before it answers. */
interface Prepared {
  readonly places: Uint32Array;
  readonly indices: Int32Array;
  /** Listeners of each kind of items. */
  readonly byType: Map<ItemType, number>;
  readonly popular: Ranked;
}

export class Learned {
  readonly bundle: ModelBundle;
  /** Kinds of items that people listen to: only these are recommended. */
  readonly types: ReadonlySet<ItemType>;
  /** The kind listened to most; episodes only where there is nothing else. */
  readonly mainType: ItemType | null;
  readonly popular: RankedPlaces;
  /** Models for a listener with a history, best first; popularity is not among them. */
  readonly personal: readonly Model[];
  readonly #catalogue: Catalogue;
  readonly #places: Uint32Array;
  /** Index of each place, `ABSENT` where the models do not know it; places beyond the end came later. */
  readonly #indices: Int32Array;
  /** Asked for since the last generation began, and in the one before it. */
  #similar = new Map<number, Similar>();
  #similarBefore = new Map<number, Similar>();

  private constructor(bundle: ModelBundle, catalogue: Catalogue, found: Prepared) {
    this.bundle = bundle;
    this.#catalogue = catalogue;
    this.personal = PERSONAL.map((name) => bundle.models[name]).filter((model) => model !== undefined);
    this.#places = found.places;
    this.#indices = found.indices;
    this.types = new Set(found.byType.keys());
    const main = [...found.byType].filter(([type]) => type !== 'episode' || found.byType.size === 1);
    this.mainType = main.sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
    this.popular = this.toPlaces(found.popular, bundle.models.popularity.name);
  }

  /** Gives every item of the bundle its place, some thousand at a time, so that answers go on meanwhile. */
  static async prepare(bundle: ModelBundle, catalogue: Catalogue): Promise<Learned> {
    const { items, listeners } = bundle;
    const places = new Uint32Array(items.length);
    const byType = new Map<ItemType, number>();
    let last = -1;
    for (let index = 0; index < items.length; index++) {
      if (index > 0 && index % ITEMS_A_TURN === 0) await nextTurn();
      last = placeAfter(last, items, index, catalogue);
      places[index] = last;
      const count = listeners[index]!;
      if (count === 0) continue;
      const type = catalogue.type(places[index]!);
      byType.set(type, (byType.get(type) ?? 0) + count);
    }
    await nextTurn();
    const indices = new Int32Array(catalogue.size).fill(ABSENT);
    for (let index = 0; index < places.length; index++) indices[places[index]!] = index;
    await nextTurn();
    const { popularity } = bundle.models;
    const isPrivate = (index: number) => listeners[index]! < FEWEST_LISTENERS;
    const popular = popularity.recommend(popularity.foldIn(EMPTY_HISTORY), POPULAR, isPrivate);
    await nextTurn();
    return new Learned(bundle, catalogue, { places, indices, byType, popular });
  }

  /** Index of a place in the models; -1 when it came after they were trained. */
  index(place: number): number {
    return this.#indices[place] ?? ABSENT;
  }

  /** Of a kind that people here listen to. */
  isServable(place: number): boolean {
    return this.types.size === 0 || this.types.has(this.#catalogue.type(place));
  }

  /** How the model that a stage names looks for items; undefined when the stage is no model. */
  retrievalOf(stage: string): Retrieval | undefined {
    return this.bundle.models[stage as ModelName]?.retrieval;
  }

  place(index: number): number {
    return this.#places[index]!;
  }

  listenersOf(place: number): number {
    const index = this.index(place);
    return index === ABSENT ? 0 : this.bundle.listeners[index]!;
  }

  /** Takes an erased listener out of the counts of the bundle, for good: they may lie in memory that outlives this thread. */
  forget(listener: Listener): void {
    const { listeners } = this.bundle;
    for (const place of listener.items.places()) {
      const index = this.index(place);
      if (index !== ABSENT && listeners[index]! > 0 && listener.playsOf(place) > 0) listeners[index]!--;
    }
  }

  /** Items like this one, the best model first; a further model is asked only where those before it know few. */
  similar(place: number): readonly RankedPlaces[] {
    return this.#similarUntil(place, ENOUGH_SIMILAR);
  }

  /** The first of `similar`; null where no model knows any. */
  mostSimilar(place: number): RankedPlaces | null {
    return this.#similarUntil(place, 1)[0] ?? null;
  }

  toPlaces(ranked: Ranked, stage: string): RankedPlaces {
    return { places: ranked.items.map((index) => this.place(index)), scores: ranked.scores, stage };
  }

  /** A history in the models' indices; places they do not know are left out. */
  toHistory({ places, weights }: WeightedPlaces): History {
    const items = new Uint32Array(places.length);
    const known = new Float32Array(places.length);
    let count = 0;
    for (let n = 0; n < places.length; n++) {
      const index = this.index(places[n]!);
      if (index === ABSENT) continue;
      items[count] = index;
      known[count++] = weights[n]!;
    }
    return { items: items.subarray(0, count), weights: known.subarray(0, count) };
  }

  /** What of the history speaks for the item, largest first, in places; empty when nothing does. */
  reasons(model: Model, user: UserVector, place: number): readonly { place: number; value: number }[] {
    const index = this.index(place);
    if (index === ABSENT) return [];
    return bestFirst(model.explain(user, index)).map(({ item, value }) => ({ place: this.place(item), value }));
  }

  /** The largest of the `reasons` with a positive value that is accepted; null when there is none. */
  strongestReason(model: Model, user: UserVector, place: number, accepts: (reason: number) => boolean): number | null {
    const index = this.index(place);
    let strongest: number | null = null;
    let most = 0;
    if (index === ABSENT) return null;
    const { items, values } = model.explain(user, index);
    for (let n = 0; n < items.length; n++) {
      if (values[n]! <= most) continue;
      const reason = this.place(items[n]!);
      if (!accepts(reason)) continue;
      strongest = reason;
      most = values[n]!;
    }
    return strongest;
  }

  /** Models are asked until they have named as many items as are enough; what they said before is remembered. */
  #similarUntil(place: number, enough: number): readonly RankedPlaces[] {
    const known = this.#rememberedOf(place);
    const index = this.index(place);
    if (index === ABSENT) return known.found;
    while (known.count < enough && known.asked < LIKENESS.length) {
      const ranked = this.#similarBy(LIKENESS[known.asked++]!, index);
      if (ranked === null) continue;
      known.found.push(ranked);
      known.count += ranked.places.length;
    }
    return known.found;
  }

  #rememberedOf(place: number): Similar {
    const known = this.#similar.get(place);
    if (known !== undefined) return known;
    const found = this.#similarBefore.get(place) ?? { found: [], count: 0, asked: 0 };
    if (this.#similar.size >= REMEMBERED_SIMILAR) {
      this.#similarBefore = this.#similar;
      this.#similar = new Map();
    }
    this.#similar.set(place, found);
    return found;
  }

  #similarBy(name: ModelName, index: number): RankedPlaces | null {
    const ranked = this.bundle.models[name]?.similar(index, SIMILAR);
    return ranked === undefined || ranked.items.length === 0 ? null : this.toPlaces(ranked, name);
  }
}

export const EMPTY_HISTORY: History = { items: new Uint32Array(0), weights: new Float32Array(0) };
