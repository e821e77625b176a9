/** From the slate on record to the answer. */

import type { EpochMs, EventOf, ItemId, SlateId } from '#domain';
import {
  type Claim,
  type ClaimRecord,
  claimFromRecord,
  claimToRecord,
  type Facts,
  type Names,
  renewClaim,
  sentence,
} from '#policy';
import type { Explanation, ServedCard, ServedShelf, ServedSlate } from './answers.ts';
import type { Catalogue } from './catalogue.ts';
import { extraOf } from './decision.ts';
import { shelfKind } from './shelf-kinds.ts';

type Slate = EventOf<'slate'>;
type Card = Slate['cards'][number];

export const namesOf = (catalogue: Catalogue): Names => ({
  title: (id) => catalogue.titleOf(catalogue.place(id)),
  artist: (id) => catalogue.artistName(catalogue.place(id)),
});

interface Telling {
  readonly catalogue: Catalogue;
  readonly facts: Facts | null;
  readonly fresh: boolean;
}

/**
 * The answer as of now: claims carry today's numbers, and those that no longer hold are gone. `facts` is null for a slate that
 * was made just now, and for a look at the log: then each claim is told as it was when the slate was made.
 */
export const servedSlate = (slate: Slate, { catalogue, facts, fresh }: Telling): ServedSlate => {
  const extra = extraOf(slate);
  const asOf = { at: slate.at, catalogue, names: namesOf(catalogue), facts };
  const rows: ServedCard[][] = slate.shelves.map(() => []);
  for (const card of slate.cards) rows[card.row]?.push(servedCard(card, asOf));
  return {
    slateId: slate.slateId as SlateId,
    userId: slate.userId,
    surface: slate.surface,
    createdAt: slate.at,
    fresh,
    basis: extra.basis,
    model: slate.model,
    policy: slate.policy,
    seed: slate.seed,
    exploration: slate.exploration,
    logPropensity: slate.logPropensity,
    fallback: slate.fallback,
    notices: extra.notices,
    experiments: extra.experiments,
    shelves: slate.shelves.map(
      (shelf, row): ServedShelf => ({
        ...shelf,
        character: shelfKind(shelf.shelf).character,
        shortBecause: extra.short[row] ?? null,
        cards: rows[row]!,
      }),
    ),
  };
};

interface AsOf {
  /** When the slate was made. */
  readonly at: EpochMs;
  readonly catalogue: Catalogue;
  readonly names: Names;
  readonly facts: Facts | null;
}

const servedCard = (card: Card, asOf: AsOf): ServedCard => {
  const place = asOf.catalogue.place(card.itemId as ItemId);
  return {
    shelf: card.shelf,
    row: card.row,
    slot: card.slot,
    item: asOf.catalogue.item(place),
    score: card.score,
    propensity: card.propensity,
    explored: card.explored,
    source: card.source,
    stage: card.stage,
    explanation: told(card, place, asOf),
  };
};

/** What the card said of itself when the slate was made. Null also where it says what is not known here. */
export const explanationOf = (card: Card, at: EpochMs, catalogue: Catalogue): Explanation | null =>
  told(card, catalogue.place(card.itemId as ItemId), { at, catalogue, names: namesOf(catalogue), facts: null });

const told = (card: Card, place: number, { at, catalogue, names, facts }: AsOf): Explanation | null => {
  if (card.claim === null) return null;
  const logged = claimFromRecord(card.claim);
  if (logged === null) return null;
  const subject = { itemId: card.itemId as ItemId, artistId: catalogue.artistId(place) };
  const tell = (claim: Claim, { kind, evidence }: ClaimRecord, now: EpochMs): Explanation => {
    return { text: sentence(claim, subject, names, now), claim: kind, evidence };
  };
  if (facts === null) return tell(logged, card.claim, at);
  const claim = renewClaim(logged, subject, facts);
  return claim === null ? null : tell(claim, claimToRecord(claim), facts.now);
};
