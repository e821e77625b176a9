import { describe, expect, it } from 'vitest';
import { createSpace, f32, f64, i8, u32 } from './space.ts';

describe('a space', () => {
  it('holds what was planned, apart and zero', () => {
    const { arrays, buffer } = createSpace({ a: f32(3), b: u32(0), c: f64(5), d: i8(7) });
    expect([arrays.a.length, arrays.b.length, arrays.c.length, arrays.d.length]).toEqual([3, 0, 5, 7]);
    for (const array of Object.values(arrays)) {
      expect(array.buffer).toBe(buffer);
      expect(array.byteOffset).toBeGreaterThan(0);
      expect(array.every((value) => value === 0)).toBe(true);
      array.fill(1);
    }
    expect([...arrays.a, ...arrays.c, ...arrays.d].every((value) => value === 1)).toBe(true);
  });

  it('has an end', () => {
    expect(() => createSpace({ a: f32(2 ** 30), b: f32(1) })).toThrow(/expected at most 4294967296/);
  });
});
