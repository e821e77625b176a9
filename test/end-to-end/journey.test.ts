import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Slate } from '#api';
import type { UserId } from '#domain';
import { openLmdbJournal } from '#journal';
import { openChdbWarehouse, queries } from '#warehouse';
import { iso, newRow } from '../fixtures/exports/spotify-export.ts';
import { zipBytes } from '../fixtures/exports/zip-bytes.ts';
import { BROWSER, openBrowser, type Server, startServer } from './browser.ts';

const DAY_MS = 86_400_000;
const PLAYS = 900;
const BANDS = [
  'The Lanterns',
  'Ada Crane',
  'Night Ferry',
  'Odd Ed',
  'Copper Kettle',
  'Low Water',
  'Ines Vale',
  'Mosshaven',
];

/**
 * Four months of one listener up to yesterday, ten songs at a sitting and a sitting every 32 hours: eight bands, each
 * with a window of twelve songs that moves on, so that some are forgotten and some hardly heard. Every fifth play is
 * broken off.
 */
const history = (): Promise<Buffer> => {
  const rows = Array.from({ length: PLAYS }, (_, play) => {
    const band = BANDS[(play * 5 + Math.floor(play / BANDS.length)) % BANDS.length] ?? '';
    const song = (Math.floor(play / 40) + ((play * 7) % 12)) % 30;
    const ended = Date.now() - DAY_MS - Math.floor((PLAYS - 1 - play) / 10) * 32 * 3_600_000 + (play % 10) * 240_000;
    return newRow({
      ts: iso(ended),
      ms_played: play % 5 === 0 ? 12_000 : 190_000,
      master_metadata_track_name: `Song ${song} of ${band}`,
      master_metadata_album_artist_name: band,
      master_metadata_album_album_name: `${band}, Volume ${song % 4}`,
      spotify_track_uri: `spotify:track:${band.replaceAll(' ', '')}${song}`,
    });
  });
  const content = JSON.stringify(rows);
  return zipBytes([{ name: 'Spotify Extended Streaming History/Streaming_History_Audio_2026_1.json', content }]);
};

describe.skipIf(BROWSER === undefined)('a listener from the first start to the last', () => {
  const data = mkdtempSync(join(tmpdir(), 'journey-'));
  let server: Server;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    server = await startServer(data, '--playground', 'false');
    browser = await openBrowser();
    page = await browser.newPage();
    page.setDefaultTimeout(60_000);
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(data, { recursive: true, force: true });
  });

  it('begins at a page that asks for a history, and takes one', async () => {
    await page.goto(server.address);
    await page.getByRole('heading', { name: 'Bring what you have listened to.' }).waitFor();
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'my_spotify_data.zip', mimeType: 'application/zip', buffer: await history() });
    await page.getByLabel('What to call you here').fill('ada');
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('heading', { name: 'Your history is here' }).waitFor();
    expect(await page.getByText('900').count()).toBeGreaterThan(0);
  });

  it('shows a home of familiar and new things, and says what it rests on', async () => {
    await page.getByRole('link', { name: 'Open my home' }).click();
    await page.getByRole('heading', { name: 'Jump back in' }).waitFor();
    const home = (await (await fetch(`${server.address}/v1/users/ada/home`)).json()) as Slate;
    expect(home.basis).toBe('content_only');
    expect(home.shelves.length).toBeGreaterThanOrEqual(6);
    expect(new Set(home.shelves.map(({ character }) => character)).size).toBeGreaterThan(1);
    const items = home.shelves.flatMap(({ cards }) => cards.map(({ item }) => item.item_id));
    expect(new Set(items).size).toBe(items.length);
    expect(await page.locator('article[data-item]').count()).toBe(items.length);
  });

  it('says why', async () => {
    const card = page.locator('article[data-item]').first();
    const said = await card.locator('p').nth(1).textContent();
    await card.getByRole('button', { name: /^Why/ }).click();
    const panel = page.getByRole('dialog');
    await panel.getByRole('heading', { name: 'How it got here' }).waitFor();
    expect(await panel.textContent()).toContain(said);
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'hidden' });
  });

  it('hides what is not wanted: the next home is without it', async () => {
    const card = page.locator('article[data-item]').first();
    const hidden = await card.getAttribute('data-item');
    await card.getByRole('button', { name: /^Hide/ }).click();
    await page.getByText('Hidden. It will not come back.').waitFor();
    await page.locator(`article[data-item="${hidden}"]`).waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('heading', { name: 'Jump back in' }).waitFor();
    expect(await page.locator(`article[data-item="${hidden}"]`).count()).toBe(0);
    expect(await page.locator('article[data-item]').count()).toBeGreaterThan(10);
  });

  it('erases the listener, proves it, and starts over', async () => {
    await page.goto(`${server.address}/taste?user=ada`);
    await page.getByRole('button', { name: 'Erase me' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('ada');
    await dialog.getByRole('button', { name: 'Erase me' }).click();
    await page.getByRole('heading', { name: 'You have been erased' }).waitFor();
    expect(await page.getByRole('dialog').textContent()).toContain('nothing is left');
    expect((await fetch(`${server.address}/v1/users/ada/profile`)).status).toBe(404);
    expect(faults.filter((fault) => !fault.includes('404'))).toEqual([]);
  });

  it('has left nothing in any table, nor in the journal', async () => {
    await page.close();
    expect(await server.stop()).toBe(0);
    const warehouse = await openChdbWarehouse({ path: join(data, 'warehouse') });
    try {
      const counts = await warehouse.query(queries.userRows, { user_id: 'ada' });
      expect(counts.filter(({ row_count }) => Number(row_count) > 0)).toEqual([]);
    } finally {
      await warehouse.close();
    }
    const journal = await openLmdbJournal({ path: join(data, 'journal') });
    try {
      const { first } = journal.status();
      expect((await journal.read(first, 1_000_000)).filter(({ userId }) => userId === 'ada')).toEqual([]);
      expect(await journal.eraseUsers(['ada' as UserId])).toBe(0);
    } finally {
      await journal.close();
    }
  });
});
