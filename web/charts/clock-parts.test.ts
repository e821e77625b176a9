import { describe, expect, it } from 'vitest';
import { clockParts } from './clock-parts.ts';

describe('the day clock', () => {
  it('gives each part an area in proportion to its share', () => {
    // Six hours and 0.6 against six hours and 0.15: a quarter of the area is half of the radius.
    const [morning, afternoon] = clockParts([
      { daypart: 'afternoon', share: 0.15 },
      { daypart: 'morning', share: 0.6 },
    ]);
    expect(morning).toMatchObject({ daypart: 'morning', most: true, hours: '5–11 h' });
    expect(morning?.path).toContain('A46.00 46.00');
    expect(afternoon?.path).toContain('A23.00 23.00');
  });

  it('draws nothing where nothing was played', () => {
    expect(clockParts([{ daypart: 'night', share: 0 }])).toMatchObject([{ path: '', most: false }]);
    expect(clockParts([])).toEqual([]);
  });
});
