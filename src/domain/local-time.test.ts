import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { daypartOf, isTimeZone, localTime, utcOffsetAt } from './local-time.ts';

const at = (iso: string): number => Date.parse(iso);

describe('localTime', () => {
  it('follows daylight saving of the zone', () => {
    const berlin = { timeZone: 'Europe/Berlin' };
    expect(utcOffsetAt(at('2026-03-29T00:59:59Z'), berlin)).toBe(60);
    expect(utcOffsetAt(at('2026-03-29T01:00:00Z'), berlin)).toBe(120);
    expect(localTime(at('2026-10-25T00:30:00Z'), berlin)).toEqual({
      hour: 2,
      minute: 30,
      weekday: 7,
      day: '2026-10-25',
    });
    expect(localTime(at('2026-10-25T01:30:00Z'), berlin)).toEqual({
      hour: 2,
      minute: 30,
      weekday: 7,
      day: '2026-10-25',
    });
  });

  it('knows zones that are not on the hour', () => {
    expect(localTime(at('2026-11-23T00:00:00Z'), { timeZone: 'Asia/Kathmandu' })).toMatchObject({
      hour: 5,
      minute: 45,
    });
  });

  it('prefers the zone over the offset, and stands at UTC when neither is known', () => {
    const moment = at('2026-11-23T00:00:00Z');
    expect(localTime(moment, { timeZone: 'Asia/Tokyo', utcOffsetMin: 0 }).hour).toBe(9);
    expect(localTime(moment, { utcOffsetMin: -60 })).toMatchObject({ hour: 23, weekday: 7, day: '2026-11-22' });
    expect(localTime(moment, {})).toMatchObject({ hour: 0, weekday: 1 });
  });

  it('agrees with Intl in every zone', () => {
    const zones = Intl.supportedValuesOf('timeZone');
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: at('2001-01-01'), max: at('2035-01-01') }),
        (timeZone, t) => {
          const hour = Number(
            new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(t),
          );
          expect(localTime(t, { timeZone }).hour).toBe(hour);
        },
      ),
      { seed: 4, numRuns: 500 },
    );
  });
});

describe('isTimeZone', () => {
  it('tells names that exist from those that do not', () => {
    expect(isTimeZone('Europe/Berlin')).toBe(true);
    expect(isTimeZone('Europe/Atlantis')).toBe(false);
  });
});

describe('names of time zones', () => {
  const name = 'Europe/Berlin';
  /** Each letter large or small, as the bits of a number say. */
  const spelled = (bits: number): string =>
    [...name].map((letter, n) => ((bits >> n) & 1 ? letter.toUpperCase() : letter.toLowerCase())).join('');
  const summer = at('2026-07-01T12:00:00Z');

  it('are of one zone in every letter case', () => {
    for (let bits = 0; bits < 2 ** name.length; bits += 7) {
      expect(utcOffsetAt(summer, { timeZone: spelled(bits) })).toBe(120);
    }
  });

  it('are forgotten when there are more than zones, and looked up again', () => {
    let lookUps = 0;
    class Counted extends Intl.DateTimeFormat {
      constructor(locale: string, options: Intl.DateTimeFormatOptions) {
        super(locale, options);
        lookUps++;
      }
    }
    const ask = (first: number, count: number): number => {
      lookUps = 0;
      for (let bits = first; bits < first + count; bits++) expect(isTimeZone(spelled(bits))).toBe(true);
      return lookUps;
    };
    vi.stubGlobal('Intl', { DateTimeFormat: Counted });
    try {
      ask(0, 10);
      ask(0, 10);
      expect(ask(0, 10)).toBe(0);
      ask(10, 2000);
      expect(ask(0, 10)).toBe(10);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

describe('daypartOf', () => {
  it('covers the day in five blocks', () => {
    const hours = Array.from({ length: 24 }, (_, hour) => daypartOf(hour));
    expect(hours.map((name) => name.slice(0, 2)).join(' ')).toBe(
      'la la la la la mo mo mo mo mo mo af af af af af af ev ev ev ev ni ni ni',
    );
  });
});
