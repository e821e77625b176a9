import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEngine } from '#app';
import { runCli } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'erase-'));
const data = join(folder, 'data');

const run = async (...args: string[]) => {
  const printed: string[] = [];
  const told: string[] = [];
  const code = await runCli([...args, '--data', data], {
    print: (text) => printed.push(text),
    talk: (text) => told.push(text),
    outIsTty: false,
    errIsTty: false,
  });
  return { code, printed, told };
};

const plays = (user_id: string) =>
  Array.from({ length: 20 }, (_, n) => ({
    type: 'play',
    event_id: `${user_id}-${n}`,
    user_id,
    item_id: `track:${n % 7}`,
    at: Date.now() - n * 600_000,
    ms_played: 200_000,
  }));

beforeAll(async () => {
  const engine = await createEngine({ data, autoTrain: false });
  await engine.intake.accept([...plays('ada'), ...plays('bob'), ...plays('eve')]);
  await engine.stop();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('says nothing of models where there are none', async () => {
  expect(await run('erase', '--user', 'eve', '--yes')).toEqual({
    code: 0,
    printed: ['20 rows removed, 0 left.'],
    told: [],
  });
});

it('learns anew where no server will, and says so', async () => {
  expect((await run('train')).code).toBe(0);
  expect((await run('erase', '--user', 'nobody', '--yes')).printed).toEqual(['0 rows removed, 0 left.']);
  expect(await run('erase', '--user', 'ada', '--yes')).toEqual({
    code: 0,
    printed: ['20 rows removed, 0 left.', 'The models are learned anew, listeners: 1.'],
    told: [],
  });
  expect((await run('erase', '--user', 'bob', '--yes')).printed).toEqual([
    '20 rows removed, 0 left.',
    'Nobody is left to learn from: the models are gone.',
  ]);
});
