/**
 * Cards of a slate as its row holds them: a list a field instead of an object a card, and what many cards share only once.
 * That is half of the bytes, on the way to the journal, from there to the warehouse, and in it.
 */

import type { z } from 'zod';
import { type CamelCased, toCamel } from './camel-case.ts';
import type { slateSchema } from './event-schema.ts';

type Card = CamelCased<z.output<typeof slateSchema>>['cards'][number];
type Evidence = NonNullable<Card['claim']>['evidence'][string];

/** Lists run in parallel, an entry a card; `shelf`, `origin` and the head of a `claim` are places in the lists above them. */
interface CardColumns {
  readonly shelves: readonly string[];
  /** Source and stage. */
  readonly origins: readonly (readonly [Card['source'], string])[];
  /** Kind of claim, then the names of its evidence. */
  readonly claims: readonly (readonly string[])[];
  readonly item_id: readonly string[];
  readonly row: readonly number[];
  readonly slot: readonly number[];
  readonly score: readonly number[];
  readonly propensity: readonly number[];
  readonly explored: readonly (0 | 1)[];
  readonly shelf: readonly number[];
  readonly origin: readonly number[];
  /** Place in `claims`, then the evidence in the order of its names. */
  readonly claim: readonly (readonly [number, ...Evidence[]] | null)[];
}

/** Entries with the places they got, one for each key, in the order in which they came. */
class Shared<Entry> {
  readonly entries: Entry[] = [];
  readonly #places = new Map<string, number>();

  place(key: string, entry: () => Entry): number {
    let place = this.#places.get(key);
    if (place === undefined) {
      place = this.entries.push(entry()) - 1;
      this.#places.set(key, place);
    }
    return place;
  }
}

const SEPARATOR = '\n';

/** O(cards). */
export const toCardColumns = (cards: readonly Card[]): CardColumns => {
  const shelves = new Shared<string>();
  const origins = new Shared<readonly [Card['source'], string]>();
  const claims = new Shared<readonly string[]>();
  /** Neighbours mostly say the same kind of thing. */
  let last: { readonly kind: string; readonly names: readonly string[]; readonly place: number } | undefined;
  const claimOf = ({ claim }: Card): CardColumns['claim'][number] => {
    if (claim === null) return null;
    const { kind, evidence } = claim;
    const names = Object.keys(evidence);
    if (
      kind !== last?.kind ||
      names.length !== last.names.length ||
      !names.every((name, n) => name === last!.names[n])
    ) {
      last = { kind, names, place: claims.place([kind, ...names].join(SEPARATOR), () => [kind, ...names]) };
    }
    const told: [number, ...Evidence[]] = [last.place];
    for (const name of names) told.push(evidence[name]!);
    return told;
  };
  const columns = {
    item_id: cards.map((card) => card.itemId),
    row: cards.map((card) => card.row),
    slot: cards.map((card) => card.slot),
    score: cards.map((card) => card.score),
    propensity: cards.map((card) => card.propensity),
    explored: cards.map((card) => (card.explored ? 1 : 0) as 0 | 1),
    shelf: cards.map(({ shelf }) => shelves.place(shelf, () => shelf)),
    origin: cards.map(({ source, stage }) => origins.place(source + SEPARATOR + stage, () => [source, stage])),
    claim: cards.map(claimOf),
  };
  return { shelves: shelves.entries, origins: origins.entries, claims: claims.entries, ...columns };
};

const fromColumns = (columns: CardColumns): readonly Card[] =>
  columns.item_id.map((itemId, place) => {
    const [source, stage] = columns.origins[columns.origin[place]!]!;
    const claim = columns.claim[place]!;
    return {
      shelf: columns.shelves[columns.shelf[place]!]!,
      row: columns.row[place]!,
      slot: columns.slot[place]!,
      itemId,
      score: columns.score[place]!,
      propensity: columns.propensity[place]!,
      explored: columns.explored[place] === 1,
      source,
      stage,
      claim: claim === null ? null : claimFrom(columns.claims[claim[0]]!, claim),
    };
  });

const claimFrom = (
  [kind, ...names]: readonly string[],
  [, ...values]: readonly [number, ...Evidence[]],
): NonNullable<Card['claim']> => ({
  kind: kind!,
  evidence: Object.fromEntries(names.map((name, place) => [name, values[place]!])),
});

/** Cards as a row holds them: as columns, or as a list of cards, which is what queries give back and how rows once were. */
export const fromCardColumns = (told: unknown): readonly Card[] =>
  Array.isArray(told) ? (toCamel(told) as readonly Card[]) : fromColumns(told as CardColumns);
