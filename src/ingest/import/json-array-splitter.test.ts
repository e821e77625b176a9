import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonArraySplitter } from './json-array-splitter.ts';

const SEED = 20_261_124;

/** The bytes cut at these places, given to the splitter piece by piece in one reused buffer, as a reader may do. */
const split = (bytes: Buffer, cuts: readonly number[], splitter = new JsonArraySplitter()) => {
  const places = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].toSorted(
    (a, b) => a - b,
  );
  const shared = Buffer.alloc(bytes.length);
  const elements: string[] = [];
  for (const [i, from] of places.slice(0, -1).entries()) {
    const length = bytes.copy(shared, 0, from, places[i + 1]);
    elements.push(...splitter.push(shared.subarray(0, length)));
    shared.fill(0x5d, 0, length);
  }
  return { elements, splitter };
};

describe('the JSON list splitter', () => {
  it('cuts every list as JSON.parse reads it, wherever the chunks end', () => {
    const indent = fc.constantFrom(0, 1, 2, '\t', '\r\n');
    const value = fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' });
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 6 }),
        indent,
        fc.array(fc.nat(), { maxLength: 30 }),
        (list, space, cuts) => {
          const text = ` \n${JSON.stringify(list, null, space)}\r\n `;
          const { elements, splitter } = split(Buffer.from(text), cuts);
          expect(elements.map((element) => JSON.parse(element))).toEqual(JSON.parse(text));
          expect([splitter.state, splitter.problem]).toEqual(['after', null]);
        },
      ),
      { seed: SEED, numRuns: 150 },
    );
  });

  it('gives the same for every way to cut any bytes, and never throws', () => {
    const unit = fc.constantFrom('[', ']', '{', '}', '"', '\\', ',', ' ', 'a', 'é', '1');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), fc.array(fc.nat(), { maxLength: 20 }), (text, cuts) => {
        const bytes = Buffer.from(text);
        const whole = split(bytes, []);
        const pieces = split(bytes, cuts);
        expect(pieces.elements).toEqual(whole.elements);
        expect(pieces.splitter.state).toBe(whole.splitter.state);
        expect(pieces.splitter.problem).toBe(whole.splitter.problem);
        expect(pieces.splitter.rest()).toBe(whole.splitter.rest());
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });

  it('keeps what came before a cut, and says what was cut', () => {
    const { elements, splitter } = split(Buffer.from('[{"a":"]"},{"b":'), [3, 7]);
    expect(elements).toEqual(['{"a":"]"}']);
    expect([splitter.state, splitter.rest()]).toEqual(['inside', '{"b":']);
    expect(split(Buffer.from('[1,2,'), []).splitter.rest()).toBeNull();
  });

  it('says why something is no list', () => {
    expect(split(Buffer.from('{"a":[]}'), []).splitter.problem).toBe('it does not begin with [');
    const twice = split(Buffer.from('[1][2]'), []);
    expect([twice.elements, twice.splitter.problem]).toEqual([['1'], 'something follows the end of the list']);
    expect(split(Buffer.from(''), []).splitter.state).toBe('before');
  });

  it('holds no more than its limit, of an element that never ends', () => {
    const splitter = new JsonArraySplitter({ maxElementBytes: 1000 });
    expect(splitter.push(Buffer.from('[1, "'))).toEqual(['1']);
    for (let i = 0; i < 20; i++) splitter.push(Buffer.alloc(100, 'a'));
    expect([splitter.state, splitter.problem]).toEqual(['failed', 'element 2 is larger than 1000 bytes']);
    expect(splitter.rest()).toBeNull();
  });
});
