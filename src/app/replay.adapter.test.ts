import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { UserId } from '#domain';
import { loadConfig } from './config.ts';
import { type RunningEngine, startEngine } from './engine.ts';
import { SILENT } from './log.ts';

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

const replay = (explorationFactor: number) =>
  engine.studio.replayPolicy({
    surface: 'home',
    limit: 1000,
    reward: 'listened_30s',
    policy: { explorationFactor },
    level: 0.95,
    resamples: 200,
    seed: 1,
  });

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
        const slate = await engine.serving.home(listener(n), {
          refresh: true,
          device: home % 2 === 0 ? 'mobile' : 'desktop',
        });
        const [shelf] = slate.shelves;
        const card = shelf?.cards[home % (shelf.cards.length || 1)];
        if (card === undefined) continue;
        heard++;
        await engine.intake.accept([
          {
            type: 'play',
            event_id: `heard-${n}-${home}`,
            user_id: listener(n),
            item_id: card.item.itemId,
            at: Date.now(),
            ms_played: 60_000,
            slate_id: slate.slateId,
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
});
