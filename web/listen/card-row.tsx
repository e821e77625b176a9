import type { ReactNode } from 'react';
import type { Card } from '#api';
import { noteReaction } from './events/tell.ts';
import { exploredWord } from './explored.ts';
import { ItemActs } from './item-acts.tsx';
import { type CardContext, useSeen } from './item-card.tsx';
import { ItemRow } from './item-row.tsx';
import { usePlayer } from './player/player-context.tsx';
import { placeOf, trackOf } from './player/tracks.ts';

/** A card of a slate as one row of a list, watched and playable. */
export const CardRow = ({ card, context, lead }: { card: Card; context: CardContext; lead?: ReactNode }) => {
  const player = usePlayer();
  const seen = useSeen(context, card);
  const where = { place: placeOf(context.slate.slate_id, card), surface: context.surface };
  return (
    <ItemRow
      ref={seen}
      item={card.item}
      lead={lead}
      note={card.explanation?.text ?? null}
      mark={exploredWord(card)}
      play={() => void player.play(trackOf(context.slate, card))}
      opened={() => noteReaction(context.userId, 'open_page', card.item.item_id, where)}
      end={<ItemActs {...context} item={card.item} where={where} />}
    />
  );
};
