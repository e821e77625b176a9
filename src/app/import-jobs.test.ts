import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { EngineError, type UserId } from '#domain';
import type { Answers } from '#http';
import { ImportJobs, type ImportJobsDeps, type PathImport } from './import-jobs.ts';
import { SILENT } from './log.ts';

const REPORT = { format: 'spotify', taken: 1, repeated: 0, dropped: {}, seconds: 1 } as unknown as Answers.ImportReport;
const ME = 'me' as UserId;

const made = (options: Partial<ImportJobsDeps> = {}) => {
  const seen: { request: PathImport; text: string }[] = [];
  const folder = join(mkdtempSync(join(tmpdir(), 'imports-')), 'uploads');
  let ids = 0;
  const jobs = new ImportJobs({
    detect: async () => 'spotify',
    run: async (request) => {
      seen.push({ request, text: readFileSync(request.path, 'utf8') });
      return REPORT;
    },
    learn: async () => undefined,
    newId: () => `i${++ids}`,
    folder,
    log: SILENT,
    ...options,
  });
  return { jobs, seen, folder };
};

async function* bytes(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}

const state = (jobs: ImportJobs) => jobs.list()[0]?.state;

it('puts the file on disk under its own name, imports it, learns, and leaves nothing behind', async () => {
  const { jobs, seen, folder } = made();
  const started = await jobs.start(bytes('one ', 'two'), { fileName: '../../etc/My data.zip', userId: ME });
  expect(started).toMatchObject({ importId: 'i1', format: 'spotify', state: 'running' });
  await vi.waitFor(() => expect(state(jobs)).toBe('done'));
  expect(seen).toEqual([{ request: expect.objectContaining({ format: 'spotify', userId: 'me' }), text: 'one two' }]);
  expect(seen[0]?.request.path.startsWith(folder)).toBe(true);
  expect(seen[0]?.request.path.endsWith('/My data.zip')).toBe(true);
  await jobs.stop();
  expect(readdirSync(folder)).toEqual([]);
  expect(jobs.list()[0]?.report).toBe(REPORT);
});

it('imports nothing of a body that breaks off', async () => {
  const { jobs, seen, folder } = made();
  async function* broken() {
    yield Buffer.from('one');
    throw new Error('connection lost');
  }
  await expect(jobs.start(broken(), { fileName: 'a', userId: ME })).rejects.toThrow('connection lost');
  expect([seen.length, jobs.list().length, readdirSync(folder).length]).toEqual([0, 0, 0]);
});

it('refuses a second import while one is under way, before it reads the body', async () => {
  const ends: ((report: Answers.ImportReport) => void)[] = [];
  const { jobs } = made({ run: () => new Promise((resolve) => void ends.push(resolve)) });
  await jobs.start(bytes('one'), { fileName: 'a', userId: ME });
  const refused = await jobs
    .start(bytes('two'), { fileName: 'b', userId: ME })
    .catch((error: EngineError) => error.code);
  expect(refused).toBe('conflict');
  ends[0]?.(REPORT);
  await vi.waitFor(() => expect(state(jobs)).toBe('done'));
});

it('forgets the imports of a user, and one under way stays forgotten', async () => {
  const ends: ((report: Answers.ImportReport) => void)[] = [];
  const learnt = vi.fn(async () => undefined);
  const { jobs } = made({ run: () => new Promise((resolve) => void ends.push(resolve)), learn: learnt });
  await jobs.start(bytes('one'), { fileName: 'a', userId: 'other' as UserId });
  ends[0]?.(REPORT);
  await vi.waitFor(() => expect(jobs.isRunning).toBe(false));
  await jobs.start(bytes('two'), { fileName: 'b', userId: ME });
  jobs.forget(ME);
  ends[1]?.(REPORT);
  await vi.waitFor(() => expect(jobs.isRunning).toBe(false));
  expect(learnt).toHaveBeenCalledTimes(2);
  expect(jobs.list().map(({ userId }) => userId)).toEqual(['other']);
});

it('tells in words why an import failed, and removes the file', async () => {
  const { jobs, folder } = made({
    run: () => Promise.reject(new EngineError('unreadable_file', 'no listening history in it')),
  });
  await jobs.start(bytes('x'), { fileName: 'a', userId: ME });
  await vi.waitFor(() => expect(state(jobs)).toBe('failed'));
  expect(jobs.list()[0]?.error).toBe('no listening history in it');
  await jobs.stop();
  expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
});
