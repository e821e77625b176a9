import { describe, expect, it } from 'vitest';
import { kernelsOn } from './kernels-on.ts';
import { createArena } from './memory.ts';
import { createSpace, f32, f64, i8, openSpace, shareSpace, u32 } from './space.ts';

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

  it('begins with what it is given', () => {
    const given = Float32Array.of(1, 2, 3);
    const { arrays, buffer } = createSpace({ zeros: u32(5), copied: f32(given) });
    expect([...arrays.copied]).toEqual([1, 2, 3]);
    expect(arrays.copied.buffer).toBe(buffer);
    given.fill(9);
    expect([...arrays.copied]).toEqual([1, 2, 3]);
  });

  it('has an end', () => {
    expect(() => createSpace({ a: f32(2 ** 30), b: f32(1) })).toThrow(/expected at most 4294967296/);
  });
});

describe('an arena', () => {
  /** Four rows of four numbers, 1 … 16, behind 64 bytes of another kind. */
  const filled = () => {
    const arena = createArena(64 + 16 * 4);
    const rows = new Float32Array(arena.buffer, arena.byteOffset + 64, 16);
    rows.set(rows.map((_, n) => n + 1));
    return { arena, rows };
  };

  it('is of zeros, at an address that is a multiple of 64', () => {
    const arena = createArena(1000);
    expect(arena.length).toBe(1000);
    expect(arena.byteOffset % 64).toBe(0);
    expect(arena.every((byte) => byte === 0)).toBe(true);
    expect(arena.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(createArena(0).length).toBe(0);
  });

  it('holds arrays of a space as they lie, and those it has besides', () => {
    const { arena, rows } = filled();
    const space = createSpace({ rows: f32(rows), x: f32(Float32Array.of(1, 0, 0, 1)), out: f32(4) });
    kernelsOn(space).dots(0, 4, space.arrays.rows, 4, space.arrays.x, space.arrays.out);
    expect([...space.arrays.out]).toEqual([5, 13, 21, 29]);
    rows[0] = 100;
    expect(space.arrays.rows[0]).toBe(100);
    space.arrays.out.fill(7);
    expect([...arena.subarray(0, 64)].every((byte) => byte === 0)).toBe(true);
    expect([...rows.subarray(1)]).toEqual(Array.from({ length: 15 }, (_, n) => n + 2));
  });

  it('holds one space after the other, apart from each other', () => {
    const { rows } = filled();
    const plans = () => ({ rows: f32(rows), own: f64(100_000) });
    const [first, second] = [createSpace(plans()), createSpace(plans())];
    first.arrays.own.fill(1);
    second.arrays.own.fill(2);
    expect(first.arrays.own.every((value) => value === 1)).toBe(true);
    expect([first.arrays.rows, second.arrays.rows].map((of) => [...of])).toEqual([[...rows], [...rows]]);
  });

  it('takes what lies in another arena as a copy', () => {
    const [one, other] = [filled(), filled()];
    const { arrays } = createSpace({ one: f32(one.rows), other: f32(other.rows) });
    expect([...arrays.other]).toEqual([...other.rows]);
    expect(arrays.other.buffer).toBe(arrays.one.buffer);
    other.rows.fill(0);
    expect(arrays.other[15]).toBe(16);
  });

  it('goes to another thread with its space', () => {
    const { rows } = filled();
    const space = createSpace({ rows: f32(rows), x: f32(4), out: f32(4) });
    const opened = openSpace(structuredClone(shareSpace(space))) as typeof space;
    opened.arrays.x.fill(1);
    kernelsOn(opened).dots(0, 4, opened.arrays.rows, 4, opened.arrays.x, opened.arrays.out);
    expect([...space.arrays.out]).toEqual([10, 26, 42, 58]);
  });
});
