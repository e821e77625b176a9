import { describe, expect, it } from 'vitest';
import { LASTFM_CASES } from './fixtures/exports/lastfm-export.ts';
import { memoryIntake } from './fixtures/exports/memory-intake.ts';
import { accountedFor, importFile, runImport, withFiles } from './fixtures/exports/run-import.ts';

describe.each(LASTFM_CASES)('Last.fm, $layout', ({ fileName, content, expected }) => {
  it('gives exact counts for each reason, and is known again', async () => {
    const intake = memoryIntake();
    const { report } = await importFile('lastfm', fileName, content, {}, intake);
    const { rows, taken, dropped, noted, deadLetters, users, firstAt } = report;
    expect({ rows, taken, dropped, noted, deadLetters: deadLetters.count, users, firstAt }).toEqual(expected);
    expect(accountedFor(report)).toBe(rows);
    const again = await importFile('lastfm', fileName, content, {}, intake);
    expect(again.report).toMatchObject({ taken: 0, repeated: expected.taken, dropped });
  });

  it('keeps names whole', async () => {
    const { intake, letters } = await importFile('lastfm', fileName, content);
    const out = JSON.stringify([intake.events, [...intake.items.values()], letters]);
    expect(out).not.toMatch(/secret-listener|\ufffd/);
    for (const item of intake.items.values()) {
      expect([
        'Crane, Ada',
        'Crane; Ada',
        'Crane, Ada & Sons',
        'The Lanterns',
        '[unknown]',
        'Ada Crane',
        '"Odd" Ed',
        'Björk',
      ]).toContain(item.artist);
    }
  });
});

describe('Last.fm histories', () => {
  it('know the plays of another tool again', async () => {
    const intake = memoryIntake();
    await importFile('lastfm', 'a.csv', LASTFM_CASES[0]!.content, {}, intake);
    // 18:05:11 there, 18:05 here.
    const { report } = await importFile('lastfm', 'b.csv', LASTFM_CASES[1]!.content, {}, intake);
    expect(report).toMatchObject({ taken: 1, repeated: 1 });
  });

  it('leave the user profiles beside the research data', async () => {
    const files = [
      {
        name: 'd/userid-profile.tsv',
        content: '#id\tgender\tage\tcountry\tregistered\nuser_000001\tm\t\tJapan\tAug 13, 2006\n',
      },
      { name: 'd/userid-timestamp-artid-artname-traid-traname.tsv', content: LASTFM_CASES[4]!.content },
    ];
    const { report } = await withFiles(files, (folder) => runImport('lastfm', folder));
    expect(report).toMatchObject({ files: 1, rows: 3, taken: 3, noted: { files_ignored: 1 } });
  });

  it('are refused when no layout fits, and a damaged one keeps what came before', async () => {
    await expect(importFile('lastfm', 'a.csv', 'a,b,c\nd,e,f\n')).rejects.toThrow('its first row has 3 columns');
    await expect(importFile('lastfm', 'a.csv', '[{"ts": 1}]')).rejects.toThrow('found a JSON list');
    const open = 'A,B,C,02 Mar 2021 18:05\n"A,B,D,02 Mar 2021 18:09\nA,B,E,02 Mar 2021 18:13\n';
    const { report, letters } = await importFile('lastfm', 'a.csv', open);
    expect(report).toMatchObject({ rows: 2, taken: 1, deadLetters: { count: 1 } });
    expect(letters[0]?.fields[0]?.reason).toBe('the rest of the file is not read: a quote is opened and never closed');
  });
});
