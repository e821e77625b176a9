import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ItemId, SlateId, UserId } from '#domain';
import { toSlate } from '#wire';
import { loadConfig } from './config.ts';
import { type RunningEngine, startEngine } from './engine.ts';
import { SILENT } from './log.ts';
import { slateIn } from './serving-beside/beside-world.contract.ts';

// One data folder for the whole file: the embedded warehouse binds a process to its first.
const { config } = loadConfig({
  env: {},
  standardFile: false,
  flags: { data: join(mkdtempSync(join(tmpdir(), 'engine-')), 'data'), autoTrain: false, playground: false },
});
const start = (): Promise<RunningEngine> => startEngine({ config, log: SILENT, background: true });

const ADA = 'ada' as UserId;
const play = (n: number, user: string = ADA) => ({
  type: 'play',
  event_id: `${user}-${n}`,
  user_id: user,
  item_id: `track:${n % 7}`,
  at: Date.now() - n * 600_000,
  ms_played: 200_000,
});
const BOBS_PLAYS = 40;
const isoHour = (n: number): string => new Date(Date.UTC(2026, 0, 1, n)).toISOString();
const rowsOf = async (engine: RunningEngine, kind: string): Promise<number> => {
  const { events } = await engine.studio.overview();
  return events.find((row) => row.kind === kind)?.rows ?? Number.NaN;
};
const linesOf = async (lines: AsyncIterable<string>): Promise<Record<string, unknown>[]> => {
  const read: Record<string, unknown>[] = [];
  for await (const line of lines) read.push(JSON.parse(line));
  return read;
};

let engine: RunningEngine;
beforeAll(async () => {
  engine = await start();
});
afterAll(() => engine.stop());

describe('the engine on an empty folder', () => {
  it('is ready, holds the folder alone, and says that there is nothing', async () => {
    expect(await engine.work.train()).toMatchObject({ data: 'empty', playground: 'absent', defaultUser: null });
    await vi.waitFor(async () => expect((await engine.studio.status()).training).toBe('idle'));
    expect(await engine.health.readiness()).toEqual({ ready: true, journal: 'ok', warehouse: 'ok', models: 'none' });
    await expect(start()).rejects.toThrow(/is in use by process/);
  });

  it('takes events in, and the next answer knows them', async () => {
    const receipts = await engine.intake.accept([...Array.from({ length: 20 }, (_, n) => play(n)), { type: 'play' }]);
    expect(receipts.map(({ outcome }) => outcome)).toEqual([
      ...Array.from({ length: 20 }, () => 'accepted'),
      'refused',
    ]);
    expect((await engine.serving.profile(ADA)).plays).toBe(20);
    await engine.intake.accept([play(20)]);
    expect((await engine.serving.profile(ADA)).plays).toBe(21);
    expect(await engine.studio.status()).toMatchObject({ data: 'live', defaultUser: 'ada' });
  });

  it('has a slate on record before it answers it, and replays it', async () => {
    const slate = await slateIn(engine.serving.home(ADA, { refresh: false }));
    const decision = await engine.studio.decision(slate.slate_id as SlateId);
    expect(toSlate(decision.slate)).toEqual({ ...slate, fresh: false });
    expect(decision.replays).toBe(true);
  });
});

describe('a stop and a start', () => {
  it('keep everything, once', async () => {
    await engine.stop();
    expect(existsSync(join(config.data, 'lock.json'))).toBe(false);
    engine = await start();
    expect(await rowsOf(engine, 'play')).toBe(21);
    expect((await engine.serving.profile(ADA)).plays).toBe(21);
    const repeated = await engine.intake.accept([play(20)]);
    expect(repeated).toEqual([{ outcome: 'repeated' }]);
    expect((await engine.serving.profile(ADA)).plays).toBe(21);
  });
});

describe('an import', () => {
  it('comes through the same way in, twice the same as once, and is learned from', async () => {
    const path = join(config.data, 'plays.csv');
    const rows = Array.from({ length: BOBS_PLAYS }, (_, n) => `bob,track:${n % 5},${isoHour(n)}`);
    writeFileSync(path, ['user_id,item_id,at', ...rows].join('\n'));
    const report = await engine.importPath({ format: 'plays', path, userId: 'bob' as UserId });
    expect(report).toMatchObject({ taken: BOBS_PLAYS, repeated: 0, users: 1 });
    const again = await engine.importPath({ format: 'plays', path, userId: 'bob' as UserId });
    expect(again).toMatchObject({ taken: 0, repeated: BOBS_PLAYS });
    expect(await rowsOf(engine, 'play')).toBe(21 + BOBS_PLAYS);

    async function* body() {
      yield readFileSync(path);
    }
    const job = await engine.work.startImport(body(), { fileName: 'plays.csv', userId: 'bob' as UserId });
    expect(job).toMatchObject({ format: 'plays', state: 'running' });
    await vi.waitFor(() => expect(engine.work.imports()[0]?.state).toBe('done'), { timeout: 60_000 });
    expect((await engine.studio.overview()).model).toMatchObject({ users: 2 });
    expect((await engine.studio.status()).defaultUser).toBe('bob');
  });
});

describe('the playground', () => {
  it('is not made beside real data', async () => {
    await expect(engine.work.makePlayground()).rejects.toMatchObject({ code: 'conflict' });
  });

  it('goes with everything in it and leaves real data alone', async () => {
    const before = await rowsOf(engine, 'play');
    const made = Array.from({ length: 30 }, (_, n) => ({
      ...play(n, 'playground-001'),
      item_id: `track:playground-${n}`,
    }));
    await engine.intake.acceptItems([{ item_id: 'track:playground-1', title: 'Made up' }]);
    await engine.intake.accept(made);
    expect((await engine.studio.status()).playground).toBe('present');
    expect(await engine.work.removePlayground()).toMatchObject({ data: 'live', playground: 'absent' });
    expect(await rowsOf(engine, 'play')).toBe(before);
    expect(await linesOf(engine.people.exportUser('playground-001' as UserId))).toEqual([]);
    await expect(engine.serving.itemPage('track:playground-1' as ItemId, null)).rejects.toMatchObject({
      code: 'unknown_item',
    });
  });
});

describe('a listener', () => {
  it('takes everything along: what is in the warehouse and what is not there yet, each once', async () => {
    await engine.intake.accept([play(21)]);
    const slate = await slateIn(engine.serving.home(ADA, { refresh: true }));
    const lines = await linesOf(engine.people.exportUser(ADA));
    expect(lines.filter((line) => line['type'] === 'play')).toHaveLength(22);
    expect(lines.map((line) => line['slate_id'])).toContain(slate.slate_id);
    expect(new Set(lines.map((line) => line['event_id'])).size).toBe(lines.length);
  });

  it('is erased from every place, and others are not', async () => {
    await engine.intake.accept([play(22)]);
    const erasure = await engine.people.eraseUser(ADA);
    expect(erasure.left).toBe(0);
    expect(Object.values(erasure.removed).reduce((sum, rows) => sum + rows, 0)).toBeGreaterThanOrEqual(23);
    expect(await linesOf(engine.people.exportUser(ADA))).toEqual([]);
    await expect(engine.serving.profile(ADA)).rejects.toMatchObject({ code: 'unknown_user' });
    expect(await engine.studio.users('', 10)).toEqual([expect.objectContaining({ userId: 'bob', plays: BOBS_PLAYS })]);
    expect(await rowsOf(engine, 'play')).toBe(BOBS_PLAYS);
  });
});
