/** More like the last session. */

import { DAY_MS } from '#domain';
import type { RankedPlaces } from '../learned.ts';
import type { PageContext, ScoredPlace, ShelfPlan } from './shelf-plan.ts';
import { planShelf } from './shelf-plan.ts';

const OLDEST_MS = 7 * DAY_MS;
/** The last so many different items of the session lead. */
const LEADING = 6;
/** Each item further back in the session counts so much of the one after it (half after five, [Mehrotra2020]). */
const FADING = 0.5 ** (1 / 5);

export const sessionShelf = (context: PageContext): ShelfPlan | null => {
  const { taste, facts, now } = context;
  const { learned, listener, catalogue } = taste;
  const session = listener.recent.lastSession();
  if (learned === null || session.length === 0 || now - session.at(-1)!.at > OLDEST_MS) return null;
  const heard = session.filter((play) => play.listened && !listener.opinions.bars(play.place));
  const inSession = new Set(session.map((play) => play.place));
  const leading = [...new Set(heard.map((play) => play.place).reverse())].slice(0, LEADING);
  const found = new Map<number, ScoredPlace & { leader: number; most: number }>();
  for (const [back, leader] of leading.entries()) {
    for (const { place, score, stage } of likeness(learned.similar(leader))) {
      if (inSession.has(place) || !taste.isServable(place)) continue;
      const part = score * FADING ** back;
      const before = found.get(place);
      const most = Math.max(part, before?.most ?? 0);
      const led = before === undefined || part > before.most ? leader : before.leader;
      found.set(place, { place, score: part + (before?.score ?? 0), stage, leader: led, most });
    }
  }
  const words = { shelf: 'session', title: 'More like your last session', source: 'session' } as const;
  return planShelf(context, words, [...found.values()], (place) => {
    const leader = found.get(place)?.leader;
    if (leader === undefined) return null;
    const item = catalogue.id(leader);
    const playedAt = facts.listener.sessionPlayAt(item);
    return playedAt === null ? null : { kind: 'session_like', item, playedAt };
  });
};

/** The best model's likeness alone, in (0, 1]. */
const likeness = (rankings: readonly RankedPlaces[]): readonly ScoredPlace[] => {
  const [best] = rankings;
  if (best === undefined) return [];
  const top = Math.max(best.scores[0] ?? 0, Number.MIN_VALUE);
  return best.places.map((place, n) => ({ place, score: Math.max(0, best.scores[n]! / top), stage: best.stage }));
};
