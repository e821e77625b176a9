import { describe, expect, it } from 'vitest';
import { isListen } from './listen.ts';

describe('isListen', () => {
  it('counts a play from 30 seconds on, or one played to its end', () => {
    expect(isListen({ msPlayed: 30_000 })).toBe(true);
    expect(isListen({ msPlayed: 29_999 })).toBe(false);
    expect(isListen({ msPlayed: 18_000, durationMs: 20_000 })).toBe(true);
    expect(isListen({ msPlayed: 17_999, durationMs: 20_000 })).toBe(false);
  });

  it('counts a play of unknown length unless it is known to be skipped', () => {
    expect(isListen({})).toBe(true);
    expect(isListen({ skipped: false })).toBe(true);
    expect(isListen({ skipped: true })).toBe(false);
  });

  it('does not take a zero-length recording for a finished one', () => {
    expect(isListen({ msPlayed: 0, durationMs: 0 })).toBe(false);
  });
});
