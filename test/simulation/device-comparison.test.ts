/**
 * Two rankers, two devices. Ranker A puts better things on every place of the page, and is served mostly on desktops,
 * where few look below the first screen; B is served mostly on phones, where people scroll. Clicks per card delivered
 * prefer B; clicks per card under one law of examination prefer A, which is the truth.
 *
 * 200 worlds of 400 users. That a reading orders the rankers one way by chance in at least 190 of them when it has no
 * preference has a probability below 1e-40. Coverage of a 95 % interval over 200 worlds lies within ± 4 standard errors
 * (0.95 ± 0.062) but for one seed in 16,000.
 */

import { describe, expect, it } from 'vitest';
import { createRng, type Rng } from '#math';
import { estimateClickThrough, type PlaceCounts, USER_GROUPS } from '#metrics';

const PLACES = 10;
const WORLDS = 200;
const USERS = 400;

/** Probability that a card at a place is looked at. */
const EXAMINED = {
  desktop: (k: number) => (k < 3 ? 0.95 : 0.05 * 0.8 ** (k - 3)),
  mobile: (k: number) => 0.95 * 0.93 ** k,
} as const;
type Device = keyof typeof EXAMINED;

/** Probability that a card that is looked at is played, by ranker and place. */
const ATTRACTIVE = {
  A: (k: number) => 0.2 * 0.93 ** k,
  B: (k: number) => 0.15 * 0.93 ** k,
} as const;
type Ranker = keyof typeof ATTRACTIVE;

const MOSTLY: Readonly<Record<Ranker, Device>> = { A: 'desktop', B: 'mobile' };
const OTHER: Readonly<Record<Device, Device>> = { desktop: 'mobile', mobile: 'desktop' };

/** One page of a user: what became of each place. */
const page = (ranker: Ranker, group: number, rng: Rng): PlaceCounts[] => {
  const device = rng.next() < 0.85 ? MOSTLY[ranker] : OTHER[MOSTLY[ranker]];
  return Array.from({ length: PLACES }, (_, place) => {
    const examined = rng.next() < EXAMINED[device](place) ? 1 : 0;
    const clicks = examined === 1 && rng.next() < ATTRACTIVE[ranker](place) ? 1 : 0;
    return { group, place, delivered: 1, watched: 1, examined, clicks, examined_clicks: clicks };
  });
};

const addUp = (rows: readonly PlaceCounts[]): PlaceCounts[] => {
  const sums = new Map<number, PlaceCounts>();
  for (const row of rows) {
    const key = row.group * PLACES + row.place;
    const sum = sums.get(key) ?? { ...row, delivered: 0, watched: 0, examined: 0, clicks: 0, examined_clicks: 0 };
    sums.set(key, {
      ...sum,
      delivered: sum.delivered + row.delivered,
      watched: sum.watched + row.watched,
      examined: sum.examined + row.examined,
      clicks: sum.clicks + row.clicks,
      examined_clicks: sum.examined_clicks + row.examined_clicks,
    });
  }
  return [...sums.values()];
};

const world = (seed: number) => {
  const rng = createRng('devices').derive(seed);
  const of = (ranker: Ranker) =>
    addUp(
      Array.from({ length: USERS / 2 }, (_, user) => [
        ...page(ranker, user % USER_GROUPS, rng),
        ...page(ranker, user % USER_GROUPS, rng),
      ]).flat(),
    );
  const cells = { A: of('A'), B: of('B') };
  const all = [...cells.A, ...cells.B];
  const read = (ranker: Ranker, form: 'naive' | 'common') => {
    const estimate = estimateClickThrough(cells[ranker], all, form);
    if (!estimate.ok) throw new Error(estimate.reason);
    return estimate;
  };
  return {
    naive: [read('A', 'naive'), read('B', 'naive')],
    common: [read('A', 'common'), read('B', 'common')],
  } as const;
};

/** U of a ranker under the law of both devices in equal parts. */
const truth = (ranker: Ranker): number => {
  const law = Array.from({ length: PLACES }, (_, k) => (EXAMINED.desktop(k) + EXAMINED.mobile(k)) / 2);
  const attention = law.reduce((sum, theta) => sum + theta);
  return law.reduce((sum, theta, k) => sum + theta * ATTRACTIVE[ranker](k), 0) / attention;
};

describe('two rankers on two devices', () => {
  const worlds = Array.from({ length: WORLDS }, (_, seed) => world(seed));

  it('are ordered wrongly by clicks per card delivered', () => {
    const wrong = worlds.filter(({ naive: [a, b] }) => a.value < b.value).length;
    expect(wrong).toBeGreaterThanOrEqual(190);
  });

  it('are ordered rightly under one law of examination', () => {
    expect(truth('A')).toBeGreaterThan(truth('B'));
    const right = worlds.filter(({ common: [a, b] }) => a.value > b.value).length;
    expect(right).toBeGreaterThanOrEqual(190);
  });

  it('have intervals under the law that hold the truth as often as they say', () => {
    for (const [n, ranker] of (['A', 'B'] as const).entries()) {
      const held = worlds.filter(({ common }) => {
        const { lower, upper } = common[n]?.interval ?? { lower: 1, upper: 0 };
        return lower <= truth(ranker) && truth(ranker) <= upper;
      }).length;
      expect(Math.abs(held / WORLDS - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / WORLDS));
    }
  });
});
