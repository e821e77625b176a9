import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type RecentPlay, RecentPlays, SESSION_GAP_MS } from './recent-plays.ts';

const KEPT = 300;

const PLAY: fc.Arbitrary<RecentPlay> = fc.record({
  place: fc.nat({ max: 9 }),
  at: fc.nat({ max: 40 }).map((n) => n * 10 * 60_000),
  msPlayed: fc.nat({ max: 300_000 }),
  listened: fc.boolean(),
  skipped: fc.boolean(),
  sessionId: fc.constantFrom(null, 'a', 'b'),
});

/** In order of time, of one time as they came; the oldest are let go. */
const kept = (plays: readonly RecentPlay[]): readonly RecentPlay[] => {
  const all: RecentPlay[] = [];
  for (const play of plays) {
    if (all.length === KEPT && play.at <= all[0]!.at) continue;
    const after = all.findIndex(({ at }) => at > play.at);
    all.splice(after < 0 ? all.length : after, 0, play);
    if (all.length > KEPT) all.shift();
  }
  return all;
};

const lastSessionOf = (plays: readonly RecentPlay[]): readonly RecentPlay[] => {
  const start = plays.findLastIndex(
    ({ at }, n) => n === 0 || at - (plays[n - 1]!.at + plays[n - 1]!.msPlayed) > SESSION_GAP_MS,
  );
  return start < 0 ? [] : plays.slice(start);
};

it('keeps the last plays by time and knows the session they end in, in whatever order they come', () => {
  fc.assert(
    fc.property(fc.array(PLAY, { maxLength: 700, size: 'max' }), fc.nat({ max: 500 * 60_000 }), (plays, now) => {
      const recent = new RecentPlays();
      for (const play of plays) recent.add(play);
      const all = kept(plays);
      const session = lastSessionOf(all);
      const last = session.at(-1);
      const running = last !== undefined && now - (last.at + last.msPlayed) <= SESSION_GAP_MS ? session : [];
      expect(recent.lastSession()).toEqual(session);
      expect(recent.runningSession(now)).toEqual(running);
      expect(recent.runningSince(now)).toBe(running[0]?.at);
      expect(recent.runningPlaces(now)).toEqual(new Set(running.map(({ place }) => place)));
      for (let place = 0; place < 10; place++) {
        expect(recent.lastSessionPlayAt(place)).toBe(session.findLast((play) => play.place === place)?.at ?? null);
      }
      expect(recent.ofSession('a')).toEqual(all.filter(({ sessionId }) => sessionId === 'a'));
    }),
  );
});
