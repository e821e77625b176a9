import { describe, expect, it, vi } from 'vitest';
import { LocalClock } from './local-clock.ts';

describe('names of time zones', () => {
  it('are of the zone database, and of one zone in every letter case and by every alias', () => {
    const clock = new LocalClock();
    expect(['Asia/Kolkata', 'asia/KOLKATA', 'Mars/Olympus'].map((name) => clock.knows(name))).toEqual([
      true,
      true,
      false,
    ]);
    expect(clock.isSame('Asia/Kolkata', 'asia/KOLKATA')).toBe(true);
    expect(clock.isSame('Asia/Kolkata', 'Asia/Kathmandu')).toBe(false);
    expect(clock.isSame('Mars/Olympus', 'Mars/Pavonis')).toBe(false);
    expect(clock.isSame('Asia/Kolkata', undefined)).toBe(false);
  });

  it('are looked up once, but those of long ago again', () => {
    let lookUps = 0;
    class Counted extends Intl.DateTimeFormat {
      constructor(locale: string, options: Intl.DateTimeFormatOptions) {
        lookUps++;
        super(locale, options);
      }
    }
    const clock = new LocalClock();
    vi.stubGlobal('Intl', { DateTimeFormat: Counted });
    try {
      for (let n = 0; n < 1000; n++) for (const _ of [1, 2]) clock.knows(`Mars/${n}`);
      expect(lookUps).toBe(1000);
      clock.knows('Europe/Berlin');
      clock.knows('Mars/0');
      expect(lookUps).toBe(1002);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});
