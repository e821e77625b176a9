import { rmSync } from 'node:fs';
import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS, type Slate, type Status } from '#api';
import { BROWSER, openBrowser, type Server, startServer } from './browser.ts';
import { playgroundFolder } from './playground-folder.ts';

/** What axe-core finds, as far as a failed test shows it. */
interface Finding {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string }[];
}

const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;
/** Whether the text area has the focus, and what is selected in it. */
const CARET = `(() => {
  const { tagName, selectionStart, selectionEnd } = document.activeElement;
  return [tagName === 'TEXTAREA', selectionStart, selectionEnd];
})()`;
const SCHEMES = ['light', 'dark'] as const;
/** What a page can do wrong in one scheme alone. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

const faultsOn = async (page: Page, rules?: readonly string[]): Promise<readonly Finding[]> => {
  const options = { resultTypes: ['violations'], ...(rules === undefined ? {} : { runOnly: rules }) };
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe.source);
  return (await page.evaluate(`axe.run(document, ${JSON.stringify(options)}).then((r) => r.violations)`)) as Finding[];
};

type WireEvent = Readonly<Record<string, unknown>>;

describe.skipIf(BROWSER === undefined)('the pages, over a playground', () => {
  let data: string;
  let server: Server;
  let browser: Browser;
  let context: BrowserContext;
  let user = '';
  const faults: string[] = [];

  const ask = async <T>(path: string): Promise<T> => (await (await fetch(server.address + path)).json()) as T;
  const homeOf = () => ask<Slate>(`/v1/users/${user}/home`);

  const open = async (path: string): Promise<{ page: Page; sent: WireEvent[] }> => {
    const page = await context.newPage();
    const sent: WireEvent[] = [];
    page.setDefaultTimeout(30_000);
    page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
    page.on('console', (message) => message.type() === 'error' && faults.push(`${page.url()}: ${message.text()}`));
    page.on('request', (request) => {
      if (request.url().endsWith(ENDPOINTS.postEvents.path)) sent.push(...[request.postDataJSON() as WireEvent].flat());
    });
    await goTo(page, path);
    return { page, sent };
  };
  const goTo = async (page: Page, path: string): Promise<void> => {
    await page.goto(server.address + path);
    await page.locator('h1').waitFor();
  };

  const eventOf = async (sent: readonly WireEvent[], wanted: WireEvent): Promise<WireEvent> => {
    const fits = (event: WireEvent) => Object.entries(wanted).every(([field, value]) => event[field] === value);
    await expect.poll(() => sent.some(fits), { timeout: 30_000 }).toBe(true);
    return sent.find(fits) ?? {};
  };

  beforeAll(async () => {
    data = await playgroundFolder();
    server = await startServer(data);
    user = (await ask<Status>('/v1/studio/status')).default_user ?? '';
    browser = await openBrowser();
    context = await browser.newContext({ reducedMotion: 'reduce', viewport: SIZES.desktop });
    // As long as one page of the site is open, the others are in its process.
    await (await context.newPage()).goto(`${server.address}/start`);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(data, { recursive: true, force: true });
  });

  it('takes an experiment from its plan to what it found', async () => {
    const { page } = await open('/studio/experiments');
    await page
      .getByLabel('Document, YAML or JSON')
      .fill(
        [
          'name: journey',
          'hypothesis: More to explore, more to skip.',
          'arms: [{ name: usual }, { name: bolder, policy: { exploration: 0.5 } }]',
          'success: [{ metric: skip_rat }]',
          'eligible: { device: [tv] }',
          'horizon_days: 7',
          'planned_units: 50',
        ].join('\n'),
      );
    await page.getByRole('button', { name: 'Plan journey' }).click();
    // Refused by the field, and the text is still there to be mended.
    await page
      .getByText(/success.0.metric: unknown metric/)
      .first()
      .waitFor();
    const area = page.getByLabel('Document, YAML or JSON');
    await area.fill((await area.inputValue()).replace('skip_rat ', 'skip_rate '));
    await page.getByRole('button', { name: 'Plan journey' }).click();
    await page.getByRole('heading', { level: 1, name: 'journey' }).waitFor();
    await page
      .getByText(/of the variance left|unknown,/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByRole('button', { name: 'Stop for good' }).waitFor();
    const { users } = await ask<{ users: { user_id: string }[] }>('/v1/studio/users?limit=20');
    const slates = await Promise.all(
      users.map(({ user_id }) => ask<Slate>(`/v1/users/${user_id}/home?refresh=true&device=tv`)),
    );
    const exposed = slates.filter(({ experiments }) => experiments.length > 0).length;
    expect(exposed).toBeGreaterThan(10);
    await page.reload();
    await page.getByText(`${Math.round((100 * exposed) / 50)} % of 50 planned units; ${exposed} users.`).waitFor();
    await page.getByText('Every unit was in one arm alone.').waitFor();
    await page.getByRole('button', { name: 'Stop for good' }).click();
    await page.getByText('Studio · Experiments · Archive').waitFor();
    await page.close();
  });

  it('tells who comes back, in weeks and by cohort, and what may be said of diversity', async () => {
    const { page } = await open('/studio/compass');
    const section = page.getByRole('region', { name: 'Who comes back' });
    await section
      .getByText(/^Of the listeners of each week, who was back within 28 days/)
      .first()
      .waitFor();
    expect(await section.locator('svg circle').count()).toBeGreaterThan(2);
    await section.getByRole('combobox').first().selectOption('cohort');
    await section.getByRole('columnheader', { name: 'Week 1', exact: true }).waitFor();
    await section
      .getByText(/^Not causal: nobody assigned the exposure/)
      .first()
      .waitFor();
    await section.getByText('Association among listeners of equal plays, active days and tenure').waitFor();
    await page.close();
  });

  it('takes a corpus of experiments and tells what each metric is worth', async () => {
    const { page } = await open('/studio/compass');
    await page.getByText('No past experiments yet').waitFor();
    // A sawtooth of effects: saves go with return, clicks do not.
    const rows = Array.from({ length: 40 }, (_, k) => {
      const effect = (((k * 7) % 11) - 5) / 5;
      const other = (((k * 5) % 13) - 6) / 6;
      return [
        `e${k},saves,${effect},0.05,1000`,
        `e${k},clicks,${other},0.05,1000`,
        `e${k},return_63,${effect / 2},0.05,1000`,
      ].join('\n');
    });
    const buffer = Buffer.from(`experiment,metric,effect,se,n\n${rows.join('\n')}\n`);
    await page.locator('input[type=file]').setInputFiles({ name: 'corpus.csv', mimeType: 'text/csv', buffer });
    await page.getByRole('heading', { name: 'saves', exact: true }).waitFor();
    expect(await page.getByText('40 experiments, 3 metrics').count()).toBe(1);
    const decided = page.locator('figure').filter({ has: page.getByRole('heading', { name: 'Decides alike' }) });
    expect(await decided.locator('svg circle').count()).toBe(3);
    await page.close();
  });

  it('keeps a world of one’s own in the Lab, by keyboard, removes it and takes that back', async () => {
    const { page } = await open('/studio/lab');
    await page.getByRole('button', { name: 'A world of your own' }).press('Enter');
    const text = page.getByLabel('World, YAML');
    await text.fill('name: quiet town\nabout: Few people.\ncatalogue: { tracks: 900, shows: 0 }\n');
    const found = await faultsOn(page);
    expect(found.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
    await page.getByRole('button', { name: 'Keep this world' }).press('Enter');
    await page.getByText('Kept “quiet town”').waitFor();
    const world = page.locator('select[name=world]');
    expect(await world.inputValue()).toBe('quiet town');
    await page.getByRole('button', { name: 'Remove this world' }).press('Enter');
    await page.getByText('Removed “quiet town”').waitFor();
    expect(await world.inputValue()).toBe('small');
    await page.getByRole('button', { name: 'Undo' }).press('Enter');
    await page.getByText('“quiet town” is back').waitFor();
    expect(await world.inputValue()).toBe('quiet town');
    await page.close();
  });

  it('has no fault that axe finds, on any page, in any size and colours', async () => {
    const home = await homeOf();
    const item = home.shelves[0]?.cards[0]?.item.item_id ?? '';
    const why = encodeURIComponent(`${home.slate_id}~${item}`);
    const paths = [
      '/',
      '/weekly',
      '/radio',
      `/item/${encodeURIComponent(item)}`,
      '/taste',
      '/start',
      '/studio',
      '/studio/metrics',
      '/studio/slates',
      '/studio/evaluation',
      '/studio/policies',
      '/studio/compass',
      '/studio/experiments',
      '/studio/success',
      '/studio/success/podcast_show@1',
      '/studio/success/sleep_playlist@1/edit',
      '/studio/lab',
      `/studio/slates/${home.slate_id}`,
      `/?why=${why}`,
      '/nowhere',
    ];
    const { page } = await open('/nowhere');
    for (const path of paths) {
      await goTo(page, path);
      await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
      for (const [size, viewport] of Object.entries(SIZES)) {
        await page.setViewportSize(viewport);
        for (const colorScheme of SCHEMES) {
          await page.emulateMedia({ colorScheme });
          const where = `${path} ${size} ${colorScheme}`;
          const found = await faultsOn(page, colorScheme === SCHEMES[0] ? undefined : COLOUR_RULES);
          expect(
            found.map(({ id, impact, nodes }) => `${impact} ${id} ${nodes[0]?.html}`),
            where,
          ).toEqual([]);
          const beyond = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
          expect(beyond, `${where} is wider than the window`).toBeLessThanOrEqual(0);
        }
      }
    }
    await page.close();
  });

  it('tells which cards were seen, and for how long', async () => {
    const { page, sent } = await open('/');
    const first = page.locator('article[data-item]').first();
    const itemId = await first.getAttribute('data-item');
    const seen = await eventOf(sent, { type: 'impression', item_id: itemId });
    expect(seen['visible_ms']).toBeGreaterThanOrEqual(1000);
    expect(seen['max_visible_fraction']).toBeGreaterThanOrEqual(0.5);
    const slate = await homeOf();
    const card = slate.shelves[0]?.cards[0];
    expect(seen).toMatchObject({ slate_id: slate.slate_id, shelf: card?.shelf, slot: 0, user_id: user });
    const below = slate.shelves.at(-1)?.cards[0]?.item.item_id;
    expect(sent.some((event) => event['item_id'] === below)).toBe(false);
    await page.close();
  });

  it('plays on a simulated clock that says so, and lets a skip change what comes next', async () => {
    const { page, sent } = await open('/radio');
    await page.getByRole('button', { name: 'Play on from my last session' }).click();
    const now = page.getByRole('region', { name: 'Now playing' });
    await now.getByText('Simulated playback').waitFor();
    await now.getByRole('button', { name: '60 times as fast' }).click();
    // By its address: two tracks may have one title.
    const skipped = await now.getByRole('heading').getByRole('link').getAttribute('href');
    await now.getByRole('button', { name: 'Skip to the next' }).click();
    await page.getByText('You skipped: these were chosen anew.').waitFor();
    const play = await eventOf(sent, { type: 'play', skipped: true });
    expect(play).toMatchObject({ simulated: true, reason_end: 'fwdbtn', source: 'radio', app: 'ritornello-listen' });
    expect(play['slate_id']).toEqual(expect.any(String));
    const upNext = page.getByRole('list', { name: 'Up next' });
    const links = await upNext.getByRole('link').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    expect(links.length).toBeGreaterThan(2);
    expect(links).not.toContain(skipped);
    await now.getByRole('button', { name: '60 times as fast' }).click();
    const whole = await eventOf(sent, { type: 'play', reason_end: 'trackdone' });
    expect(whole['ms_played']).toBe(whole['duration_ms']);
    await page.close();
  });

  it('can be used with the keyboard alone', async () => {
    const { page, sent } = await open('/');
    const focused = () =>
      page.evaluate('document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent');
    const like = page.getByRole('button', { name: /^Like / }).first();
    await like.waitFor();
    await page.keyboard.press('Tab');
    expect(await focused()).toContain('Skip to the page');
    await page.keyboard.press('Enter');
    const name = await like.getAttribute('aria-label');
    for (let tabs = 0; tabs < 40 && (await focused()) !== name; tabs++) await page.keyboard.press('Tab');
    expect(await focused()).toBe(name);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const why = await focused();
    expect(why).toMatch(/^Why /);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'How it got here' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await focused()).toBe(why);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    const hide = await eventOf(sent, { type: 'action', action: 'hide' });
    await page.getByRole('button', { name: 'Undo' }).press('Enter');
    await eventOf(sent, { type: 'action', action: 'unhide', item_id: hide['item_id'] });
    await page.close();
  });

  it('keeps the colours that were chosen', async () => {
    const { page } = await open('/');
    await page.getByRole('button', { name: /^Colours: as the machine/ }).click();
    await page.getByRole('button', { name: /^Colours: light/ }).click();
    await page.reload();
    await page.getByRole('button', { name: /^Colours: dark/ }).waitFor();
    expect(await page.evaluate('getComputedStyle(document.documentElement).colorScheme')).toBe('dark');
    await page.close();
  });

  it('does not bring back who was erased by leaving their pages', async () => {
    const { users } = await ask<{ users: { user_id: string }[] }>('/v1/studio/users?limit=2');
    const gone = users.find(({ user_id }) => user_id !== user)?.user_id ?? '';
    const { page } = await open(`/taste?user=${gone}`);
    await page.getByRole('button', { name: 'Erase me' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill(gone);
    await dialog.getByRole('button', { name: 'Erase me' }).click();
    await dialog.getByText('nothing is left').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.locator('article[data-item]').first().waitFor();
    expect(page.url()).not.toContain(gone);
    await page.close();
    expect(await ask(`/v1/studio/slates?user_id=${gone}`)).toMatchObject({ slates: [] });
    expect(await ask(`/v1/users/${gone}/profile`)).toMatchObject({ code: 'unknown_user' });
  });

  it('judges runs that are dropped, and says who is better, topic by topic', async () => {
    const { page } = await open('/studio/evaluation');
    const topics = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const file = (name: string, line: (topic: string) => string) => ({
      name,
      mimeType: 'text/plain',
      buffer: Buffer.from(topics.map((topic) => `${line(topic)}\n`).join('')),
    });
    const files = page.locator('input[type=file]');
    await files.nth(0).setInputFiles(file('qrels.txt', (topic) => `${topic} 0 good 1`));
    await files.nth(1).setInputFiles(file('new.txt', (topic) => `${topic} Q0 good 1 2 new`));
    await files.nth(2).setInputFiles(file('old.txt', (topic) => `${topic} Q0 bad 1 2 old\n${topic} Q0 good 2 1 old`));
    await page.getByLabel('Measures, as trec_eval names them').fill('recip_rank P.5');
    await page.getByRole('button', { name: 'Judge', exact: true }).click();
    // All eight differ by a half the same way: 2 of 2^8 assignments are as far out, twice that by Holm.
    await page.getByRole('cell', { name: 'better than old' }).waitFor();
    await page.getByRole('cell', { name: 'cannot be tested: no topic differs' }).waitFor();
    await page.getByText('The run is better on 8 topics, worse on 0, the same on 0.').first().waitFor();
    await page.getByRole('button', { name: 'P_5' }).click();
    await page.getByText('The run is better on 0 topics, worse on 0, the same on 8.').first().waitFor();
    await page.getByRole('combobox', { name: /^Collection/ }).selectOption('spoken-parts');
    await page.getByRole('rowheader', { name: 'close' }).waitFor();
    await page.setViewportSize(SIZES.phone);
    const found = await faultsOn(page);
    expect(found.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
    await files.nth(1).setInputFiles(file('broken.txt', (topic) => `${topic} Q0 good`));
    await page.getByRole('button', { name: 'Judge', exact: true }).click();
    await page.getByRole('alert').getByText('has 3 fields').first().waitFor();
    await page.close();
  });

  it('points at the place of a type error, a read past the horizon and a tie, and takes the caret there', async () => {
    const { page } = await open('/studio/success/sleep_playlist@1/edit');
    const field = page.getByLabel('Definition, YAML');
    const asked: string[] = [];
    page.on('request', (request) => request.url().includes('/success/check') && asked.push(request.url()));
    const written = await field.inputValue();
    const faults = [
      // A text compared with a number.
      { from: 'late_skips >= 4', to: "late_skips >= 'four'", at: "late_skips >= 'four'", rule: 'type' },
      { from: 'a.at > minutes(8)', to: 'a.at > hours(20)', at: 'hours(20)', rule: 'horizon' },
      // Another name for the same surface, intent and kind of unit.
      {
        from: 'name: sleep_playlist',
        to: 'name: sleep_again',
        at: 'for: { surface: playlist, intent: sleep }',
        rule: 'tie',
      },
    ];
    for (const { from, to, at, rule } of faults) {
      expect(written).toContain(from);
      const text = written.replace(from, to);
      await field.fill(text);
      const finding = page.locator('[aria-label="Findings"] li', { hasText: `[${rule}]` }).first();
      await finding.waitFor();
      const place = /line (\d+), column (\d+)/.exec((await finding.textContent()) ?? '');
      const [line, column] = [Number(place?.[1]), Number(place?.[2])];
      await page.locator(`mark[data-place="${line}:${column}"]`).waitFor({ state: 'attached' });
      await finding.getByRole('button').focus();
      await page.keyboard.press('Enter');
      const caret = (await page.evaluate(CARET)) as [boolean, number, number];
      const begin =
        text
          .split('\n')
          .slice(0, line - 1)
          .join('\n').length +
        (line > 1 ? 1 : 0) +
        column -
        1;
      expect([rule, caret[0], caret[1]]).toEqual([rule, true, begin]);
      const selected = text.slice(caret[1], caret[2]);
      expect([rule, selected.length > 0 && at.includes(selected.trim())]).toEqual([rule, true]);
      // By F8 alone, from the beginning of the text.
      await page.keyboard.press('Control+Home');
      await page.keyboard.press('F8');
      expect(((await page.evaluate(CARET)) as [boolean, number, number])[1]).toBeGreaterThan(0);
    }
    // Typing asks when it rests, not with every letter.
    const before = asked.length;
    await field.fill(written);
    await field.focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('# a remark of thirty letters.', { delay: 20 });
    await page.getByText('No findings.').waitFor();
    expect(asked.length - before).toBeLessThanOrEqual(3);
    await page.close();
  });

  it('removes the playground with one click and a yes', async () => {
    const { page } = await open('/taste');
    await page.getByRole('complementary', { name: 'Playground' }).getByRole('button', { name: 'Remove it' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove it' }).click();
    await page.getByRole('heading', { name: 'Bring what you have listened to.' }).waitFor();
    await page.getByRole('button', { name: 'Explore the playground' }).waitFor();
    expect(await ask('/v1/studio/status')).toMatchObject({ data: 'empty', playground: 'absent' });
    await page.close();
  });

  it('says why a file could not be imported, and keeps the playground then', async () => {
    const { page } = await open('/start');
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
    expect(await ask('/v1/studio/status')).toMatchObject({ playground: 'present' });
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
    expect((await fetch(`${server.address}/v1/studio/experiments/filled`, { ...put, body: planned })).status).toBe(200);
    await fetch(`${server.address}/v1/studio/experiments/filled/start`, { method: 'POST' });
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
    const sent = await fetch(`${server.address}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(events),
    });
    expect(sent.status).toBe(200);
    const { page } = await open('/studio/experiments/filled');
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
    expect(faults.filter((fault) => !fault.includes('400 (Bad Request)'))).toEqual([]);
  });
});
