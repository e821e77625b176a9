import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { call } from '../../client.ts';
import { listenerKey, timeZone } from '../../queries.ts';
import { leaveOutbox, sessionId, tellPlay } from '../events/tell.ts';
import { createPlayer, isSimulated, type Player, type PlayerState } from './player.ts';
import { tracksOf } from './tracks.ts';

const Context = createContext<Player | null>(null);

export const usePlayer = (): Player => {
  const player = useContext(Context);
  if (player === null) throw new Error('there is no player around this page');
  return player;
};

export const usePlayerState = (): PlayerState => {
  const player = usePlayer();
  return useSyncExternalStore(player.subscribe, player.state);
};

const STEP_MS = 200;

/** The clock of simulated plays; it runs on the machine's time, so a slow tab loses nothing. */
const runClock = (player: Player): (() => void) => {
  let last = performance.now();
  const timer = window.setInterval(() => {
    const now = performance.now();
    const { current, speed } = player.state();
    if (current !== null && isSimulated(current.item)) player.advance((now - last) * speed);
    last = now;
  }, STEP_MS);
  return () => window.clearInterval(timer);
};

/** One player for all pages of one listener. */
export const PlayerProvider = ({ userId, children }: { userId: string; children: ReactNode }) => {
  const client = useQueryClient();
  const [player] = useState(() =>
    createPlayer({
      now: Date.now,
      async report(played) {
        await tellPlay(userId, played);
        void client.invalidateQueries({ queryKey: listenerKey(userId) });
      },
      async next(seed) {
        const query = { seed_item: seed ?? undefined, session_id: sessionId(userId), time_zone: timeZone() };
        return tracksOf(await call('radio', { params: { user_id: userId }, query }));
      },
    }),
  );
  useEffect(() => {
    const leave = () => {
      void player.stop();
      leaveOutbox();
    };
    const stopClock = runClock(player);
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      stopClock();
      void player.stop();
    };
  }, [player]);
  return <Context value={player}>{children}</Context>;
};
