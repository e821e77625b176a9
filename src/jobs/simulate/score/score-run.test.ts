import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Estimate } from '#domain';
import { createRng, shuffle } from '#math';
import { isExamined } from '#units';
import { isPlay } from '../../success/timeline.ts';
import { chooseWorld, simulate } from '../simulate.ts';
import { readScoredRun } from './read-scored-run.ts';
import { playKey } from './read-truth.ts';
import { scoreRun } from './score-run.ts';

interface OracleLine {
  readonly oracle: string;
  readonly user_id: string;
  readonly event_id: string;
  readonly slate_id: string;
  readonly items: readonly string[];
  readonly utility: number;
  readonly skip_class: string;
}

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
    const { utility, returns } = metrics.find(({ name }) => name === 'sessions_per_user[7d]')!;
    expect(boundsOf(utility).lower).toBeGreaterThan(0.6);
    expect(boundsOf(returns).lower).toBeGreaterThan(0.3);
    expect(metrics.find(({ name }) => name === 'searches_per_session')?.utility).toEqual({
      ok: false,
      reason: 'alike_for_all',
    });
    expect(intents?.n).toBeGreaterThan(300);
    expect(intents?.logLoss).toBeGreaterThan(0);
  });

  it('says of what the world has no units, and of what it has no truth', async () => {
    const { definitions } = await scoreRun(folder, 40);
    expect(definitions).toHaveLength(11);
    const reasonOf = (name: string) => {
      const auc = definitions.find((each) => each.name.startsWith(name))?.auc;
      return auc?.ok === false ? auc.reason : 'a number';
    };
    expect(reasonOf('search_known_item')).toBe('no_such_units_in_this_world');
    expect(reasonOf('voice_request')).toBe('no_such_units_in_this_world');
    expect(reasonOf('podcast_show')).toBe('no_truth_of_such_units');
    expect(reasonOf('home_shelf')).toBe('a number');
  });

  it('holds kinds of skips, examination and return against the truth', async () => {
    const { skips, examination, returns } = await scoreRun(folder, 40);
    expect(skips.n).toBe(skips.kinds.reduce((sum, { skips: own }) => sum + own, 0));
    expect(skips.n).toBe(skips.kinds.reduce((sum, { taken }) => sum + taken, 0));
    expect(boundsOf(skips.macroF1).lower).toBeGreaterThan(boundsOf(skips.commonest).upper);
    const mobile = examination.find(({ device }) => device === 'mobile');
    // Six in ten looks last a second, the rule of the client.
    expect(boundsOf(mobile?.told).lower).toBeGreaterThan(0.5);
    expect(boundsOf(mobile?.told).upper).toBeLessThan(0.75);
    expect(boundsOf(mobile?.error).upper).toBeLessThan(0.25);
    for (const { measured, truth, error } of returns) {
      expect(boundsOf(measured).lower).toBeGreaterThan(0);
      expect(boundsOf(truth).upper).toBeLessThanOrEqual(1);
      expect(Math.abs(boundsOf(error).lower)).toBeLessThan(0.2);
    }
    expect(returns.map(({ day }) => day)).toEqual([1, 3, 7, 14]);
  });

  /** The score when lines of the truth are other ones. */
  const scoreWith = async (changed: (truth: OracleLine) => OracleLine) => {
    const path = join(folder, 'oracle.ndjson');
    const text = readFileSync(path, 'utf8');
    const lines = text.trimEnd().split('\n');
    try {
      const planted = lines.map((line) => JSON.stringify(changed(JSON.parse(line) as OracleLine)));
      writeFileSync(path, `${planted.join('\n')}\n`);
      return await scoreRun(folder, 40);
    } finally {
      writeFileSync(path, text);
    }
  };

  it('finds nothing in a truth dealt out anew', async () => {
    const lines = readFileSync(join(folder, 'oracle.ndjson'), 'utf8').trimEnd().split('\n');
    const plays = lines.map((line) => JSON.parse(line) as OracleLine).filter(({ oracle }) => oracle === 'play');
    const dealt = shuffle(
      plays.map(({ utility }) => utility),
      createRng('dealt'),
    );
    const { definitions } = await scoreWith((truth) =>
      truth.oracle === 'play' ? { ...truth, utility: dealt.pop()! } : truth,
    );
    const { lower, upper } = boundsOf(definitions.find(({ name }) => name.startsWith('autoplay_radio'))?.auc);
    expect(lower).toBeLessThan(0.5);
    expect(upper).toBeGreaterThan(0.5);
  });

  it('finds a truth that is just what the log tells', async () => {
    const { timelines } = await readScoredRun(folder, 40);
    const heard = new Map<string, number>();
    const kinds = new Map<string, string>();
    const examined = new Map<string, string[]>();
    for (const { userId, events, skipKind } of timelines) {
      for (const [eventId, kind] of skipKind) kinds.set(playKey(userId, eventId), kind);
      for (const event of events) {
        if (isPlay(event)) {
          heard.set(playKey(userId, event.eventId), Math.min(1, (event.msPlayed ?? 0) / (event.durationMs ?? 1)));
        } else if (event.kind === 'impression' && isExamined(event)) {
          examined.set(event.slateId, [...(examined.get(event.slateId) ?? []), event.itemId]);
        }
      }
    }
    const score = await scoreWith((truth) => {
      const key = playKey(truth.user_id, truth.event_id);
      if (truth.oracle === 'play')
        return { ...truth, utility: heard.get(key)!, skip_class: kinds.get(key) ?? truth.skip_class };
      return truth.oracle === 'examination' ? { ...truth, items: examined.get(truth.slate_id) ?? [] } : truth;
    });
    // Achieved is heard for most of it, or five tracks after it; failed is skipped within ten seconds.
    expect(
      boundsOf(score.definitions.find(({ name }) => name.startsWith('autoplay_radio'))?.auc).lower,
    ).toBeGreaterThan(0.95);
    expect(score.skips.macroF1).toMatchObject({ value: 1 });
    for (const { told, error } of score.examination) {
      expect(told).toMatchObject({ value: 1 });
      if (error.ok) expect(error.value).toBe(0);
    }
  });

  it('refuses a folder that is none of a run', async () => {
    await expect(scoreRun(tmpdir(), 40)).rejects.toThrow(/no events.ndjson in/);
  });
});
