import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ResourceLimits, Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS, experimentSchema, type ItemId, PackedIds } from '#domain';
import type { Answers } from '#http';
import { neededBy, shippedCollection } from '#jobs';
import { standardDefinitions } from '#success';
import { startThread } from '#threads';
import { openChdbWarehouse, queries, type Warehouse } from '#warehouse';
import { machineClock } from '../machine-clock.ts';
import { type Analyses, createAnalyses } from './analyses.ts';
import { AnalysesBeside, type AnalysesBesideDeps } from './analyses-beside.ts';
import { EXPERIMENT, ITEMS, LISTENERS, NOW, PLAYS, writeWorld } from './analyses-world.contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'analyses-'));
let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openChdbWarehouse({ path: join(folder, 'warehouse') });
  writeFileSync(played, 'user_id,item_id,at,ms_played\nu,track:1,2026-01-01T00:00:00Z,1000\n');
  await writeWorld(warehouse);
});
afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

/** One part at a time, as the writer to the warehouse has it. */
const turns = () => {
  let last: Promise<unknown> = Promise.resolve();
  return <Result>(part: () => Promise<Result>): Promise<Result> => {
    const done = last.then(part);
    last = done.catch(() => undefined);
    return done;
  };
};

const opened: AnalysesBeside[] = [];
afterEach(() => Promise.all(opened.splice(0).map((beside) => beside.close())));

/** The first thread may be given less memory. */
const open = (more: Partial<AnalysesBesideDeps> = {}, first: ResourceLimits = {}) => {
  const threads: Worker[] = [];
  const ends: string[] = [];
  const exclusive = turns();
  const onEnd = (reason: string) => void ends.push(reason);
  const beside = new AnalysesBeside(
    { warehouse, exclusive, carried: () => PLAYS, givesWay: true, onEnd, ...more },
    (options) => {
      const resourceLimits = threads.length === 0 ? first : {};
      threads.push(startThread(new URL('./analyses-thread.ts', import.meta.url), { ...options, resourceLimits }));
      return threads.at(-1)!;
    },
  );
  opened.push(beside);
  return { beside, analyses: beside.analyses, threads, ends, exclusive };
};

const played = join(folder, 'played.csv');
const definition = standardDefinitions().find(({ name }) => name === 'autoplay_radio')!;
const homeShelf = standardDefinitions().find(({ name }) => name === 'home_shelf')!;
const range = { from: NOW - 60 * DAY_MS, to: NOW };
const units = { ...neededBy([definition]), ...range, listeners: 100, userIds: undefined, now: NOW, intents: null };
const judging = { definitions: standardDefinitions(), intents: null };
const period = { from: new Date(NOW - 40 * DAY_MS).toISOString().slice(0, 10) };
const document = experimentSchema.parse({
  name: EXPERIMENT,
  hypothesis: 'More to explore brings people back.',
  arms: [{ name: 'control' }, { name: 'bold' }],
  success: [{ metric: 'return_rate[7d]' }],
  horizon_days: 7,
  planned_units: 100,
});
const effects = Array.from({ length: 24 }, (_, n) => ({
  experiment: `e${n >> 1}`,
  metric: n % 2 === 0 ? 'clicks' : 'return',
  effect: (((n >> 1) % 5) - 2) / (1 + (n % 2)),
  standardError: 0.1,
  n: 10,
}));
/** As what was learned lies. */
const shared = (values: Float32Array): Float32Array => {
  const copy = new Float32Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
};
const CORPUS = 'experiment,metric,effect,se,n\nsent,clicks,1,0.1,10\nsent,return,2,0.1,10';
const vectors = {
  items: PackedIds.from(Array.from({ length: ITEMS }, (_, n) => `track:${n}` as ItemId)).share(),
  factors: { rows: ITEMS, cols: 2, values: shared(Float32Array.from({ length: ITEMS * 2 }, (_, n) => Math.sin(n))) },
};

/** Every one of them, sessions first. */
const askAll = async (analyses: Analyses) => ({
  derived: await analyses.deriveSessions({ intents: null }),
  metrics: await analyses.metricsReport({
    request: { metrics: ['minutes_per_session', 'success_rate[autoplay_radio]'], by: ['surface'], ...period },
    now: NOW,
    ...judging,
  }),
  absence: await analyses.absenceReport({ by: ['surface'], ...period }),
  life: await analyses.lifeCycle(period),
  returns: await analyses.returnReport({ by: 'calendar', horizon: 28, level: 0.95 }),
  diversity: await analyses.diversityReturn({ horizon: 14, level: 0.95, vectors, now: NOW }),
  outcomes: await analyses.definitionOutcomes({ ...units, definition, engine: 'sql', limit: 5, eachLabel: true }),
  checked: await analyses.checkDefinition({ text: definition.source, others: standardDefinitions() }),
  corpus: await analyses.corpusOf({ text: CORPUS }),
  format: await analyses.detectFormat({ path: played }),
  map: await analyses.definitionMap({ definitions: standardDefinitions() }),
  comparison: await analyses.previewDefinition({ ...units, before: definition, after: definition }),
  browsing: await analyses.browsingLaws({ surface: 'home', along: 'shelf', ...range, leastVisits: 5 }),
  replay: await analyses.replayPolicy({
    surface: 'home',
    ...range,
    limit: 100,
    reward: homeShelf,
    change: {},
    level: 0.95,
    resamples: 100,
    seed: 1,
    now: NOW,
    intents: null,
  }),
  downstream: await analyses.downstreamReport({ surface: 'home', ...range, limit: 100, level: 0.95, now: NOW }),
  values: await analyses.learnShelfValues({ definition: homeShelf, now: NOW, intents: null }),
  power: await analyses.planPower({ document, ...judging, now: NOW }),
  running: await analyses.analyzeRunning({ document, ...judging, since: range.from, until: NOW }),
  compass: await analyses.compassOverview({ corpus: CORPUS, rows: effects }),
  collection: await analyses.collection({ folder: shippedCollection('night-shelf') }),
  judged: await analyses.judgeRuns({
    qrels: 'q1 0 a 1\nq1 0 b 0\nq2 0 a 0\nq2 0 b 1\n',
    run: 'q1 Q0 a 1 2 x\nq1 Q0 b 2 1 x\nq2 Q0 a 1 2 x\nq2 Q0 b 2 1 x\n',
    other: 'q1 Q0 b 1 2 y\nq1 Q0 a 2 1 y\nq2 Q0 b 1 2 y\nq2 Q0 a 2 1 y\n',
    items: 'item_id,artist\na,x\nb,y\n',
    plays: 'user_id,item_id\nq1,a\nq2,b\n',
    measures: ['map'],
    level: 1,
    test: 'randomization',
  }),
});

/** What holds the turn until the test lets go. */
const hold = (exclusive: AnalysesBesideDeps['exclusive']) => {
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  return { letGo, over: exclusive(() => held) };
};

/** Threads of this process with the lowest priority: field 19 of proc(5). */
const lowThreads = (): number =>
  readdirSync('/proc/self/task').filter((thread) => {
    const fields = readFileSync(`/proc/self/task/${thread}/stat`, 'latin1').split(') ')[1]!.split(' ');
    return fields[19 - 3] === '19';
  }).length;

describe('analyses in a thread of their own', () => {
  it('answer as they do here, all of them, with their progress', async () => {
    const { analyses, threads } = open();
    expect(threads).toHaveLength(0);
    const there = await askAll(analyses);
    expect(there.derived.sessions).toBeGreaterThan(100);
    expect(there.outcomes.summary.units).toBeGreaterThan(100);
    expect(there.browsing.laws[0]?.measure).toMatch(/^cwl/);
    expect(there.replay.slices[0]?.report).toBeDefined();
    expect(there.downstream.replayed).toBe(LISTENERS);
    expect(there.values?.of.size).toBeGreaterThan(0);
    expect(there.running.report).not.toBeNull();
    expect(there.diversity.users).toBeGreaterThan(10);
    expect(there.judged.beyond).toBeDefined();
    expect(threads).toHaveLength(1);
    const here = await askAll(createAnalyses({ warehouse, clock: machineClock }));
    expect(Object.keys(there).length).toBe(Object.keys(analyses).length);
    // Nothing had come in since.
    expect(there).toStrictEqual({ ...here, derived: there.derived });

    const told: Answers.Progress[] = [];
    const asked = { ...units, before: definition, after: definition };
    await analyses.previewDefinition(asked, (progress) => told.push(progress));
    expect(told.at(-1)).toEqual({ done: LISTENERS, total: LISTENERS, unit: 'listeners' });
  });

  it('fail as they do here', async () => {
    const { analyses } = open();
    const wrong = { request: { metrics: ['no_such'], by: [] }, now: NOW, ...judging };
    await expect(analyses.metricsReport(wrong)).rejects.toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining('unknown metric "no_such"'),
    });
    // What cannot be sent is told to whoever sent it.
    const asked = { ...units, before: definition, after: { ...definition, source: () => 'no data' } } as never;
    await expect(analyses.previewDefinition(asked)).rejects.toThrow('could not be cloned');
  });

  it('write to the warehouse when it is their turn', async () => {
    const { analyses, exclusive } = open();
    const { letGo, over } = hold(exclusive);
    let isDone = false;
    const deriving = analyses.deriveSessions({ intents: null }).then(() => {
      isDone = true;
    });
    // Answers come in their turn, so this one was asked and is waiting.
    for (let n = 0; n < 3; n++) await analyses.lifeCycle(period);
    expect(isDone).toBe(false);
    letGo();
    await Promise.all([over, deriving]);
    expect(isDone).toBe(true);
    await exclusive(async () => undefined);
  });

  it('are told of a thread that ends, let go of what it held, and go on in another one', async () => {
    const inserts: (() => void)[] = [];
    const slow = slowed(warehouse, () => new Promise<void>((resolve) => inserts.push(resolve)));
    const { analyses, threads, ends, exclusive } = open({ warehouse: slow });
    const owed = analyses.deriveSessions({ intents: { weights: new Float64Array(1), ruleTrust: 1, answers: 0 } });
    owed.catch(() => undefined);
    while (inserts.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    let isFree = false;
    const next = exclusive(async () => {
      isFree = true;
    });
    await threads[0]!.terminate();
    await expect(owed).rejects.toMatchObject({
      code: 'unavailable',
      message: 'the thread that analyses is gone: it ended with code 1',
    });
    expect(ends).toEqual(['it ended with code 1']);
    // What it had begun to write is still being written.
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(isFree).toBe(false);
    for (const done of inserts) done();
    await next;
    expect(await analyses.lifeCycle(period)).toMatchObject({ sql: queries.engagementLife.sql });
    expect(threads).toHaveLength(2);
  });

  it('end their thread alone where there is not enough memory', async () => {
    const { analyses, threads, ends } = open({}, { maxOldGenerationSizeMb: 4 });
    await expect(analyses.lifeCycle(period)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/^the thread that analyses is gone: it failed: .*memory/),
    });
    expect(ends).toHaveLength(1);
    expect(await analyses.lifeCycle(period)).toMatchObject({ sql: queries.engagementLife.sql });
    expect(threads).toHaveLength(2);
  });

  it.skipIf(process.platform !== 'linux')('give way where they are told to (on Linux)', async () => {
    const before = lowThreads();
    await open({ givesWay: false }).analyses.lifeCycle(period);
    expect(lowThreads()).toBe(before);
    await open({ givesWay: true }).analyses.lifeCycle(period);
    expect(lowThreads()).toBe(before + 1);
  });

  it('are not answered once they are closed', async () => {
    const { beside, analyses, threads, ends } = open();
    const owed = analyses.deriveSessions({ intents: null });
    owed.catch(() => undefined);
    await beside.close();
    const stopping = { code: 'unavailable', message: 'the engine is stopping' };
    await expect(owed).rejects.toMatchObject(stopping);
    await expect(analyses.lifeCycle(period)).rejects.toMatchObject(stopping);
    expect(threads).toHaveLength(1);
    expect(ends).toEqual([]);
  });
});

/** The same warehouse, which says that rows of derivations are written when it is told. */
function slowed(it: Warehouse, wait: () => Promise<void>): Pick<Warehouse, 'insert' | 'query' | 'stream'> {
  return {
    insert: async (table, rows) => {
      await it.insert(table, rows);
      if (table === 'derivation') await wait();
    },
    query: (query, params) => it.query(query, params),
    stream: (query, params, seconds) => it.stream(query, params, seconds),
  };
}
