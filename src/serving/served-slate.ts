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

/**
 * The answer as of now: claims carry today's numbers, and those that no longer hold are gone. `facts` is null for a slate that
 * was made just now, and for a look at the log: then each claim is told as it was when the slate was made.
 */
export const servedSlate = (
  slate: Slate,
  { catalogue, facts, fresh }: { catalogue: Catalogue; facts: Facts | null; fresh: boolean },
): ServedSlate => {
  const extra = extraOf(slate);
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
        cards: slate.cards
          .filter((card) => card.row === row)
          .map((card) => servedCard(card, slate.at, catalogue, facts)),
      }),
    ),
  };
};

const servedCard = (card: Card, at: EpochMs, catalogue: Catalogue, facts: Facts | null): ServedCard => ({
  shelf: card.shelf,
  row: card.row,
  slot: card.slot,
  item: catalogue.item(catalogue.place(card.itemId as ItemId)),
  score: card.score,
  propensity: card.propensity,
  explored: card.explored,
  source: card.source,
  stage: card.stage,
  explanation: explanationOf(card, at, catalogue, facts),
});

/** What the card says of itself: as of now with facts, as of `at` without. Null also where it says what is not known here. */
export const explanationOf = (
  card: Card,
  at: EpochMs,
  catalogue: Catalogue,
  facts: Facts | null,
): Explanation | null => {
  if (card.claim === null) return null;
  const itemId = card.itemId as ItemId;
  const subject = { itemId, artistId: catalogue.artistId(catalogue.place(itemId)) };
  const logged = claimFromRecord(card.claim);
  if (logged === null) return null;
  const tell = (claim: Claim, { kind, evidence }: ClaimRecord, now: EpochMs): Explanation => {
    return { text: sentence(claim, subject, namesOf(catalogue), now), claim: kind, evidence };
  };
  if (facts === null) return tell(logged, card.claim, at);
  const claim = renewClaim(logged, subject, facts);
  return claim === null ? null : tell(claim, claimToRecord(claim), facts.now);
};
