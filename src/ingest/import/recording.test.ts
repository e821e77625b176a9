import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { albumIdOf, artistIdOf, canonicalTitle, episodeIdOf, normaliseName, recordingIdOf } from './recording.ts';

describe('the identity of a recording', () => {
  it('is the same however services write it', () => {
    const same = [
      ['Sigur Rós', "Don't Stop"],
      ['sigur rós ', 'DON’T  STOP'],
      ['Sigur Ro\u0301s', "Don't Stop (feat. Someone Else)"],
      ['Sigur Rós feat. Someone', "Don't Stop - Remastered 2011"],
      ['Sigur Rós', "Don't Stop - 2011 Remaster"],
      ['Sigur Rós', "Don't Stop [Remastered Version]"],
      ['Sigur Rós', "Don't Stop (ft. Someone) - 2009 Digital Remaster"],
    ] as const;
    expect(new Set(same.map(([artist, title]) => recordingIdOf(artist, title))).size).toBe(1);
  });

  it('differs where the music does', () => {
    const others = [
      'Song',
      'Song - Live',
      'Song (Acoustic)',
      'Song, Pt. 2',
      'Song - Radio Edit',
      'Sông',
      'Song (With You)',
    ];
    expect(new Set(others.map((title) => recordingIdOf('A', title))).size).toBe(others.length);
    expect(recordingIdOf('A', 'B C')).not.toBe(recordingIdOf('A B', 'C'));
    expect(artistIdOf('か')).not.toBe(artistIdOf('が'));
  });

  it('reads plain names and others alike', () => {
    const ascii = fc.string({ unit: fc.constantFrom('a', 'B', ' ', ' ', "'", '`', '-', '~', '\t', '(', '9') });
    fc.assert(
      fc.property(ascii, (name) => {
        expect(`${normaliseName(`${name}e`).slice(0, -1)}é`).toBe(normaliseName(`${name}é`));
        expect(normaliseName(name)).toBe(normaliseName(`${name} \u3000`));
      }),
      { seed: 20_261_124, numRuns: 1000 },
    );
  });

  it('never becomes nothing', () => {
    expect(canonicalTitle('(feat. Someone)')).toBe('(feat. someone)');
    expect(canonicalTitle('- Remastered')).toBe('- remastered');
    expect(canonicalTitle('Remaster')).toBe('remaster');
  });

  it('has the form of an item id, and takes no time for hostile names', () => {
    expect(recordingIdOf('A', 'B')).toMatch(/^track:[\w-]{22}$/);
    expect(albumIdOf('A', 'B')).toMatch(/^album:[\w-]{22}$/);
    expect(episodeIdOf('A', 'B')).toMatch(/^episode:[\w-]{22}$/);
    const started = performance.now();
    recordingIdOf('(feat '.repeat(200_000), '(feat. '.repeat(200_000));
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
