import { describe, expect, it } from 'vitest';
import { estimateClickThrough, type PlaceCounts } from './estimate-click-through.ts';

/** Twenty groups of users who see ten cards each; all but one group take every card. */
const rows = Array.from({ length: 20 }, (_, group): PlaceCounts => {
  const clicks = group === 0 ? 8 : 10;
  return { group, place: 0, delivered: 10, watched: 10, examined: 10, clicks, examined_clicks: clicks };
});

it.each(['naive', 'examined', 'common'] as const)('%s is a share, and so is what is known of it', (form) => {
  const estimate = estimateClickThrough(rows, rows, form);
  if (!estimate.ok) throw new Error(estimate.reason);
  // 198 of 200; the standard error over groups is 0.01, so the symmetric interval would reach beyond 1.
  expect(estimate.value).toBeCloseTo(0.99, 12);
  expect(estimate.interval.lower).toBeLessThan(0.98);
  expect(estimate.interval.upper).toBe(1);
});

describe.each(['naive', 'examined', 'common'] as const)('%s that is the same in all groups', (form) => {
  /** Ten groups of users who see so many cards at each of three places. */
  const ten = (cards: number, clicks: (place: number) => number): readonly PlaceCounts[] =>
    Array.from({ length: 30 }, (_, n): PlaceCounts => {
      const [group, place] = [Math.floor(n / 3), n % 3];
      const taken = clicks(place);
      const seen = { delivered: cards, watched: cards, examined: cards };
      return { group, place, ...seen, clicks: taken, examined_clicks: taken };
    });

  it('is not sure that nobody ever takes a card: 0 to 1 − 0.025^(1/10)', () => {
    const rows = ten(3, () => 0);
    const estimate = estimateClickThrough(rows, rows, form);
    expect(estimate).toMatchObject({ ok: true, value: 0, n: 10, interval: { lower: 0 } });
    expect(estimate.ok && estimate.interval.upper).toBeCloseTo(1 - 0.025 ** (1 / 10), 12);
  });

  it('is not sure that everybody takes every card', () => {
    const rows = ten(3, () => 3);
    const estimate = estimateClickThrough(rows, rows, form);
    expect(estimate).toMatchObject({ ok: true, value: 1, n: 10, interval: { upper: 1 } });
    expect(estimate.ok && estimate.interval.lower).toBeCloseTo(0.025 ** (1 / 10), 12);
  });

  it('says nothing of how far others differ', () => {
    const rows = ten(7, (place) => place + 1);
    expect(estimateClickThrough(rows, rows, form)).toEqual({ ok: false, reason: 'no_variation' });
  });
});
