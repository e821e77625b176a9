import { Link } from '@tanstack/react-router';
import { Cover } from '../../components/cover.tsx';
import { ItemActs } from '../item-acts.tsx';
import type { Current, PlayerState } from '../player/player.ts';
import { PlayPause, Position, Simulated, Skip } from '../player/transport.tsx';
import { useFeelings, useReactions } from '../use-reactions.ts';
import styles from './page.module.css';

/** The large player of the radio page. */
export const NowPlaying = ({ userId, state, current }: { userId: string; state: PlayerState; current: Current }) => {
  const feelings = useFeelings(userId);
  const react = useReactions(userId);
  const { item } = current;
  return (
    <section className={styles['now']} aria-label="Now playing">
      <Cover item={item} className={styles['cover']} />
      <h2>
        <Link to="/item/$itemId" params={{ itemId: item.item_id }}>
          {item.title}
        </Link>
      </h2>
      <p className={styles['artist']}>{item.artist ?? 'Artist unknown'}</p>
      {current.because !== null && <p className={styles['because']}>{current.because}</p>}
      <Position current={current} />
      <div className={styles['controls']}>
        <PlayPause playing={state.playing} large />
        <Skip />
        <ItemActs
          userId={userId}
          item={item}
          where={{ place: current.place, surface: 'radio' }}
          feelings={feelings}
          react={react}
        />
      </div>
      <Simulated state={state} current={current} />
    </section>
  );
};
