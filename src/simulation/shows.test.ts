import { expect, it } from 'vitest';
import { DAY_MS } from '#domain';
import { createFrame, presetWorld } from './index.ts';

const UNTIL = Date.UTC(2026, 10, 24);
const showsOf = (days: number) => {
  const stretch = { start: UNTIL - days * DAY_MS, until: UNTIL, prefix: 'shows' };
  return createFrame({ ...presetWorld('small')!, seed: 4 }, stretch).shows;
};

it('have episodes from the first days on, however long the world is, and some that a short one finds', () => {
  for (const days of [7, 120, 182, 400]) {
    for (const { episodes } of showsOf(days)) {
      const first = episodes[0]!.releasedAt;
      expect(first).toBeLessThan(UNTIL - (Math.max(days, 120) - 1) * DAY_MS);
      expect(first).toBeGreaterThanOrEqual(UNTIL - Math.max(days, 120) * DAY_MS);
      expect(episodes.at(-1)!.releasedAt).toBeLessThan(UNTIL);
    }
  }
});
