import { useCallback } from 'react';
import { NoticeLine } from '../../components/empty-state.tsx';
import { watchCard } from '../events/watch-cards.ts';
import { ItemActs } from '../item-acts.tsx';
import { ItemRow, ItemRows } from '../item-row.tsx';
import type { PlayerState, Track } from '../player/player.ts';
import { usePlayer } from '../player/player-context.tsx';
import { useFeelings, useReactions } from '../use-reactions.ts';
import styles from './page.module.css';

const CHANGED: Partial<Record<NonNullable<PlayerState['changedBy']>, string>> = {
  skip: 'You skipped: these were chosen anew.',
  reaction: 'You reacted: these were chosen anew.',
};

const Upcoming = ({ userId, track, at }: { userId: string; track: Track; at: number }) => {
  const player = usePlayer();
  const feelings = useFeelings(userId);
  const react = useReactions(userId);
  const { item, place } = track;
  const seen = useCallback(
    (element: HTMLLIElement | null) => {
      if (element === null || place === null) return;
      return watchCard(element, { userId, itemId: item.item_id, place });
    },
    [userId, item.item_id, place],
  );
  return (
    <ItemRow
      ref={seen}
      item={item}
      lead={at + 1}
      note={track.because}
      play={() => void player.play(track)}
      end={
        <ItemActs userId={userId} item={item} where={{ place, surface: 'radio' }} feelings={feelings} react={react} />
      }
    />
  );
};

/** The next tracks, and what they react to. */
export const UpNext = ({ userId, state }: { userId: string; state: PlayerState }) => (
  <section className={styles['next']} aria-label="Up next" aria-busy={state.loading}>
    <h2>Up next</h2>
    <p className={styles['changed']} role="status">
      {state.loading ? 'Choosing…' : ((state.changedBy && CHANGED[state.changedBy]) ?? 'Each skip changes this list.')}
    </p>
    {state.queue.length === 0 && !state.loading ? (
      <NoticeLine icon="radio">Nothing is left to play from here. Start from something else.</NoticeLine>
    ) : (
      <ItemRows label="Up next">
        {state.queue.map((track, at) => (
          <Upcoming key={track.item.item_id} userId={userId} track={track} at={at} />
        ))}
      </ItemRows>
    )}
  </section>
);
