import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UserId } from '#domain';
import { loadConfig } from '../config.ts';
import { lockHolder } from '../data-lock.ts';
import { type RunningEngine, startEngine } from '../engine.ts';
import { SILENT } from '../log.ts';
import type { Config } from '../settings.ts';
import { type ApartProgress, importApart } from './import-apart.ts';

const ROWS = 6000;

let folder: string;
let config: Config;
const open = (): Promise<RunningEngine> => startEngine({ config, log: SILENT, background: false });

const historyOf = (user: string, rows: number): string => {
  const path = join(folder, `${user}.csv`);
  const lines = Array.from(
    { length: rows },
    (_, n) => `${user},track:${n % 500},${new Date(Date.UTC(2026, 0, 1, 0, n * 4)).toISOString()}`,
  );
  writeFileSync(path, ['user_id,item_id,at', ...lines, `${user},track:1,not a time`].join('\n'));
  return path;
};

const importFile = (path: string, onProgress: (progress: ApartProgress) => void = () => undefined) =>
  importApart(config, { format: 'plays', path, userId: 'me' as UserId, onProgress });

/** What an engine that is opened on the folder afterwards knows. */
const seen = async (user?: string) => {
  const engine = await open();
  try {
    const { data, playground } = await engine.studio.status();
    const plays = user === undefined ? null : (await engine.serving.profile(user as UserId)).plays;
    return { data, playground, plays };
  } finally {
    await engine.stop();
  }
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'import-apart-'));
  const flags = { data: join(folder, 'data'), playground: false };
  config = loadConfig({ flags, env: {}, standardFile: false }).config;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('an import in processes of its own', () => {
  it('leaves all of it in the warehouse, takes the playground out, and lets go of the folder', async () => {
    const engine = await open();
    await engine.intake.acceptItems([{ item_id: 'track:playground-1', title: 'Made up' }]);
    await engine.stop();
    expect(await seen()).toMatchObject({ playground: 'present' });

    const steps = new Set<string>();
    const report = await importFile(historyOf('ada', ROWS), ({ step }) => steps.add(step));
    expect(report).toMatchObject({ rows: ROWS + 1, taken: ROWS, repeated: 0, users: 1, deadLetters: { count: 1 } });
    expect(steps).toContain('importing');
    expect(lockHolder(config.data)).toBeNull();
    expect(await seen('ada')).toEqual({ data: 'live', playground: 'absent', plays: ROWS });

    expect(await importFile(historyOf('ada', ROWS))).toMatchObject({ taken: 0, repeated: ROWS });
    expect((await seen('ada')).plays).toBe(ROWS);
  });

  it('fails with what went wrong there', async () => {
    await expect(importFile(join(folder, 'nowhere.csv'))).rejects.toMatchObject({
      code: 'unreadable_file',
      message: expect.stringContaining('nowhere.csv'),
    });
  });

  it('says that it was killed, and the next run goes on from there', async () => {
    const path = historyOf('bob', 60_000);
    let isKilled = false;
    const killed = importFile(path, () => {
      const holder = lockHolder(config.data);
      if (isKilled || holder === null) return;
      isKilled = true;
      process.kill(holder.pid, 'SIGKILL');
    });
    await expect(killed).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('SIGKILL') });
    const report = await importFile(path);
    expect(report.taken + report.repeated).toBe(60_000);
    expect((await seen('bob')).plays).toBe(60_000);
  });
});
