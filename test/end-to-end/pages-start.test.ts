import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER } from './browser.ts';
import { openPages, type Pages } from './pages.ts';

describe.skipIf(BROWSER === undefined)('the pages with which a server begins', () => {
  let pages: Pages;

  beforeAll(async () => {
    pages = await openPages();
  });
  afterAll(() => pages?.close());

  it('removes the playground with one click and a yes', async () => {
    const { page } = await pages.open('/taste');
    await page.getByRole('complementary', { name: 'Playground' }).getByRole('button', { name: 'Remove it' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove it' }).click();
    await page.getByRole('heading', { name: 'Bring what you have listened to.' }).waitFor();
    await page.getByRole('button', { name: 'Explore the playground' }).waitFor();
    expect(await pages.ask('/v1/studio/status')).toMatchObject({ data: 'empty', playground: 'absent' });
    await page.close();
  });

  it('says why a file could not be imported, and keeps the playground then', async () => {
    const { page } = await pages.open('/start');
    await page.getByRole('button', { name: 'Explore the playground' }).click();
    await page.getByText('Choose whose home to look at.').waitFor({ timeout: 120_000 });
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'holiday.zip', mimeType: 'application/zip', buffer: Buffer.from('not a zip at all') });
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('button', { name: 'Remove it and import' }).click();
    const refusal = page.getByRole('alert').or(page.getByRole('heading', { name: 'The import failed' }));
    await refusal.first().waitFor();
    expect(await page.locator('main').textContent()).toContain('holiday.zip');
    expect(await pages.ask('/v1/studio/status')).toMatchObject({ playground: 'present' });
    await page.close();
  });

  // After these, as listeners who are not made up come with it.
  it('shows what an experiment that runs has found: looks, parts, and the words of a declared cut', async () => {
    const put = { method: 'PUT', headers: { 'content-type': 'application/json' } };
    const success = [{ metric: 'skip_rate' }];
    const document = {
      name: 'filled',
      hypothesis: 'x',
      arms: [{ name: 'a' }, { name: 'b' }],
      success,
      layer: 'filled',
    };
    const planned = JSON.stringify({ ...document, horizon_days: 7, planned_units: 100 });
    expect((await fetch(`${pages.address}/v1/studio/experiments/filled`, { ...put, body: planned })).status).toBe(200);
    await fetch(`${pages.address}/v1/studio/experiments/filled/start`, { method: 'POST' });
    // Forty units an arm, one after the other, each with two plays; every second unit of b skips.
    const now = Date.now();
    const events = Array.from({ length: 80 }, (_, n) => {
      const [user_id, arm] = [`filled-${n}`, n % 2 === 0 ? 'a' : 'b'];
      const base = { user_id, device: 'mobile' };
      const play = { ...base, type: 'play', item_id: 'track:filled', ms_played: 1000, at: now + n + 1 };
      const skipped = n % 4 === 3 || n % 10 === 0;
      return [
        {
          ...base,
          type: 'assignment',
          event_id: `f${n}`,
          at: now + n,
          experiment: 'filled',
          arm,
          exposed: true,
          unit: user_id,
        },
        { ...play, event_id: `f${n}a`, skipped },
        { ...play, event_id: `f${n}b`, skipped: false },
      ];
    }).flat();
    const sent = await fetch(`${pages.address}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(events),
    });
    expect(sent.status).toBe(200);
    const { page } = await pages.open('/studio/experiments/filled');
    await page.getByText('80 % of 100 planned units; 80 users.').waitFor();
    const figure = (title: string) =>
      page.locator('figure').filter({ has: page.getByRole('heading', { name: title }) });
    // The first looks of ten have no relative change yet: too few have skipped anything.
    expect(await figure('Look by look').locator('svg circle').count()).toBeGreaterThan(1);
    expect(await figure('Effects').locator('svg circle').count()).toBe(1);
    await page.getByText('By device and by activity before').press('Enter');
    const part = page.getByRole('row', { name: /^mobile 80/ });
    await part.first().waitFor();
    await page.close();
  });

  it('has met no fault on the way', () => {
    expect(pages.faults.filter((fault) => !fault.includes('400 (Bad Request)'))).toEqual([]);
  });
});
