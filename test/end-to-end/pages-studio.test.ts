import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Slate } from '#api';
import { BROWSER } from './browser.ts';
import { faultsOn, openPages, type Pages, SIZES } from './pages.ts';

/** Whether the text area has the focus, and what is selected in it. */
const CARET = `(() => {
  const { tagName, selectionStart, selectionEnd } = document.activeElement;
  return [tagName === 'TEXTAREA', selectionStart, selectionEnd];
})()`;

describe.skipIf(BROWSER === undefined)('the pages of the studio', () => {
  let pages: Pages;

  beforeAll(async () => {
    pages = await openPages();
  });
  afterAll(() => pages?.close());

  it('takes an experiment from its plan to what it found', async () => {
    const { page } = await pages.open('/studio/experiments');
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
    const { users } = await pages.ask<{ users: { user_id: string }[] }>('/v1/studio/users?limit=20');
    const slates = await Promise.all(
      users.map(({ user_id }) => pages.ask<Slate>(`/v1/users/${user_id}/home?refresh=true&device=tv`)),
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
    const { page } = await pages.open('/studio/compass');
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
    const { page } = await pages.open('/studio/compass');
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
    const { page } = await pages.open('/studio/lab');
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

  it('judges runs that are dropped, and says who is better, topic by topic', async () => {
    const { page } = await pages.open('/studio/evaluation');
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
    const { page } = await pages.open('/studio/success/sleep_playlist@1/edit');
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

  it('has met no fault on the way', () => {
    expect(pages.faults.filter((fault) => !fault.includes('400 (Bad Request)'))).toEqual([]);
  });
});
