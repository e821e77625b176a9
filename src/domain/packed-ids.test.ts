import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PackedIds, type SharedIds } from './packed-ids.ts';

/** As another thread gets it. */
const received = <Id extends string>(shared: SharedIds<Id>): SharedIds<Id> => {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(shared);
  const { message } = receiveMessageOnPort(port2)!;
  port1.close();
  return message;
};

describe('packed ids', () => {
  it('are the list that they were made of, in this thread and in another one', () => {
    const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
    fc.assert(
      fc.property(fc.array(fc.string({ unit, maxLength: 8 }), { maxLength: 50 }), (ids) => {
        const packed = PackedIds.from(ids);
        const parsed = PackedIds.parse(packed.toBytes());
        for (const list of [packed, PackedIds.open(received(packed.share())), parsed]) {
          expect(list.length).toBe(ids.length);
          expect([...list]).toEqual(ids);
          expect(ids.map((_, index) => list.at(index))).toEqual(ids);
        }
      }),
      { seed: 13, numRuns: 200 },
    );
  });

  it('are bytes that fill several slabs, and the same list again', () => {
    const ids = Array.from({ length: 70_000 }, (_, n) =>
      n % 7 === 0 ? `дорожка:${n}` : `a track of some length:${n}`,
    );
    const packed = PackedIds.from([...ids, 'x'.repeat(2 ** 21)]);
    const bytes = packed.toBytes();
    const parsed = PackedIds.parse(bytes);
    expect([...parsed]).toEqual([...packed]);
    expect(Buffer.compare(parsed.toBytes(), bytes)).toBe(0);
  });

  it('are not made of bytes that are too few or too many', () => {
    const bytes = PackedIds.from(['a', 'Ā', '']).toBytes();
    for (let length = 0; length < bytes.length; length++)
      expect(() => PackedIds.parse(bytes.subarray(0, length))).toThrow(/are too few/);
    expect(() => PackedIds.parse(Uint8Array.of(...bytes, 0))).toThrow('1 bytes follow 3 ids');
    expect(() => PackedIds.parse(Uint8Array.of(255, 255, 255, 255))).toThrow(RangeError);
  });

  it('are many in the same memory, of which no byte is copied', () => {
    const packed = PackedIds.from(Array.from({ length: 120_000 }, (_, n) => `track:${n}`));
    const shared = received(packed.share());
    const opened = PackedIds.open(shared);
    expect(opened.length).toBe(120_000);
    expect([0, 32_767, 32_768, 119_999].map((n) => opened.at(n))).toEqual([
      'track:0',
      'track:32767',
      'track:32768',
      'track:119999',
    ]);
    const arrays = [...shared.slabs, ...shared.chunks];
    expect(arrays.length).toBeGreaterThan(5);
    expect(arrays.every(({ buffer }) => buffer instanceof SharedArrayBuffer)).toBe(true);
    // What one side would write the other would read.
    packed.share().slabs[0]!.set([84]);
    expect(opened.at(0)).toBe('Track:0');
  });
});
