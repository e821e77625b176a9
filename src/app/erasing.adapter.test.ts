import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { UserId } from '#domain';
import { loadConfig } from './config.ts';
import { type RunningEngine, startEngine } from './engine.ts';
import { SILENT } from './log.ts';

// One data folder for the whole file: the embedded warehouse binds a process to its first.
const { config } = loadConfig({
  env: {},
  standardFile: false,
  flags: { data: join(mkdtempSync(join(tmpdir(), 'erasing-')), 'data'), playground: false },
});
const start = (autoTrain: boolean): Promise<RunningEngine> =>
  startEngine({ config: { ...config, autoTrain }, log: SILENT, background: true });

const play = (user: string, n: number) => ({
  type: 'play',
  event_id: `${user}-${n}`,
  user_id: user,
  item_id: `track:${n % 7}`,
  at: Date.now() - n * 600_000,
  ms_played: 200_000,
});
const plays = (user: string, count: number) => Array.from({ length: count }, (_, n) => play(user, n));

const isOwed = (): boolean => existsSync(join(config.data, 'unlearned'));
const versions = (): string[] => {
  const models = join(config.data, 'artifacts', 'models');
  return existsSync(models) ? readdirSync(models) : [];
};
const trained = async (): Promise<void> => {
  await engine.work.train();
  await vi.waitFor(async () => expect((await engine.studio.status()).training).toBe('idle'), { timeout: 60_000 });
};

let engine: RunningEngine;
beforeAll(async () => {
  engine = await start(false);
});
afterAll(() => engine.stop());

it('leaves no word of a listener in the state and in the list of imports', async () => {
  await engine.intake.accept(plays('bob', 20));
  const rows = Array.from(
    { length: 30 },
    (_, n) => `ada,track:${n % 5},2026-01-01T${String(n % 24).padStart(2, '0')}:00:00Z`,
  );
  async function* body() {
    yield Buffer.from(['user_id,item_id,at', ...rows].join('\n'));
  }
  await engine.work.startImport(body(), { fileName: 'ada-at-home.csv', userId: 'ada' as UserId });
  await vi.waitFor(() => expect(engine.work.imports()[0]?.state).toBe('done'), { timeout: 60_000 });
  expect((await engine.studio.status()).defaultUser).toBe('ada');
  await engine.people.eraseUser('ada' as UserId);
  expect(await engine.studio.status()).toMatchObject({ data: 'live', defaultUser: 'bob' });
  expect(engine.work.imports()).toEqual([]);
});

it('is owed to the models until a training has ended, which leaves one version', { timeout: 120_000 }, async () => {
  expect(isOwed()).toBe(true);
  await trained();
  expect(isOwed()).toBe(false);
  await engine.intake.accept(plays('eve', 20));
  await trained();
  expect(versions().length).toBeGreaterThan(1);
  expect((await engine.people.eraseUser('nobody' as UserId)).removed).toEqual({});
  expect(isOwed()).toBe(false);
  await engine.people.eraseUser('eve' as UserId);
  await engine.stop();
  expect(isOwed()).toBe(true);

  const last = versions().sort().at(-1);
  engine = await start(true);
  await vi.waitFor(() => expect(isOwed()).toBe(false), { timeout: 60_000, interval: 100 });
  expect(versions()).toHaveLength(1);
  expect(versions()).not.toContain(last);
  expect((await engine.studio.overview()).model).toMatchObject({ users: 1 });
});

it('leaves nothing of a slate that was answered just before, on the way to the journal or after a start', async () => {
  const ahead = () => readFileSync(join(config.data, 'journal', 'ahead'));
  await engine.intake.accept(plays('carol', 5));
  await engine.serving.home('carol' as UserId, { refresh: true });
  expect(ahead().includes('carol')).toBe(true);
  expect((await engine.people.eraseUser('carol' as UserId)).left).toBe(0);
  expect(ahead().includes('carol')).toBe(false);
  await engine.stop();
  engine = await start(false);
  const lines: string[] = [];
  for await (const line of engine.people.exportUser('carol' as UserId)) lines.push(line);
  expect(lines).toEqual([]);
});

it('leaves no models when nobody is left to learn from', async () => {
  expect((await engine.people.eraseUser('bob' as UserId)).left).toBe(0);
  expect(await engine.studio.status()).toMatchObject({ data: 'empty', defaultUser: null });
  await trained();
  expect([isOwed(), versions()]).toEqual([false, []]);
});
