/** A page as the engine gives it, in the world's terms. */

import type { ItemId } from '#domain';
import type { Slate, WorldFrame } from '#simulation';

interface OutsideCard {
  readonly shelf: string;
  readonly row: number;
  readonly slot: number;
  readonly itemId: string;
  readonly score: number;
  readonly propensity: number;
  readonly explored: boolean;
}

/** Place of each track of the world by its id; −1 for what is none. */
export const trackPlaces = (frame: WorldFrame): ((itemId: string) => number) => {
  const places = new Map(frame.catalogue.tracks.map((track) => [track.id as string, track.index]));
  return (itemId) => places.get(itemId) ?? -1;
};

/** Cards in reading order. The service has its decision in its own log. */
export const toWorldSlate = (
  slateId: string,
  cards: readonly OutsideCard[],
  placeOf: (itemId: string) => number,
): Slate => {
  const ordered = [...cards].sort((a, b) => a.row - b.row || a.slot - b.slot);
  return {
    slateId,
    cards: ordered.map((card) => ({
      shelf: card.shelf,
      row: card.row,
      slot: card.slot,
      itemId: card.itemId as ItemId,
      score: card.score,
      propensity: card.propensity,
      explored: card.explored,
      source: 'popular',
      stage: 'outside',
      claim: null,
    })),
    tracks: ordered.map((card) => placeOf(card.itemId)),
    event: null,
  };
};
