import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlaceRows } from './place-rows.ts';
import { PlaceTimes } from './place-times.ts';

const PLACE = fc.oneof(
  fc.nat({ max: 40 }),
  fc.nat({ max: 2 ** 31 - 1 }),
  fc.nat({ max: 60 }).map((n) => n * 2 ** 20),
);

describe('rows of places', () => {
  it('are given in the order of first sight and found again, however many there are', () => {
    fc.assert(
      fc.property(fc.array(PLACE, { maxLength: 300 }), fc.array(PLACE, { maxLength: 50 }), (met, others) => {
        const rows = new PlaceRows();
        const known = new Map<number, number>();
        for (const place of met) {
          if (!known.has(place)) known.set(place, known.size);
          expect(rows.rowOf(place)).toBe(known.get(place));
        }
        expect(rows.size).toBe(known.size);
        expect([...rows.places]).toEqual([...known.keys()]);
        for (const place of [...met, ...others]) expect(rows.find(place)).toBe(known.get(place) ?? -1);
      }),
    );
  });
});

describe('times of places', () => {
  it('are the latest of each; only what no longer matters is forgotten', () => {
    const note = fc.record({ place: fc.nat({ max: 200 }), at: fc.nat({ max: 1000 }) });
    fc.assert(
      fc.property(fc.array(note, { maxLength: 400 }), (notes) => {
        const times = new PlaceTimes();
        const latest = new Map<number, number>();
        let before = 0;
        for (const { place, at } of notes) {
          before = Math.max(before, at - 300);
          times.note(place, at, before);
          latest.set(place, Math.max(at, latest.get(place) ?? 0));
        }
        for (const [place, at] of latest) {
          const found = times.at(place);
          if (at >= before) expect(found).toBe(at);
          else expect(found === undefined || found <= at).toBe(true);
        }
        expect(times.at(201)).toBeUndefined();
      }),
    );
  });

  it('take no more room for what is long over', () => {
    const times = new PlaceTimes();
    for (let place = 0; place < 10_000; place++) times.note(place, place, place - 50);
    expect(times.size).toBeLessThanOrEqual(256);
    expect(times.at(9_999)).toBe(9_999);
  });
});
