import { describe, expect, it } from 'vitest';
import { createImpressions } from './impressions.ts';
import type { Seen } from './wire-event.ts';

const place = { slateId: 's1', shelf: 'jump_back_in', slot: 2 };

const watching = () => {
  const seen: Seen[] = [];
  return { seen, impressions: createImpressions((each) => seen.push(each)) };
};

describe('an impression', () => {
  it('is reported with the time in view when the card leaves', () => {
    const { seen, impressions } = watching();
    impressions.change('track:a', place, 0.6, 0);
    impressions.change('track:a', place, 0.9, 500);
    impressions.change('track:a', place, 0.2, 2300);
    expect(seen).toEqual([{ itemId: 'track:a', place, visibleMs: 2300, maxVisibleFraction: 0.9 }]);
  });

  it('needs half of the card', () => {
    const { seen, impressions } = watching();
    impressions.change('track:a', place, 0.49, 0);
    impressions.leave(60_000);
    expect(seen).toEqual([]);
  });

  it('needs a whole second without a break', () => {
    const { seen, impressions } = watching();
    impressions.change('track:a', place, 1, 0);
    impressions.change('track:a', place, 0, 999);
    impressions.change('track:a', place, 1, 1000);
    impressions.change('track:a', place, 0, 1999);
    expect(seen).toEqual([]);
    impressions.change('track:a', place, 1, 2000);
    impressions.change('track:a', place, 0, 3000);
    expect(seen).toMatchObject([{ visibleMs: 1000 }]);
  });

  it('is reported once per page view', () => {
    const { seen, impressions } = watching();
    for (const start of [0, 10_000]) {
      impressions.change('track:a', place, 1, start);
      impressions.change('track:a', place, 0, start + 1500);
    }
    expect(seen).toHaveLength(1);
    impressions.leave(20_000);
    impressions.change('track:a', place, 1, 21_000);
    impressions.leave(23_000);
    expect(seen).toHaveLength(2);
  });

  it('does not wait for ever for a card that stays', () => {
    const { seen, impressions } = watching();
    impressions.change('track:a', place, 1, 0);
    impressions.tick(9999);
    expect(seen).toEqual([]);
    impressions.tick(10_000);
    impressions.leave(50_000);
    expect(seen).toMatchObject([{ visibleMs: 10_000 }]);
  });
});
