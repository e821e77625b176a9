import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DAY_MS, EngineError, experimentSchema, fixedClock } from '#domain';
import type { WarehouseRows } from '#warehouse';
import { createAnalyses } from './analyses/analyses.ts';
import { type CompassDeps, createCompass } from './compass.ts';

const document = (name: string) =>
  experimentSchema.parse({
    name,
    hypothesis: 'more return',
    horizon_days: 14,
    planned_units: 100,
    arms: [
      { name: 'old', weight: 1 },
      { name: 'new', weight: 1 },
    ],
    success: [{ metric: 'return_rate[14d]' }],
  });

// It asks no tables.
const analyses = createAnalyses({ warehouse: {} as WarehouseRows, clock: fixedClock(100 * DAY_MS) });

describe('the compass of a data folder', () => {
  const CORPUS = `experiment,metric,effect,se,n\n${Array.from({ length: 12 }, (_, k) => `e${k},clicks,${(k % 5) - 2},0.1,10\ne${k},return,${((k % 5) - 2) / 2},0.1,10`).join('\n')}`;
  const noExperiments = { list: () => [], analysis: () => Promise.reject(new Error('there are none')) };
  const make = () => {
    const data = mkdtempSync(join(tmpdir(), 'ritornello-compass-'));
    return createCompass({ data, clock: fixedClock(100 * DAY_MS), experiments: noExperiments, analyses });
  };

  it('is empty before there is a corpus', async () => {
    expect(await make().overview({})).toBeNull();
  });

  it('answers of the corpus that was put, and keeps the old one when a new one is refused', async () => {
    const compass = make();
    expect(await compass.putCorpus(CORPUS)).toEqual({ rows: 24, experiments: 12, metrics: ['clicks', 'return'] });
    const answer = await compass.overview({ outcome: 'return' });
    expect(answer?.overview).toMatchObject({ experiments: 12, outcome: 'return', quick: 'clicks' });
    expect(answer?.overview.cards[0]?.slope.ok).toBe(true);
    await expect(compass.putCorpus('a,b\n1,2')).rejects.toThrow('no column "experiment"');
    expect((await compass.overview({ outcome: 'return' }))?.overview.experiments).toBe(12);
    await expect(compass.overview({ outcome: 'x' })).rejects.toThrow('no metric "x"');
  });

  it('takes ended experiments in once their window has passed, and not twice', async () => {
    const data = mkdtempSync(join(tmpdir(), 'ritornello-compass-'));
    const entry = (name: string, stoppedAt: number | null) => ({
      document: document(name),
      state: stoppedAt === null ? ('running' as const) : ('stopped' as const),
      createdAt: 0,
      startedAt: 0,
      stoppedAt,
    });
    const asked: string[] = [];
    const experiments = {
      // Windows of 14 days, and now is day 100.
      list: () => [
        entry('ended', 80 * DAY_MS),
        entry('fresh', 90 * DAY_MS),
        entry('running', null),
        entry('e1', 10 * DAY_MS),
        entry('old', 50 * DAY_MS),
      ],
      analysis: async (name: string) => {
        if (name === 'old')
          throw new EngineError('invalid_request', 'success.0.metric: there is no metric minutes any more');
        asked.push(name);
        const change = { arm: 'new', effect: { value: 0.2, variance: 0.01, n: 500 } };
        const report = { metrics: [{ name: 'returned', changes: [change] }] };
        return { report } as unknown as Awaited<ReturnType<CompassDeps['experiments']['analysis']>>;
      },
    };
    const compass = createCompass({ data, clock: fixedClock(100 * DAY_MS), experiments, analyses });
    await compass.putCorpus(CORPUS);
    const answer = await compass.overview({ outcome: 'return' });
    expect(asked).toEqual(['ended']);
    expect(answer).toMatchObject({
      archived: 1,
      leftOut: [{ experiment: 'old', reason: 'success.0.metric: there is no metric minutes any more' }],
      overview: { experiments: 13, metrics: ['clicks', 'return', 'returned'] },
    });
  });
});
