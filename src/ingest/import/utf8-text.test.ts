import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EncodingNote, utf8Text } from './utf8-text.ts';

const SEED = 20_261_124;

/** The text that comes out of these bytes in chunks of this size, and what was noted. */
const read = async (bytes: Buffer, size: number) => {
  const notes: EncodingNote[] = [];
  const chunks = async function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  };
  const parts: Buffer[] = [];
  for await (const part of utf8Text(chunks(), (note) => notes.push(note))) parts.push(part);
  return { text: Buffer.concat(parts).toString('utf8'), notes };
};

describe('text of unknown encoding', () => {
  it('in UTF-8 comes out as it was, wherever the chunks end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 7 }), async (text, size) => {
        const plain = text.startsWith('\ufeff') ? text.slice(1) : text;
        expect(await read(Buffer.from(text), size)).toEqual({ text: plain, notes: [] });
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  it('in ISO-8859-1 is told from its first letter beyond ASCII', async () => {
    for (const size of [1, 2, 3, 100]) {
      const { text, notes } = await read(Buffer.from('id,name\n1,Björk\n2,Sigur Rós', 'latin1'), size);
      expect(text).toBe('id,name\n1,Björk\n2,Sigur Rós');
      expect(notes).toEqual(['encoding_iso_8859_1']);
    }
  });

  it('in UTF-8 with a damaged place stays UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('Björk, Sigur Rós, '), Buffer.from([0xff]), Buffer.from(', Mötley')]);
    for (const size of [1, 5, 100]) {
      expect(await read(bytes, size)).toEqual({
        text: 'Björk, Sigur Rós, \ufffd, Mötley',
        notes: ['encoding_damaged'],
      });
    }
  });

  it('loses its mark, and a character that is cut off at the end is replaced', async () => {
    expect((await read(Buffer.from('\ufeffa'), 1)).text).toBe('a');
    const { text } = await read(Buffer.concat([Buffer.from('é'), Buffer.from([0xc3])]), 1);
    expect(text).toBe('é\ufffd');
  });
});
