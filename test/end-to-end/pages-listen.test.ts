import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER } from './browser.ts';
import { faultsOn, openPages, type Pages, SIZES, type WireEvent } from './pages.ts';

const SCHEMES = ['light', 'dark'] as const;
/** What a page can do wrong in one scheme alone. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

const eventOf = async (sent: readonly WireEvent[], wanted: WireEvent): Promise<WireEvent> => {
  const fits = (event: WireEvent) => Object.entries(wanted).every(([field, value]) => event[field] === value);
  await expect.poll(() => sent.some(fits), { timeout: 30_000 }).toBe(true);
  return sent.find(fits) ?? {};
};

describe.skipIf(BROWSER === undefined)('the pages of a listener, and what holds on every page', () => {
  let pages: Pages;

  beforeAll(async () => {
    pages = await openPages();
  });
  afterAll(() => pages?.close());

  it('has no fault that axe finds, on any page, in any size and colours', async () => {
    const home = await pages.home();
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
    const { page } = await pages.open('/nowhere');
    for (const path of paths) {
      await pages.goTo(page, path);
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
    const { page, sent } = await pages.open('/');
    const first = page.locator('article[data-item]').first();
    const itemId = await first.getAttribute('data-item');
    const seen = await eventOf(sent, { type: 'impression', item_id: itemId });
    expect(seen['visible_ms']).toBeGreaterThanOrEqual(1000);
    expect(seen['max_visible_fraction']).toBeGreaterThanOrEqual(0.5);
    const slate = await pages.home();
    const card = slate.shelves[0]?.cards[0];
    expect(seen).toMatchObject({ slate_id: slate.slate_id, shelf: card?.shelf, slot: 0, user_id: pages.user });
    const below = slate.shelves.at(-1)?.cards[0]?.item.item_id;
    expect(sent.some((event) => event['item_id'] === below)).toBe(false);
    await page.close();
  });

  it('plays on a simulated clock that says so, and lets a skip change what comes next', async () => {
    const { page, sent } = await pages.open('/radio');
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
    const { page, sent } = await pages.open('/');
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
    const { page } = await pages.open('/');
    await page.getByRole('button', { name: /^Colours: as the machine/ }).click();
    await page.getByRole('button', { name: /^Colours: light/ }).click();
    await page.reload();
    await page.getByRole('button', { name: /^Colours: dark/ }).waitFor();
    expect(await page.evaluate('getComputedStyle(document.documentElement).colorScheme')).toBe('dark');
    await page.close();
  });

  it('does not bring back who was erased by leaving their pages', async () => {
    const { users } = await pages.ask<{ users: { user_id: string }[] }>('/v1/studio/users?limit=2');
    const gone = users.find(({ user_id }) => user_id !== pages.user)?.user_id ?? '';
    const { page } = await pages.open(`/taste?user=${gone}`);
    await page.getByRole('button', { name: 'Erase me' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill(gone);
    await dialog.getByRole('button', { name: 'Erase me' }).click();
    await dialog.getByText('nothing is left').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.locator('article[data-item]').first().waitFor();
    expect(page.url()).not.toContain(gone);
    await page.close();
    expect(await pages.ask(`/v1/studio/slates?user_id=${gone}`)).toMatchObject({ slates: [] });
    expect(await pages.ask(`/v1/users/${gone}/profile`)).toMatchObject({ code: 'unknown_user' });
  });

  it('has met no fault on the way', () => {
    expect(pages.faults.filter((fault) => !fault.includes('400 (Bad Request)'))).toEqual([]);
  });
});
