/** What the policy chose from, as it is logged: each id once, candidates as columns of numbers. Claims are left out; no draw reads them. */

import type { CandidateSource, EventOf, ItemId } from '#domain';
import type { Retrieval } from '#models';
import { type Candidate, composeSlate, type PolicyInput, type ShelfInput } from '#policy';

type CompactShelf = Omit<ShelfInput, 'candidates'> & { readonly candidates: CandidateColumns };

/** Lists run in parallel, an entry a candidate. */
interface CandidateColumns {
  /** Index into `items`. */
  readonly item: readonly number[];
  /** Index into `kinds`, a single one where they share it. */
  readonly kind: readonly number[] | number;
  readonly score: readonly number[];
}

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
  const numbersOf = (candidates: readonly Candidate[]): CandidateColumns => {
    const item: number[] = [];
    const kind: number[] = [];
    const score: number[] = [];
    for (const candidate of candidates) {
      const number = items.of(candidate.itemId);
      artists[number] = candidate.artistId === null ? -1 : artistIds.of(candidate.artistId);
      item.push(number);
      kind.push(kinds.of(candidate.source, candidate.stage));
      score.push(candidate.score);
    }
    const [shared = 0] = kind;
    return { item, kind: kind.every((each) => each === shared) ? shared : kind, score };
  };
  const shelves = input.shelves.map((shelf): CompactShelf => ({ ...shelf, candidates: numbersOf(shelf.candidates) }));
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
      candidates: shelf.candidates.item.map((item, n): Candidate => {
        const { score } = shelf.candidates;
        const [source, stage] = kinds[kindAt(shelf.candidates, n)]!;
        const artistId = artistIds[artists[item]!] ?? null;
        return { itemId: items[item]!, artistId, score: score[n]!, source, stage, claim: null };
      }),
    })),
  };
};

/** What the policy read, from a slate on record; null when the slate holds nothing that could be drawn from again. */
export const loggedInput = (slate: Pick<EventOf<'slate'>, 'candidates'>): PolicyInput | null => {
  const compact = compactFrom(slate.candidates);
  return compact === null ? null : expandInput(compact);
};

/** Slates may come from other makers, who log what they like. */
const compactFrom = (logged: unknown): CompactInput | null => {
  if (typeof logged !== 'object' || logged === null) return null;
  const { items, artists, artistIds, kinds, shelves } = logged as Partial<CompactInput>;
  if (![items, artists, artistIds, kinds, shelves].every(Array.isArray)) return null;
  const isKnown = (columns: CandidateColumns): boolean =>
    columns.item.every(
      (item, n) =>
        items![item] !== undefined && Array.isArray(kinds![kindAt(columns, n)]) && Number.isFinite(columns.score[n]),
    );
  const read = shelves!.map((shelf) => ({ ...shelf, candidates: columnsFrom(shelf?.candidates) }));
  if (!read.every(({ candidates }) => candidates !== null && isKnown(candidates))) return null;
  return { ...(logged as CompactInput), shelves: read as readonly CompactShelf[] };
};

const kindAt = ({ kind }: CandidateColumns, n: number): number => (typeof kind === 'number' ? kind : kind[n]!);

/** Columns as they are, or made of a list of an item, a kind and a score for each candidate, which is how they once were logged. */
const columnsFrom = (logged: unknown): CandidateColumns | null => {
  if (Array.isArray(logged)) {
    if (!logged.every(Array.isArray)) return null;
    const column = (at: number): number[] => logged.map((candidate: readonly number[]) => candidate[at]!);
    return { item: column(0), kind: column(1), score: column(2) };
  }
  const { item, kind, score } = (logged ?? {}) as Partial<CandidateColumns>;
  if (!Array.isArray(item) || !Array.isArray(score)) return null;
  return typeof kind === 'number' || Array.isArray(kind) ? { item, kind: kind as number | number[], score } : null;
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
