import fc from 'fast-check';
import { expect, it } from 'vitest';
import { IdTable } from './id-table.ts';

it('gives each id one number, in the order of first sight, as a map would', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 8 }), { maxLength: 100 }), (ids) => {
      const table = new IdTable<string>();
      const map = new Map<string, number>();
      for (const id of ids) {
        expect(table.find(id)).toBe(map.get(id));
        if (!map.has(id)) map.set(id, map.size);
        expect(table.numberOf(id)).toBe(map.get(id));
      }
      expect(table.size).toBe(map.size);
      for (const [id, number] of map) expect(table.id(number)).toBe(id);
    }),
    { seed: 11, numRuns: 200 },
  );
});
