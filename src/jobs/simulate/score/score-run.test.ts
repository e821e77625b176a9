import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Estimate } from '#domain';
import { createRng, shuffle } from '#math';
import { chooseWorld, simulate } from '../simulate.ts';
import { scoreRun } from './score-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'ritornello-score-'));
const boundsOf = (estimate: Estimate | undefined) => {
  if (!estimate?.ok) throw new Error(estimate?.reason ?? 'missing');
  return estimate.interval;
};

beforeAll(async () => {
  const document = chooseWorld({ world: 'small', listeners: 40, seed: 21 });
  await simulate({ document, days: 21, start: Date.UTC(2026, 0, 5), policy: 'click_greedy', folder });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('a run held against its truth', { timeout: 120_000 }, () => {
  it('says of each definition how well it tells good from bad, the same each time', async () => {
    const score = await scoreRun(folder, 40);
    expect(score.days).toBe(21);
    const radio = score.definitions.find(({ name }) => name.startsWith('autoplay_radio'));
    expect(radio?.achieved).toBeGreaterThan(100);
    expect(boundsOf(radio?.auc).lower).toBeGreaterThan(0.5);
    for (const { units, achieved, failed, untold } of score.definitions) expect(achieved + failed + untold).toBe(units);
    expect(await scoreRun(folder, 40)).toEqual(score);
  });

  it('finds that who comes more often gets more, and says how far guesses of intent are from the truth', async () => {
    const { metrics, intents } = await scoreRun(folder, 40);
    expect(boundsOf(metrics.find(({ name }) => name === 'sessions_a_day')?.correlation).lower).toBeGreaterThan(0.7);
    expect(intents?.n).toBeGreaterThan(300);
    expect(intents?.logLoss).toBeGreaterThan(0);
  });

  it('finds nothing in a truth dealt out anew', async () => {
    const path = join(folder, 'oracle.ndjson');
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    const truths = lines.map((line) => JSON.parse(line) as { oracle: string; utility: number });
    const plays = truths.filter(({ oracle }) => oracle === 'play');
    const dealt = shuffle(
      plays.map(({ utility }) => utility),
      createRng('dealt'),
    );
    for (const [n, play] of plays.entries()) play.utility = dealt[n]!;
    writeFileSync(path, `${truths.map((truth) => JSON.stringify(truth)).join('\n')}\n`);
    const { definitions } = await scoreRun(folder, 40);
    const { lower, upper } = boundsOf(definitions.find(({ name }) => name.startsWith('autoplay_radio'))?.auc);
    expect(lower).toBeLessThan(0.5);
    expect(upper).toBeGreaterThan(0.5);
    writeFileSync(path, `${lines.join('\n')}\n`);
  });

  it('refuses a folder that is none of a run', async () => {
    await expect(scoreRun(tmpdir(), 40)).rejects.toThrow(/no events.ndjson in/);
  });
});
