import { describe, expect, it } from 'vitest';
import { createKeyRing, mintKey, parseKeyRecords } from './keys.ts';

describe('keys', () => {
  it('are found by the key and kept as a hash only', () => {
    const minted = [mintKey('ingest', 'phone'), mintKey('admin', 'desk')];
    const ring = createKeyRing(minted.map(({ record }) => record));
    expect(ring.size).toBe(2);
    for (const { key, record } of minted) {
      expect(ring.verify(key)).toEqual(record);
      expect(JSON.stringify(record)).not.toContain(key);
      expect(key).toMatch(/^rit_(ingest|admin)_[\w-]{43}$/);
    }
    expect(ring.verify(`${minted[0]!.key}x`)).toBeNull();
    expect(ring.verify('')).toBeNull();
  });

  it('differ each time', () => {
    expect(mintKey('serve', 'a').key).not.toBe(mintKey('serve', 'a').key);
  });

  it('are read back from their file', () => {
    const { record } = mintKey('serve', 'web');
    expect(parseKeyRecords(JSON.stringify([record]))).toEqual([record]);
  });

  it.each([
    ['{', 'the keys file is not JSON'],
    ['{}', 'expected array'],
    ['[{"name":"a","role":"root","sha256":"00"}]', /0\.role: .*; 0\.sha256: expected 64 hexadecimal digits/],
  ])('of a bad file %s are refused with the place', (text, message) => {
    expect(() => parseKeyRecords(text)).toThrow(message);
  });
});
