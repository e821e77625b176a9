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
  it('is an array of entries, or one', async () => {
    expect((await json('[{"a":1},{"a":2}]')).good).toEqual([{ a: 1 }, { a: 2 }]);
    expect((await json('\uFEFF{"a":1}')).good).toEqual([{ a: 1 }]);
    expect((await json('[]')).count).toBe(0);
  });

  it.each([
    ['', 'the body is empty: expected a JSON array or object'],
    ['"text"', 'expected a JSON array or object, got a string'],
    ['null', 'expected a JSON array or object, got null'],
    ['[{"a":1},{"secret', 'the body is not JSON: it breaks at position 17'],
    ['[1,2,3,4,5]', 'the body holds more than 4 entries: nothing of it was taken'],
    ['[1,2],3', 'the body is not JSON: it breaks at position 5'],
    ['[1,2}', 'the body is not JSON: it breaks at position 4'],
    ['[1,2', 'the body is not JSON: it breaks at position 4'],
    ['[1,]', 'the body is not JSON: it breaks at position 3'],
    ['["é",nul]', 'the body is not JSON: it breaks at position 8'],
  ])('%s is refused as a whole', async (text, message) => {
    await expect(json(text)).rejects.toThrow(message);
  });

  it('says that it is not UTF-8, and never quotes what was sent', async () => {
    await expect(readJsonEntries(Buffer.from([0x5b, 0xff, 0x5d]), LIMITS)).rejects.toThrow('the body is not UTF-8');
    await expect(json('[{"user_id": secret-name}]')).rejects.toThrow(/^(?!.*secret).*$/s);
  });

  it('refuses an entry with a forbidden key alone', async () => {
    const entries = await json('[{"a":1},{"b":{"\\u005f_proto__":{"x":1}}},{"__proto__":{}},{"a":2}]');
    expect(entries.good).toEqual([{ a: 1 }, { a: 2 }]);
    expect(entries.goodAt).toEqual([0, 3]);
    expect(entries.refused.get(1)).toEqual([{ field: 'b.__proto__', reason: 'the key __proto__ is not allowed' }]);
    expect(entries.refused.get(2)?.[0]?.field).toBe('__proto__');
  });

  it('refuses half a surrogate pair, and takes a whole one', async () => {
    const entries = await json('[{"t":"\\ud83c\\udfb5"},{"t":["x","\\ud83c"]}]');
    expect(entries.good).toEqual([{ t: '🎵' }]);
    expect(entries.refused.get(1)?.[0]).toEqual({
      field: 't.1',
      reason: 'holds half a surrogate pair: not Unicode text',
    });
  });

  it('refuses nesting that would overflow a stack later', async () => {
    const nest = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    const deep = `[{"extra":${nest(31)}},{"extra":${nest(32)}},{"extra":${nest(200)}}]`;
    const entries = await readJsonEntries(Buffer.from(deep), { bodyBytes: 1e6, bodyEntries: 9 });
    expect(entries.goodAt).toEqual([0]);
    expect(entries.refused.get(2)?.[0]?.reason).toBe('nested deeper than 32 levels');
    const abyss = Buffer.from(`[${'['.repeat(1e5)}${']'.repeat(1e5)}]`);
    expect((await readJsonEntries(abyss, LIMITS)).refused.size).toBe(1);
  });

  it('is the same whether it is read whole or in pieces, and breaks at the same place', async () => {
    const outcome = async (text: string, pieceBytes: number) =>
      readJsonEntries(Buffer.from(text), { bodyBytes: 1e6, bodyEntries: 100 }, pieceBytes).catch(
        (error: Error) => error.message,
      );
    const whole = 1e6;
    const cut = fc.record({
      values: fc.array(fc.jsonValue({ depthSize: 'small' }), { maxLength: 12 }),
      indent: fc.constantFrom(0, 1),
      // Some are broken: a character more, or a part of the text left out.
      change: fc.option(fc.tuple(fc.nat(), fc.nat(20), fc.constantFrom('', ',', ']', '}', '"', 'x', ' '))),
      pieceBytes: fc.integer({ min: 0, max: 20 }),
    });
    const broken: string[] = [];
    await fc.assert(
      fc.asyncProperty(cut, async ({ values, indent, change, pieceBytes }) => {
        let text = JSON.stringify(values, null, indent);
        if (change !== null) {
          const at = 1 + (change[0] % text.length);
          text = text.slice(0, at) + change[2] + text.slice(at + change[1]);
        }
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        const inPieces = await outcome(text, pieceBytes);
        expect(typeof inPieces === 'object').toBe(isJson);
        if (isJson) expect(inPieces).toEqual(await outcome(text, whole));
        else broken.push(inPieces as string);
      }),
      { seed: 8, numRuns: 1000 },
    );
    expect(broken.length).toBeGreaterThan(100);
    expect(broken.every((message) => /^the body is not JSON: it breaks at position \d+$/.test(message))).toBe(true);
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
