import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJsonEntries, readNdjsonEntries } from './entries.ts';

const LIMITS = { bodyBytes: 1000, bodyEntries: 4 };
const json = (text: string) => readJsonEntries(Buffer.from(text), LIMITS);
const chunksOf = async function* (bytes: Buffer, size: number) {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
};
const ndjson = (text: string | Buffer, size = 7, bodyEntries = 4) =>
  readNdjsonEntries(chunksOf(Buffer.from(text), size), { ...LIMITS, bodyEntries });
const refusal = (entries: Awaited<ReturnType<typeof ndjson>>) =>
  Object.fromEntries([...entries.refused].map(([index, [problem]]) => [index, problem?.reason]));

describe('a JSON body', () => {
  it('is an array of entries, or one', () => {
    expect(json('[{"a":1},{"a":2}]').good).toEqual([{ a: 1 }, { a: 2 }]);
    expect(json('\uFEFF{"a":1}').good).toEqual([{ a: 1 }]);
    expect(json('[]').count).toBe(0);
  });

  it.each([
    ['', 'the body is empty: expected a JSON array or object'],
    ['"text"', 'expected a JSON array or object, got a string'],
    ['null', 'expected a JSON array or object, got null'],
    ['[{"a":1},{"secret', 'the body is not JSON: it breaks at position 17'],
    ['[1,2,3,4,5]', 'the body holds more than 4 entries: nothing of it was taken'],
  ])('%s is refused as a whole', (text, message) => {
    expect(() => json(text)).toThrow(message);
  });

  it('says that it is not UTF-8, and never quotes what was sent', () => {
    expect(() => readJsonEntries(Buffer.from([0x5b, 0xff, 0x5d]), LIMITS)).toThrow('the body is not UTF-8');
    expect(() => json('[{"user_id": secret-name}]')).toThrow(/^(?!.*secret).*$/s);
  });

  it('refuses an entry with a forbidden key alone', () => {
    const entries = json('[{"a":1},{"b":{"\\u005f_proto__":{"x":1}}},{"__proto__":{}},{"a":2}]');
    expect(entries.good).toEqual([{ a: 1 }, { a: 2 }]);
    expect(entries.goodAt).toEqual([0, 3]);
    expect(entries.refused.get(1)).toEqual([{ field: 'b.__proto__', reason: 'the key __proto__ is not allowed' }]);
    expect(entries.refused.get(2)?.[0]?.field).toBe('__proto__');
  });

  it('refuses half a surrogate pair, and takes a whole one', () => {
    const entries = json('[{"t":"\\ud83c\\udfb5"},{"t":["x","\\ud83c"]}]');
    expect(entries.good).toEqual([{ t: '🎵' }]);
    expect(entries.refused.get(1)?.[0]).toEqual({
      field: 't.1',
      reason: 'holds half a surrogate pair: not Unicode text',
    });
  });

  it('refuses nesting that would overflow a stack later', () => {
    const nest = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    const deep = `[{"extra":${nest(31)}},{"extra":${nest(32)}},{"extra":${nest(200)}}]`;
    const entries = readJsonEntries(Buffer.from(deep), { bodyBytes: 1e6, bodyEntries: 9 });
    expect(entries.goodAt).toEqual([0]);
    expect(entries.refused.get(2)?.[0]?.reason).toBe('nested deeper than 32 levels');
    const abyss = Buffer.from(`[${'['.repeat(1e5)}${']'.repeat(1e5)}]`);
    expect(readJsonEntries(abyss, LIMITS).refused.size).toBe(1);
  });
});

describe('an NDJSON body', () => {
  it('is one entry a line, blank lines left out, in pieces of any size', async () => {
    const text = '{"a":"é"}\n\r\n{"a":2}\r\n\n{"a":3}';
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), async (size) => {
        expect((await ndjson(text, size)).good).toEqual([{ a: 'é' }, { a: 2 }, { a: 3 }]);
      }),
      { seed: 7, numRuns: 40 },
    );
  });

  it('refuses a broken line alone, with its index', async () => {
    const entries = await ndjson(
      Buffer.concat([
        Buffer.from('{"a":1}\n{"a":\n\n'),
        Buffer.from([0x22, 0xff, 0x22]),
        Buffer.from('\n{"a":2}\n{"a'),
      ]),
      7,
      5,
    );
    expect(entries.good).toEqual([{ a: 1 }, { a: 2 }]);
    expect(entries.goodAt).toEqual([0, 3]);
    expect(Object.keys(refusal(entries))).toEqual(['1', '2', '4']);
    expect(refusal(entries)[2]).toBe('the line is not UTF-8');
    expect(refusal(entries)[1]).toContain('the line is not JSON');
  });

  it('is bounded in bytes and entries, and not empty', async () => {
    await expect(ndjson('{}\n'.repeat(5))).rejects.toThrow('more than 4 entries: nothing of it was taken');
    await expect(ndjson(' '.repeat(1001))).rejects.toThrow('larger than 1000 bytes');
    await expect(ndjson('')).rejects.toThrow('the body is empty');
    expect((await ndjson('{}\n'.repeat(4))).count).toBe(4);
  });
});
