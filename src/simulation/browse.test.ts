import { describe, expect, it } from 'vitest';
import { createRng } from '#math';
import { examination, glance, hasScreen } from './browse.ts';

const PAGE = Array.from({ length: 24 }, (_, n) => ({ row: Math.floor(n / 6), slot: n % 6 }));
const DRAWS = 20_000;

describe('glance', () => {
  it.each(['desktop', 'mobile', 'tablet', 'speaker'] as const)(
    'looks at each place of a page on %s as often as its law says',
    (device) => {
      const rng = createRng(device);
      const counts = new Float64Array(PAGE.length);
      for (let n = 0; n < DRAWS; n++) for (const place of glance(PAGE, device, rng)) counts[place]!++;
      for (const [place, { row, slot }] of PAGE.entries()) {
        const p = examination(device, row, slot);
        // Five standard errors: a wrong alarm in a million or so, for each of 96 places.
        expect(Math.abs(counts[place]! / DRAWS - p)).toBeLessThanOrEqual(5 * Math.sqrt((p * (1 - p)) / DRAWS) + 1e-12);
      }
    },
  );

  it('hears one thing where there is no screen', () => {
    expect([...glance(PAGE, 'speaker', createRng(1))]).toEqual([0]);
    expect(hasScreen('speaker')).toBe(false);
    expect(hasScreen('mobile')).toBe(true);
  });
});
