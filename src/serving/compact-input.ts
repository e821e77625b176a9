/** What the policy chose from, as it is logged: each id once, candidates as numbers. Claims are left out; no draw reads them. */

import type { CandidateSource, EventOf, ItemId } from '#domain';
import type { Retrieval } from '#models';
import { type Candidate, composeSlate, type PolicyInput, type ShelfInput } from '#policy';

type CompactShelf = Omit<ShelfInput, 'candidates'> & {
  /** Index into `items`, and beside it into `kinds`, and the score. */
  readonly candidates: readonly (readonly [item: number, kind: number, score: number])[];
};

export interface CompactInput extends Omit<PolicyInput, 'shelves'> {
  readonly items: readonly ItemId[];
  /** Artist of each item, as an index into `artistIds`; -1 when unknown. */
  readonly artists: readonly number[];
  readonly artistIds: readonly ItemId[];
  /** Pairs of source and stage that occur. */
  readonly kinds: readonly (readonly [CandidateSource, string])[];
  readonly shelves: readonly CompactShelf[];
  /**
   * How each model that a stage names looked for its items. What `cells` missed could not have been shown, though the
   * model may score it higher; with `exact` nothing was missed. Absent in slates logged before it was noted.
   */
  readonly retrievals?: Retrievals;
}

/** By model name. */
export type Retrievals = Readonly<Record<string, Retrieval>>;

/** `retrievalOf` tells how the model of a stage looks for items; undefined for a stage that is no model. */
export const compactInput = (
  input: PolicyInput,
  retrievalOf: (stage: string) => Retrieval | undefined,
): CompactInput => {
  const items = new Numbering<ItemId>();
  const artistIds = new Numbering<ItemId>();
  const kinds = new Kinds();
  const artists: number[] = [];
  const shelves = input.shelves.map(
    (shelf): CompactShelf => ({
      ...shelf,
      candidates: shelf.candidates.map(({ itemId, artistId, source, stage, score }) => {
        const item = items.of(itemId);
        artists[item] = artistId === null ? -1 : artistIds.of(artistId);
        return [item, kinds.of(source, stage), score] as const;
      }),
    }),
  );
  const retrievals = kinds.values.flatMap(([, stage]) => {
    const retrieval = retrievalOf(stage);
    return retrieval === undefined ? [] : [[stage, retrieval] as const];
  });
  return {
    ...input,
    items: items.values,
    artists,
    artistIds: artistIds.values,
    kinds: kinds.values,
    shelves,
    retrievals: Object.fromEntries(retrievals),
  };
};

const expandInput = (compact: CompactInput): PolicyInput => {
  const { items, artists, artistIds, kinds, shelves, retrievals: _, ...rules } = compact;
  return {
    ...rules,
    shelves: shelves.map((shelf) => ({
      ...shelf,
      candidates: shelf.candidates.map(([item, kind, score]): Candidate => {
        const [source, stage] = kinds[kind]!;
        const itemId = items[item]!;
        return { itemId, artistId: artistIds[artists[item]!] ?? null, score, source, stage, claim: null };
      }),
    })),
  };
};

/** What the policy read, from a slate on record; null when the slate holds nothing that could be drawn from again. */
export const loggedInput = (slate: Pick<EventOf<'slate'>, 'candidates'>): PolicyInput | null => {
  const compact = slate.candidates as Partial<CompactInput> | null | undefined;
  return isCompact(compact) ? expandInput(compact) : null;
};

/** Slates may come from other makers, who log what they like. */
const isCompact = (compact: Partial<CompactInput> | null | undefined): compact is CompactInput => {
  if (typeof compact !== 'object' || compact === null) return false;
  const { items, artists, artistIds, kinds, shelves } = compact;
  if (![items, artists, artistIds, kinds, shelves].every(Array.isArray)) return false;
  return shelves!.every(
    (shelf) =>
      Array.isArray(shelf?.candidates) &&
      shelf.candidates.every((candidate) => {
        if (!Array.isArray(candidate)) return false;
        const [item, kind, score] = candidate as readonly unknown[];
        return items![item as number] !== undefined && Array.isArray(kinds![kind as number]) && Number.isFinite(score);
      }),
  );
};

/** Whether drawing again from what was logged, with its seed, gives the identical cards and propensities. */
export const replays = (slate: EventOf<'slate'>): boolean => {
  const input = loggedInput(slate);
  if (input === null) return false;
  const again = composeSlate(input, slate.seed);
  const cards = again.shelves.flatMap((shelf) => shelf.cards);
  if (cards.length !== slate.cards.length || again.logPropensity !== slate.logPropensity) return false;
  return cards.every((card, n) => {
    const logged = slate.cards[n]!;
    return (
      card.candidate.itemId === logged.itemId &&
      card.shelf === logged.shelf &&
      card.row === logged.row &&
      card.slot === logged.slot &&
      card.propensity === logged.propensity &&
      card.explored === logged.explored &&
      card.candidate.score === logged.score
    );
  });
};

/** Gives each pair of source and stage a number on first sight. There are a dozen, and those of a shelf are mostly one. */
class Kinds {
  readonly values: (readonly [CandidateSource, string])[] = [];
  #last = 0;

  of(source: CandidateSource, stage: string): number {
    const isSame = (kind: readonly [CandidateSource, string] | undefined): boolean =>
      kind !== undefined && kind[0] === source && kind[1] === stage;
    if (!isSame(this.values[this.#last])) {
      const known = this.values.findIndex(isSame);
      this.#last = known >= 0 ? known : this.values.push([source, stage]) - 1;
    }
    return this.#last;
  }
}

/** Gives each value a number on first sight. */
class Numbering<T> {
  readonly values: T[] = [];
  readonly #numbers = new Map<T, number>();

  of(value: T): number {
    let number = this.#numbers.get(value);
    if (number === undefined) {
      number = this.values.length;
      this.values.push(value);
      this.#numbers.set(value, number);
    }
    return number;
  }
}
