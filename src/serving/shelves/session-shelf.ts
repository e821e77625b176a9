/** More like the last session. */

import { DAY_MS } from '#domain';
import type { RankedPlaces } from '../learned.ts';
import type { PageContext, ShelfPlan } from './shelf-plan.ts';
import { planShelf } from './shelf-plan.ts';

const OLDEST_MS = 7 * DAY_MS;
/** The last so many different items of the session lead. */
const LEADING = 6;
/** Each item further back in the session counts so much of the one after it (half after five, [Mehrotra2020]). */
const FADING = 0.5 ** (1 / 5);

/** Of a place that is like some leaders: what they say of it together, and the one that says most. */
interface Led {
  readonly place: number;
  score: number;
  stage: string;
  leader: number;
  most: number;
}

export const sessionShelf = (context: PageContext): ShelfPlan | null => {
  const { taste, facts, now } = context;
  const { learned, listener, catalogue } = taste;
  const session = listener.recent.lastSession();
  if (learned === null || session.length === 0 || now - session.at(-1)!.at > OLDEST_MS) return null;
  const heard = session.filter((play) => play.listened && !listener.opinions.bars(play.place));
  const inSession = new Set(session.map((play) => play.place));
  const leading = [...new Set(heard.map((play) => play.place).reverse())].slice(0, LEADING);
  const found = new Map<number, Led>();
  const isFit = (place: number): boolean => !inSession.has(place) && taste.isServable(place);
  for (const [back, leader] of leading.entries()) {
    const alike = learned.mostSimilar(leader);
    if (alike !== null) addLike(found, alike, { leader, weight: FADING ** back, isFit });
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

/** Adds what is like one leader, by the likeness in (0, 1] times the weight of the leader. */
const addLike = (
  found: Map<number, Led>,
  { places, scores, stage }: RankedPlaces,
  { leader, weight, isFit }: { leader: number; weight: number; isFit: (place: number) => boolean },
): void => {
  const top = Math.max(scores[0] ?? 0, Number.MIN_VALUE);
  for (let n = 0; n < places.length; n++) {
    const place = places[n]!;
    if (!isFit(place)) continue;
    const part = weight * Math.max(0, scores[n]! / top);
    const before = found.get(place);
    if (before === undefined) found.set(place, { place, score: part, stage, leader, most: part });
    else addTo(before, { part, stage, leader });
  }
};

const addTo = (led: Led, { part, stage, leader }: { part: number; stage: string; leader: number }): void => {
  led.score += part;
  led.stage = stage;
  if (part <= led.most) return;
  led.leader = leader;
  led.most = part;
};
