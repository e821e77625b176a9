import type { Card, Slate } from '#api';
import type { Place, Played } from '../events/wire-event.ts';
import type { Track } from './player.ts';

const SOURCE_OF: Partial<Record<Slate['surface'], Played['source']>> = {
  radio: 'radio',
  weekly_discovery: 'personalized_playlist',
};

export const placeOf = (slateId: string, card: Pick<Card, 'shelf' | 'slot'>): Place => ({
  slateId,
  shelf: card.shelf,
  slot: card.slot,
});

/** A card as something to play, with the decision it answers. */
export const trackOf = (slate: Pick<Slate, 'slate_id' | 'surface'>, card: Card): Track => ({
  item: card.item,
  place: placeOf(slate.slate_id, card),
  source: SOURCE_OF[slate.surface] ?? 'algorithmic',
  because: card.explanation?.text ?? null,
});

export const tracksOf = (slate: Slate): readonly Track[] =>
  slate.shelves.flatMap((shelf) => shelf.cards.map((card) => trackOf(slate, card)));
