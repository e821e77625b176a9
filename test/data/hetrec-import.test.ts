import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ImportRun, runImport } from '../fixtures/exports/run-import.ts';
import { dataFolder } from './data-folder.ts';

/** Last.fm HetRec 2011. */
const FOLDER = dataFolder('hetrec2011-lastfm-2k');

describe.skipIf(FOLDER === undefined)('the HetRec 2011 Last.fm data', () => {
  let run: ImportRun;

  beforeAll(async () => {
    const items = { map: { item_id: 'id', title: 'name' }, itemType: 'artist' } as const;
    run = await runImport('items', join(FOLDER!, 'artists.dat'), items);
  });

  it('gives 17,632 artists with their real names', () => {
    expect(run.report).toMatchObject({ rows: 17_632, taken: 17_632, items: 17_632, dropped: {} });
    expect(run.report.deadLetters.count).toBe(0);
    expect(run.intake.items.get('artist:1')?.title).toBe('MALICE MIZER');
    expect(run.intake.items.get('artist:1686')?.title).toBe('"Weird Al" Yankovic');
  });

  it('gives 92,834 counts of 1,892 users, and nothing the second time', async () => {
    const plays = { map: { user_id: 'userID', item_id: 'artistID', plays: 'weight' }, itemType: 'artist' } as const;
    const { report } = await runImport('plays', join(FOLDER!, 'user_artists.dat'), plays, run.intake);
    expect(report).toMatchObject({ rows: 92_834, taken: 92_834, users: 1892, dropped: {} });
    const { events, items } = run.intake;
    expect(events.reduce((sum, event) => sum + (event.kind === 'tally' ? event.plays : 0), 0)).toBe(69_183_975);
    expect(events.every((event) => event.kind === 'tally' && items.has(event.itemId))).toBe(true);
    const again = await runImport('plays', join(FOLDER!, 'user_artists.dat'), plays, run.intake);
    expect(again.report).toMatchObject({ taken: 0, repeated: 92_834 });
  });
});
