import { Link, useLocation } from '@tanstack/react-router';
import { IconButton } from '../../components/button.tsx';
import { Cover } from '../../components/cover.tsx';
import { ItemActs } from '../item-acts.tsx';
import { useFeelings, useReactions } from '../use-reactions.ts';
import { type Current, isSimulated, type PlayerState } from './player.ts';
import styles from './player-bar.module.css';
import { usePlayer, usePlayerState } from './player-context.tsx';
import { PlayPause, Position, Simulated, Skip } from './transport.tsx';

/** What plays, on every page but the radio's, which has a player of its own. */
export const PlayerBar = ({ userId }: { userId: string }) => {
  const state = usePlayerState();
  const onRadio = useLocation({ select: ({ pathname }) => pathname === '/radio' });
  return state.current === null || onRadio ? null : <Bar userId={userId} state={state} current={state.current} />;
};

const Bar = ({ userId, state, current }: { userId: string; state: PlayerState; current: Current }) => {
  const player = usePlayer();
  const feelings = useFeelings(userId);
  const react = useReactions(userId);
  const { item } = current;
  return (
    <section className={styles['bar']} aria-label="Player">
      <Link className={styles['now']} to="/radio">
        <Cover item={item} className={styles['cover']} />
        <span className={styles['words']}>
          <strong>{item.title}</strong>
          <span>
            {isSimulated(item) && <em className={styles['marked']}>Simulated · </em>}
            {item.artist ?? 'Artist unknown'}
          </span>
        </span>
      </Link>
      <div className={styles['middle']}>
        <Position current={current} />
      </div>
      <div className={styles['controls']}>
        <PlayPause playing={state.playing} />
        <Skip />
        <span className={styles['acts']}>
          <ItemActs
            userId={userId}
            item={item}
            where={{ place: current.place, surface: 'radio' }}
            feelings={feelings}
            react={react}
          />
        </span>
        <span className={styles['simulated']}>
          <Simulated state={state} current={current} />
        </span>
        <IconButton icon="close" label="Stop and close the player" size={18} onClick={() => void player.stop()} />
      </div>
    </section>
  );
};
