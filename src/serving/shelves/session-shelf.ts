/** More like the last session. */

import { DAY_MS } from '#domain';
import { topK } from '#math';
import type { RankedPlaces } from '../learned.ts';
import { PlaceRows } from '../place-rows.ts';
import type { RecentPlay } from '../recent-plays.ts';
import type { PageContext, ScoredPlace, ShelfPlan } from './shelf-plan.ts';
import { planShelf, SHELF_CANDIDATES } from './shelf-plan.ts';

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
  const inSession = new Set<number>();
  for (const { place } of session) inSession.add(place);
  const isFit = (place: number): boolean => !inSession.has(place) && taste.isServable(place);
  const alikeTo = leadingPlaces(session, (place) => !listener.opinions.bars(place)).map((leader) => ({
    leader,
    alike: learned.mostSimilar(leader),
  }));
  const led = new Led(alikeTo.reduce((sum, { alike }) => sum + (alike?.places.length ?? 0), 0));
  for (const [back, { leader, alike }] of alikeTo.entries()) {
    if (alike !== null) led.add(alike, { leader, weight: FADING ** back, isFit });
  }
  const words = { shelf: 'session', title: 'More like your last session', source: 'session' } as const;
  return planShelf(context, words, led.best(SHELF_CANDIDATES), (place) => {
    const leader = led.leaderOf(place);
    if (leader === null) return null;
    const item = catalogue.id(leader);
    const playedAt = facts.listener.sessionPlayAt(item);
    return playedAt === null ? null : { kind: 'session_like', item, playedAt };
  });
};

/** The last different places of a session that were listened to and may lead, the latest first. */
const leadingPlaces = (session: readonly RecentPlay[], mayLead: (place: number) => boolean): readonly number[] => {
  const leading: number[] = [];
  for (let n = session.length - 1; n >= 0 && leading.length < LEADING; n--) {
    const { place, listened } = session[n]!;
    if (listened && mayLead(place) && !leading.includes(place)) leading.push(place);
  }
  return leading;
};

/** Places that are like some leaders: what these say of each together, and the one that says most. Columns, a row a place. */
class Led {
  readonly #rows = new PlaceRows();
  readonly #scores: Float64Array;
  readonly #most: Float64Array;
  readonly #leaders: Int32Array;
  readonly #stages: string[] = [];

  constructor(most: number) {
    this.#scores = new Float64Array(most);
    this.#most = new Float64Array(most);
    this.#leaders = new Int32Array(most);
  }

  /** Adds what is like one leader, by the likeness in (0, 1] times the weight of the leader. */
  add(
    { places, scores, stage }: RankedPlaces,
    { leader, weight, isFit }: { leader: number; weight: number; isFit: (place: number) => boolean },
  ): void {
    const top = Math.max(scores[0] ?? 0, Number.MIN_VALUE);
    for (let n = 0; n < places.length; n++) {
      if (!isFit(places[n]!)) continue;
      const row = this.#rows.rowOf(places[n]!);
      const part = weight * Math.max(0, scores[n]! / top);
      const isFirst = row === this.#stages.length;
      this.#scores[row]! += part;
      this.#stages[row] = stage;
      if (!isFirst && part <= this.#most[row]!) continue;
      this.#leaders[row] = leader;
      this.#most[row] = part;
    }
  }

  /** Null of a place that is not among them. */
  leaderOf(place: number): number | null {
    const row = this.#rows.find(place);
    return row < 0 ? null : this.#leaders[row]!;
  }

  best(count: number): readonly ScoredPlace[] {
    const { places } = this.#rows;
    const best: ScoredPlace[] = [];
    for (const row of topK(this.#scores.subarray(0, places.length), count)) {
      best.push({ place: places[row]!, score: this.#scores[row]!, stage: this.#stages[row]! });
    }
    return best;
  }
}
