import { describe, expect, it } from 'vitest';
import { ago, chance, clock, counted, percent, span, unsnake } from './words.ts';

describe('words', () => {
  it('count one and many', () => {
    expect(counted(1, 'play')).toBe('1 play');
    expect(counted(1200, 'play')).toBe('1,200 plays');
    expect(counted(0, 'entry', 'entries')).toBe('0 entries');
  });

  it('do not call a small share nothing', () => {
    expect(percent(0)).toBe('0 %');
    expect(percent(0.004)).toBe('under 1 %');
    expect(percent(0.126)).toBe('13 %');
  });

  it('tell positions and spans', () => {
    expect(clock(187_900)).toBe('3:07');
    expect(clock(3_765_000)).toBe('1:02:45');
    expect(span(41 * 60_000)).toBe('41 minutes');
    expect(span(18.2 * 3_600_000)).toBe('18 hours');
    expect(span(31 * 86_400_000)).toBe('31 days');
  });

  it('tell how long ago', () => {
    const now = Date.parse('2024-03-10T12:00:00Z');
    expect(ago('2024-03-10T11:59:40Z', now)).toBe('just now');
    expect(ago('2024-03-10T10:00:00Z', now)).toBe('2 hours ago');
    expect(ago('2024-03-09T11:00:00Z', now)).toBe('yesterday');
    expect(ago('2022-03-10T11:00:00Z', now)).toBe('2 years ago');
  });

  it('tell a chance', () => {
    expect(chance(1)).toBe('certain');
    expect(chance(0.93)).toBe('93 in 100');
    expect(chance(1 / 12)).toBe('1 in 12');
  });

  it('read codes', () => {
    expect(unsnake('editors:late_night')).toBe('Editors late night');
  });
});
