import { Link } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { Card, Slate } from '#api';
import { Cover } from '../components/cover.tsx';
import { Icon } from '../components/icon.tsx';
import { noteReaction } from './events/tell.ts';
import { watchCard } from './events/watch-cards.ts';
import type { Surface } from './events/wire-event.ts';
import { exploredWord } from './explored.ts';
import type { Feelings } from './feelings.ts';
import { ItemActs } from './item-acts.tsx';
import styles from './item-card.module.css';
import { usePlayer } from './player/player-context.tsx';
import { placeOf, trackOf } from './player/tracks.ts';
import type { React } from './use-reactions.ts';

/** What every card of a page shares. */
export interface CardContext {
  readonly userId: string;
  readonly slate: Pick<Slate, 'slate_id' | 'surface'>;
  readonly surface: Surface;
  readonly feelings: Feelings;
  readonly react: React;
}

/** Watches an element as the place of a card, so that an impression is reported when it was really seen. */
export const useSeen = ({ userId, slate }: Pick<CardContext, 'userId' | 'slate'>, card: Card) => {
  const { shelf, slot } = card;
  const itemId = card.item.item_id;
  const slateId = slate.slate_id;
  return useCallback(
    (element: Element | null) => {
      if (element === null) return;
      return watchCard(element, { userId, itemId, place: { slateId, shelf, slot } });
    },
    [userId, itemId, slateId, shelf, slot],
  );
};

export const ItemCard = ({ card, context }: { card: Card; context: CardContext }) => {
  const player = usePlayer();
  const seen = useSeen(context, card);
  const { item, explanation } = card;
  const mark = exploredWord(card);
  const where = { place: placeOf(context.slate.slate_id, card), surface: context.surface };
  return (
    <article className={styles['card']} ref={seen} data-item={item.item_id}>
      <div className={styles['art']}>
        <Cover item={item} />
        {mark !== null && (
          <span className={styles['badge']}>
            <Icon name="spark" size={13} />
            {mark}
          </span>
        )}
        <button
          type="button"
          className={styles['play']}
          aria-label={`Play ${item.title}`}
          onClick={() => void player.play(trackOf(context.slate, card))}
        >
          <Icon name="play" size={22} />
        </button>
      </div>
      <Link
        className={styles['title']}
        to="/item/$itemId"
        params={{ itemId: item.item_id }}
        onClick={() => noteReaction(context.userId, 'open_page', item.item_id, where)}
      >
        {item.title}
      </Link>
      <p className={styles['artist']}>{item.artist ?? 'Artist unknown'}</p>
      {explanation ? <p className={styles['because']}>{explanation.text}</p> : <span />}
      <div className={styles['acts']}>
        <ItemActs {...context} item={item} where={where} />
      </div>
    </article>
  );
};
