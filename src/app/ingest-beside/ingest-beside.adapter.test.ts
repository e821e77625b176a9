import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EngineError } from '#domain';
import { type DeadLetter, type ImportProgress, type Intake, importHistory, type Receipt } from '#ingest';
import { makePlayground, type PlaygroundProgress } from '#jobs';
import { startThread } from '#threads';
import { importBeside, playgroundBeside } from './ingest-beside.ts';

const PLAYS = 2000;
const folder = mkdtempSync(join(tmpdir(), 'import-beside-'));
const path = join(folder, 'plays.csv');
beforeAll(() => {
  const rows = Array.from({ length: PLAYS }, (_, n) => {
    const at = new Date(Date.UTC(2026, 0, 1) + n * 240_000).toISOString();
    return `u${n % 7},Song ${n % 50},Artist ${n % 10},${n === 1234 ? 'yesterday' : at},200000`;
  });
  writeFileSync(path, ['user_id,title,artist,at,ms_played', ...rows].join('\n'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Takes everything, after what a test has it wait for. */
const intakeOf = (wait: () => Promise<void> = async () => undefined) => {
  const taken: { readonly events: unknown[]; readonly items: unknown[] } = { events: [], items: [] };
  const into = (entries: unknown[]) => async (wire: readonly unknown[]) => {
    await wait();
    entries.push(...wire);
    return wire.map((): Receipt => ({ outcome: 'accepted' }));
  };
  const record = into(taken.events);
  const intake: Omit<Intake, 'subscribe'> = {
    accept: into(taken.events),
    acceptItems: into(taken.items),
    record: async (events) => void (await record(events)),
  };
  return { intake, taken };
};
const lettersTo = (letters: DeadLetter[]) => ({
  path: '/letters',
  writeAll: async (written: readonly DeadLetter[]) => void letters.push(...written),
});

const given = (wait?: () => Promise<void>) => {
  const { intake, taken } = intakeOf(wait);
  const letters: DeadLetter[] = [];
  const stopping = new AbortController();
  const told: ImportProgress[] = [];
  const onProgress = (progress: ImportProgress) => void told.push(progress);
  const options = { userId: 'me', intake, deadLetters: lettersTo(letters), signal: stopping.signal, onProgress };
  return { options, taken, letters, told, stopping };
};

const timeless = <Report extends { readonly seconds: number }>({ seconds, ...report }: Report) => {
  expect(seconds).toBeGreaterThan(0);
  return report;
};

describe('an import that is read in a thread of its own', () => {
  it('brings what it brings here, and says how far it is', async () => {
    const [there, here] = [given(), given()];
    const report = timeless(await importBeside('plays', path, there.options));
    expect(report).toEqual(timeless(await importHistory('plays', path, here.options)));
    expect(report).toMatchObject({
      rows: PLAYS,
      taken: PLAYS - 1,
      items: 50,
      deadLetters: { count: 1, path: '/letters' },
    });
    expect(there.taken).toEqual(here.taken);
    expect(there.letters).toEqual(here.letters);
    expect(there.letters).toHaveLength(1);
    expect(there.told).toEqual(here.told);
    expect(there.told.at(-1)?.rows).toBe(PLAYS);
  });

  it('fails as it does here', async () => {
    const { options } = given();
    await expect(importBeside('plays', join(folder, 'none.csv'), options)).rejects.toMatchObject({
      code: 'unreadable_file',
    });
    const full = given(async () => {
      throw new EngineError('disk_full', 'the disk is full');
    });
    await expect(importBeside('plays', path, full.options)).rejects.toMatchObject({ code: 'disk_full' });
  });

  it('that is broken off has told what was played in all that was acknowledged', async () => {
    const { options, taken, stopping } = given(async () => {
      if (!stopping.signal.aborted) stopping.abort(new EngineError('unavailable', 'the engine is stopping'));
    });
    await expect(importBeside('plays', path, options)).rejects.toThrow('the engine is stopping');
    expect(taken.events.length).toBeGreaterThan(0);
    expect(taken.events.length).toBeLessThan(PLAYS);
    expect(taken.items).toHaveLength(50);
    await expect(importBeside('plays', path, options)).rejects.toThrow('the engine is stopping');
  });

  it('fails when its thread ends before it does', async () => {
    const threads: Worker[] = [];
    const { options } = given(async () => void (await threads[0]?.terminate()));
    const start = () => {
      threads.push(startThread(new URL('./ingest-thread.ts', import.meta.url), { name: 'ingest' }));
      return threads[0]!;
    };
    await expect(importBeside('plays', path, options, start)).rejects.toMatchObject({
      code: 'unavailable',
      message: 'the thread that ingests is gone: it ended with code 1',
    });
  });
});

describe('a playground that is made in a thread of its own', () => {
  const world = { now: Date.UTC(2026, 0, 1), seed: 3, size: { listeners: 20, tracks: 100, days: 10 } };
  const making = (wait?: () => Promise<void>) => {
    const { options, taken, stopping } = given(wait);
    const told: PlaygroundProgress[] = [];
    const onProgress = (progress: PlaygroundProgress) => void told.push(progress);
    return { into: options, options: { ...world, onProgress, signal: stopping.signal }, taken, told, stopping };
  };

  it('is the one that is made here', async () => {
    const [there, here] = [making(), making()];
    const report = await playgroundBeside(there.into.intake, there.options);
    expect(report).toEqual(await makePlayground(here.into.intake, here.options));
    expect(report.events).toBeGreaterThan(100);
    expect(there.taken).toEqual(here.taken);
    expect(there.told).toEqual(here.told);
    expect(there.told.at(-1)).toEqual({ done: 10, total: 10, unit: 'days' });
  });

  it('can be broken off', async () => {
    const { into, options, taken, stopping } = making(async () => {
      if (taken.events.length > 0) stopping.abort(new EngineError('unavailable', 'the engine is stopping'));
    });
    await expect(playgroundBeside(into.intake, options)).rejects.toThrow('the engine is stopping');
    expect(taken.items.length).toBeGreaterThan(0);
  });
});
