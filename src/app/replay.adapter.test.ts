import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { UserId } from '#domain';
import { loadConfig } from './config.ts';
import { type RunningEngine, startEngine } from './engine.ts';
import { SILENT } from './log.ts';
import { slateIn } from './serving-beside/beside-world.contract.ts';

const { config } = loadConfig({
  env: {},
  standardFile: false,
  flags: { data: join(mkdtempSync(join(tmpdir(), 'replay-')), 'data'), autoTrain: false, playground: false },
});

const LISTENERS = 12;
const HOMES = 5;
const listener = (n: number): UserId => `listener ${n}` as UserId;

let engine: RunningEngine;
beforeAll(async () => {
  engine = await startEngine({ config, log: SILENT, background: true });
});
afterAll(() => engine.stop());

const replayOf = async (text: string, rest: Partial<Parameters<typeof engine.policies.replay>[0]> = {}) => {
  const everything = { from: undefined, to: undefined, limit: 1000, level: 0.95, success: undefined };
  const asked = { surface: 'home', reward: undefined, ...everything, ...rest, text } as const;
  return (await engine.policies.replay(asked)).report;
};
const replay = (explorationFactor: number) =>
  replayOf(`exploration_factor: ${explorationFactor}`, { reward: 'listened_30s' });

describe('policies replayed against the log', () => {
  let heard = 0;

  it('needs slates: of a log without any it says that there is nothing', async () => {
    expect(await replay(1)).toMatchObject({ slates: 0, replayed: 0, slices: [{ by: 'all', report: undefined }] });
  });

  it('replays what was served exactly: the own policy earns what was logged, by every estimator', async () => {
    const plays = Array.from({ length: LISTENERS * 60 }, (_, n) => ({
      type: 'play',
      event_id: `history-${n}`,
      user_id: listener(n % LISTENERS),
      item_id: `track:${(n * 7 + (n % LISTENERS) * 3) % 90}`,
      at: Date.now() - n * 600_000,
      ms_played: 200_000,
    }));
    await engine.intake.accept(plays);
    await vi.waitFor(async () => expect((await engine.studio.overview()).freshness.lagRecords).toBe(0), 20_000);
    await engine.work.train();
    await vi.waitFor(async () => expect((await engine.studio.status()).training).toBe('idle'), 30_000);
    for (let n = 0; n < LISTENERS; n++) {
      for (let home = 0; home < HOMES; home++) {
        const device = home % 2 === 0 ? 'mobile' : 'desktop';
        const slate = await slateIn(engine.serving.home(listener(n), { refresh: true, device }));
        const [shelf] = slate.shelves;
        const card = shelf?.cards[home % (shelf.cards.length || 1)];
        // Some listen more than others.
        if (card === undefined || home > n % (HOMES - 1)) continue;
        heard++;
        await engine.intake.accept([
          {
            type: 'impression',
            event_id: `seen-${n}-${home}`,
            user_id: listener(n),
            item_id: card.item.item_id,
            at: Date.now(),
            slate_id: slate.slate_id,
            visible_ms: 2000,
            max_visible_fraction: 1,
          },
          {
            type: 'play',
            event_id: `heard-${n}-${home}`,
            user_id: listener(n),
            item_id: card.item.item_id,
            at: Date.now(),
            ms_played: 60_000,
            slate_id: slate.slate_id,
          },
        ]);
      }
    }
    await vi.waitFor(async () => expect((await engine.studio.overview()).freshness.lagRecords).toBe(0), 20_000);
    const { slates, replayed, slices } = await replay(1);
    expect(slates).toBe(LISTENERS * HOMES);
    expect(replayed).toBe(slates);
    const { report } = slices[0]!;
    if (report?.logged.ok !== true) throw new Error('nothing was logged');
    expect(report.logged.value * report.n).toBeCloseTo(heard, 6);
    for (const { bootstrap } of report.estimates) {
      expect(bootstrap.ok && bootstrap.value).toBeCloseTo(report.logged.value, 9);
    }
    expect(report.diagnostics.effectiveSize).toBeCloseTo(report.n, 6);
    expect(slices.map(({ by, value }) => `${by} ${value}`)).toEqual(
      expect.arrayContaining(['all all', 'device desktop', 'device mobile', 'intent unknown']),
    );
  });

  it('weighs another share of exploration: weights average to about 1 and carry less than all shelves', async () => {
    const { slices } = await replay(0.5);
    const { report } = slices[0]!;
    expect(report!.diagnostics.effectiveSize).toBeLessThan(report!.n);
    const { value, z = 0 } = report!.diagnostics.meanWeight;
    expect(value).toBeGreaterThan(0);
    // 4 standard errors, were all shelves independent.
    expect(Math.abs(z)).toBeLessThan(4);
  });

  it('reads the reward from a definition of success, once its horizon is over', async () => {
    const early = await replayOf('exploration_factor: 1', { success: 'home_shelf' });
    expect(early).toMatchObject({ reward: 'home_shelf@1', replayed: 0 });
    expect(early.leftOut).toEqual([{ reason: 'too_young', slates: LISTENERS * HOMES }]);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3 * 86_400_000 });
    try {
      const { units, unknown, replayed, slices } = await replayOf('exploration_factor: 1', { success: 'home_shelf@1' });
      expect({ units, unknown, replayed }).toEqual({ units: heard, unknown: 0, replayed: LISTENERS * HOMES });
      const { report } = slices[0]!;
      if (report?.logged.ok !== true) throw new Error('nothing was logged');
      // Each card that was looked at was heard for a minute, within seconds: familiar or not, its value is in (0, 0.8].
      expect(report.logged.value * report.n).toBeGreaterThan(0);
      expect(report.logged.value * report.n).toBeLessThanOrEqual(0.8 * heard + 1e-9);
      expect(report.logged.method).toContain(`${LISTENERS} groups`);
      const list = await replayOf('exploration_factor: 1', { success: 'weekly_discovery' });
      expect(list.leftOut).toEqual([{ reason: 'no_units', slates: LISTENERS * HOMES }]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('says which slates it cannot replay, and what of a policy the log does not tell', async () => {
    const wide = await replayOf('band: 9');
    expect(wide.replayed + wide.leftOut.reduce((sum, { slates }) => sum + slates, 0)).toBe(wide.slates);
    expect(wide.leftOut.map(({ reason }) => reason)).toEqual(['unlogged_candidates']);
    const single = await replayOf('per_artist: 1\ntitle: one each');
    expect(single.leftOut.every(({ reason }) => reason === 'other_page')).toBe(true);
    const turned = await replayOf('scoring: { score: -1 }');
    expect(turned.replayed).toBe(turned.slates);
    // The first slots are never explored, and the worst candidate is not the best.
    expect(turned.slices[0]!.outside).toBeGreaterThan(0.5);
    expect((await replayOf('scoring: { score: 2 }')).slices[0]!.outside).toBe(0);
    const [greedy] = (await replayOf('name: greedy')).slices;
    const [none] = (await replayOf('exploration: 0')).slices;
    expect(greedy!.report?.estimates).toEqual(none!.report?.estimates);
    const from = Date.now() + 3_600_000;
    expect(await replayOf('exploration: 0', { from })).toMatchObject({ slates: 0 });
  });

  it.each([
    ['explortion: 0.1', /unknown field explortion: expected title, name, exploration,/],
    ['exploration: 2', /exploration: Too big: expected number to be <=1/],
    ['exploration: 0.1\nexploration_factor: 2', /expected one of exploration and exploration_factor/],
    ['scoring: { sources: { freshh: 1 } }', /scoring.sources/],
    ['a: [', /the policy cannot be read/],
    ['just words', /policy: Invalid input: expected object/],
  ])('refuses the document %s', async (text, message) => {
    await expect(replayOf(text)).rejects.toThrow(message);
  });

  it('takes one reward, and a definition that is there', async () => {
    await expect(replayOf('{}', { success: 'home_shelf', reward: 'played' })).rejects.toThrow(/named already/);
    await expect(replayOf('{}', { success: 'no_such' })).rejects.toThrow(/no definition "no_such"/);
    await expect(replayOf('{}', { success: '../x.yaml' })).rejects.toThrow(/no name/);
    await expect(replayOf('{}', { from: 2, to: 1 })).rejects.toThrow(/at or after its end/);
  });

  it('tells apart what listeners were up to when the slates were made', async () => {
    const items = Array.from({ length: 5 }, (_, n) => ({
      item_id: `track:dance-${n}`,
      title: `${n}`,
      tags: ['party'],
    }));
    await engine.intake.acceptItems(items);
    const at = Date.now();
    const dances = items.map(({ item_id }, n) => ({
      type: 'play',
      event_id: `dance-${n}`,
      user_id: 'dancer',
      item_id,
      at: at - (5 - n) * 180_000,
      ms_played: 180_000,
    }));
    await engine.intake.accept(dances);
    const { counts } = await engine.serving.home('dancer' as UserId, { device: 'speaker' });
    await vi.waitFor(async () => expect((await engine.studio.overview()).freshness.lagRecords).toBe(0), 20_000);
    const { slices } = await replay(1);
    expect(counts.cards).toBeGreaterThan(0);
    expect(slices.find(({ by, value }) => by === 'intent' && value === 'party')).toMatchObject({ slates: 1 });
  });
});
