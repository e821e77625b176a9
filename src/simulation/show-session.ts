/** A session of spoken word: the newest episodes of the shows a listener follows. */

import type { ListenerEvent } from '#domain';
import { eventBase, type SessionEnd, type SessionFacts, type Stage } from './session.ts';
import type { Episode, Show } from './shows.ts';
import { pick } from './weighted-draw.ts';

const MOST_EPISODES = 2;
/** Share of episodes heard to the end, and what is heard of the others. */
const FINISHED = 0.62;
/** A show that is followed is worth it. */
const EPISODE_UTILITY = 0.75;

export const runShowSession = (shows: readonly Show[], facts: SessionFacts, stage: Stage): SessionEnd => {
  let at = facts.startedAt;
  let plays = 0;
  while (plays < MOST_EPISODES) {
    const episode = newestUnheard(shows, stage, at);
    if (episode === null) break;
    const isFinished = stage.life.rng.next() < FINISHED;
    const share = isFinished ? 1 : Math.sqrt(stage.life.rng.next());
    const msPlayed = Math.max(4000, Math.round(episode.durationMs * share));
    if (at + msPlayed >= stage.frame.until) break;
    stage.life.memory.heardEpisodes.add(episode.id);
    stage.emit(playOf(episode, msPlayed, isFinished, plays === 0, facts, stage, at));
    at += msPlayed + 2000;
    plays++;
    if (!isFinished || stage.life.rng.next() < 0.6) break;
  }
  return { endedAt: at, plays, interactions: 0, diversity: 0.75, utility: plays === 0 ? null : EPISODE_UTILITY };
};

const newestUnheard = (shows: readonly Show[], stage: Stage, at: number): Episode | null => {
  let newest: Episode | null = null;
  for (const index of stage.life.listener.follows) {
    const episode = pick(shows, index).episodes.findLast((each) => each.releasedAt <= at);
    if (episode === undefined || stage.life.memory.heardEpisodes.has(episode.id)) continue;
    if (newest === null || episode.releasedAt > newest.releasedAt) newest = episode;
  }
  return newest;
};

const playOf = (
  episode: Episode,
  msPlayed: number,
  isFinished: boolean,
  isFirst: boolean,
  facts: SessionFacts,
  stage: Stage,
  at: number,
): ListenerEvent => ({
  kind: 'play',
  ...eventBase(stage, facts, at, at + msPlayed),
  itemId: episode.id,
  msPlayed,
  durationMs: episode.durationMs,
  reasonStart: isFirst ? 'clickrow' : 'trackdone',
  reasonEnd: isFinished ? 'trackdone' : 'endplay',
  skipped: false,
  source: 'user_collection',
  shuffle: false,
  userInitiated: isFirst,
});
