import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextStore } from './text-store.ts';

describe('the text store', () => {
  it('gives every text back under its name, across blocks', () => {
    const store = new TextStore();
    const texts = Array.from({ length: 3000 }, (_, i) => `${i} é 音 `.repeat(i % 150));
    const names = texts.map((text) => store.add(text));
    expect(new Set(names).size).toBe(texts.length);
    expect(names.map((name) => store.bytes(name).toString('utf8'))).toEqual(texts);
    store.clear();
    expect(store.bytes(store.add('a')).toString('utf8')).toBe('a');
  });

  it('keeps any text', () => {
    const store = new TextStore();
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(store.bytes(store.add(text)).toString('utf8')).toBe(text);
      }),
      { seed: 20_261_124 },
    );
  });

  it('refuses what does not fit in a block', () => {
    expect(() => new TextStore().add('a'.repeat(2 ** 20))).toThrow('too long to keep');
  });
});
