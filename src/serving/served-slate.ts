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
 * was made just now, and for a look at the log: then each claim is told as it was when the slate was made. `claims` are those
 * of the cards, where they are at hand.
 */
export const servedSlate = (
  slate: Slate,
  {
    catalogue,
    facts,
    fresh,
    claims,
  }: { catalogue: Catalogue; facts: Facts | null; fresh: boolean; claims?: readonly (Claim | null)[] },
): ServedSlate => {
  const extra = extraOf(slate);
  const rows: ServedCard[][] = slate.shelves.map(() => []);
  for (const [n, card] of slate.cards.entries()) {
    rows[card.row]?.push(servedCard(card, explanationOf(card, slate.at, catalogue, facts, claims?.[n]), catalogue));
  }
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

const servedCard = (card: Card, explanation: Explanation | null, catalogue: Catalogue): ServedCard => ({
  shelf: card.shelf,
  row: card.row,
  slot: card.slot,
  item: catalogue.item(catalogue.place(card.itemId as ItemId)),
  score: card.score,
  propensity: card.propensity,
  explored: card.explored,
  source: card.source,
  stage: card.stage,
  explanation,
});

/** What the card says of itself: as of now with facts, as of `at` without. `claim` is the one on its record, read back where it is not at hand. */
export const explanationOf = (
  card: Card,
  at: EpochMs,
  catalogue: Catalogue,
  facts: Facts | null,
  claim: Claim | null = card.claim && claimFromRecord(card.claim),
): Explanation | null => {
  if (card.claim === null || claim === null) return null;
  const itemId = card.itemId as ItemId;
  const subject = { itemId, artistId: catalogue.artistId(catalogue.place(itemId)) };
  const tell = (told: Claim, { kind, evidence }: ClaimRecord, now: EpochMs): Explanation => {
    return { text: sentence(told, subject, namesOf(catalogue), now), claim: kind, evidence };
  };
  if (facts === null) return tell(claim, card.claim, at);
  const renewed = renewClaim(claim, subject, facts);
  return renewed === null ? null : tell(renewed, claimToRecord(renewed), facts.now);
};
