import { describe, expect, it } from 'vitest';
import { check, fill, kinds, twinsOf } from './kernel-twins.contract.ts';
import { NOWHERE } from './kernels.ts';
import { kernelsOn } from './kernels-on.ts';
import { createSpace, f32, i8, i16, u32 } from './space.ts';

describe.each(kinds)('the %s kernels, bytes', (kind) => {
  const twins = twinsOf(kind);

  it('round rows to bytes where they belong, to the same bits', () => {
    check(({ rows, from, rng }) => {
      const size = 16 * (1 + rng.int(8));
      const space = createSpace({
        rows: f32(rows * size),
        places: u32(rows),
        values: i8(rows * size),
        scales: f32(rows),
        margins: f32(rows),
      });
      const { arrays } = space;
      // Of all lengths, down to none and to such whose scale would lose digits.
      const lengths = [1, 1e-3, 1e5, 1e-30, 1e-37, 1e-44, 0];
      fill(arrays.places, () => 0);
      for (let n = 0; n < rows; n++) {
        const length = lengths[rng.int(lengths.length)]!;
        fill(arrays.rows.subarray(n * size, (n + 1) * size), () => length * rng.normal());
        arrays.places[n] = rows - 1 - n;
      }
      if (rng.int(2) === 0) arrays.places[rng.int(rows)] = NOWHERE;
      const slack = rng.next() / 1000;
      const [a, b] = twins(space, (kernels) => {
        fill(arrays.values, () => -99);
        fill(arrays.scales, () => -1);
        fill(arrays.margins, () => -1);
        kernels.roundRows(from, rows, arrays.rows, arrays.places, slack, { ...arrays, size });
        return { values: arrays.values.slice(), scales: arrays.scales.slice(), margins: arrays.margins.slice() };
      });
      expect(a).toEqual(b);
      for (let n = from; n < rows; n++) {
        const row = arrays.rows.subarray(n * size, (n + 1) * size);
        const place = arrays.places[n]!;
        if (place === NOWHERE || row.every((value) => value === 0)) continue;
        const left = row.map((value, k) => value - a.scales[place]! * a.values[place * size + k]!);
        const [error, length] = [left, row].map((of) => Math.hypot(...of)) as [number, number];
        // Margins are f32.
        expect(a.margins[place]).toBeGreaterThanOrEqual(Math.fround((error + slack * length) * (1 - 1e-6)));
        expect(a.margins[place]).toBeLessThanOrEqual(
          Math.fround((error + slack * (length + error)) * (1 + 1e-6)) + 1e-44,
        );
      }
    });
  });

  it('bound the products of bytes, to the same bits', () => {
    check(({ rows, from, rng }) => {
      const size = 16 * (1 + rng.int(32));
      const space = createSpace({
        values: i8(rows * size),
        scales: f32(rows),
        margins: f32(rows),
        x: i16(size),
        out: f32(rows),
      });
      const { arrays } = space;
      fill(arrays.values, () => rng.int(255) - 127);
      fill(arrays.x, () => rng.int(65_535) - 32_767);
      fill(arrays.scales, () => rng.next());
      fill(arrays.margins, () => rng.next());
      const x = { values: arrays.x, scale: rng.next(), length: rng.next() };
      const [a, b] = twins(space, (kernels) => {
        kernels.quantizedBounds(from, rows, { ...arrays, size }, x, arrays.out);
        return arrays.out.slice(0, rows - from);
      });
      expect(a).toEqual(b);
    });
  });

  it('refuse to round a row to a place that there is not', () => {
    const space = createSpace({ rows: f32(32), places: u32(2), values: i8(32), scales: f32(2), margins: f32(2) });
    const { rows, places, ...out } = space.arrays;
    const round = () => kernelsOn(space, kind).roundRows(0, 2, rows, places, 0, { ...out, size: 16 });
    places.set([1, NOWHERE]);
    round();
    places.set([1, 2]);
    expect(round).toThrow(/place 2: expected one below 2/);
  });
});
