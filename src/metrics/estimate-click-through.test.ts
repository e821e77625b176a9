import { expect, it } from 'vitest';
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
