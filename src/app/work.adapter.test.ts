import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { WarehouseWriter } from '#ingest';
import { queries } from '#warehouse';
import { loadConfig } from './config.ts';
import { DataState, MADE_UP } from './data-state.ts';
import { type Foundation, openFoundation } from './foundation.ts';
import { Learning } from './learning.ts';
import { SILENT } from './log.ts';
import type { Playground } from './playground.ts';
import { openJournal } from './stores.ts';
import { Unlearned } from './unlearned.ts';
import { createPlayground, type WorkDeps } from './work.ts';

const folder = mkdtempSync(join(tmpdir(), 'work-'));
const { config } = loadConfig({ env: {}, standardFile: false, flags: { data: join(folder, 'data') } });
let foundation: Foundation;
let state: DataState;
let playground: Playground;
/** Once, before the next work that the writer stands still for. */
let beforeExclusive: (() => Promise<void>) | null = null;

beforeAll(async () => {
  const opened = await openFoundation(config, SILENT, openJournal);
  const { writer } = opened;
  const watched: WarehouseWriter = {
    start: () => writer.start(),
    flush: () => writer.flush(),
    exclusive: async (work) => {
      const before = beforeExclusive;
      beforeExclusive = null;
      await before?.();
      return writer.exclusive(work);
    },
    stop: () => writer.stop(),
    status: () => writer.status(),
  };
  foundation = { ...opened, writer: watched };
  state = new DataState();
  opened.intake.subscribe({ events: (events) => state.events(events), items: (items) => state.items(items) });
  const learning = new Learning({
    learn: async () => null,
    use: async () => undefined,
    clock: opened.clock,
    log: SILENT,
    automatic: false,
  });
  const serving = { clear: () => undefined, start: async () => undefined };
  const deps: WorkDeps = {
    config,
    log: SILENT,
    foundation,
    serving: serving as unknown as WorkDeps['serving'],
    state,
    unlearned: new Unlearned(config),
    background: false,
    underWay: new SharedArrayBuffer(4),
  };
  playground = createPlayground(deps, learning);
});
afterAll(async () => {
  await foundation.close();
  rmSync(folder, { recursive: true, force: true });
});

const play = (user_id: string) => ({
  type: 'play',
  event_id: `of-${user_id}`,
  user_id,
  at: Date.now() - 1000,
  item_id: 'track:a',
});
const presence = async () => {
  await foundation.writer.flush();
  const [found] = await foundation.warehouse.query(queries.presence, { prefix: MADE_UP });
  return found;
};

it('takes the items of a second playground, though the journal has seen the same ones before', async () => {
  const making = async (): Promise<number> => {
    await playground.make();
    await vi.waitFor(async () => expect((await presence())?.prefixed_items).toBeGreaterThan(100), { timeout: 30_000 });
    await playground.stop();
    return (await presence())?.prefixed_items ?? 0;
  };
  expect(await making()).toBeGreaterThan(100);
  await playground.remove();
  expect([playground.state, state.data]).toEqual(['absent', 'empty']);
  expect(await presence()).toEqual({ events: 0, prefixed_events: 0, items: 0, prefixed_items: 0 });
  expect(await making()).toBeGreaterThan(100);
});

it('keeps a first real event that is acknowledged while the playground is removed', async () => {
  expect(playground.state).toBe('present');
  beforeExclusive = async () => {
    expect(await foundation.intake.accept([play('ada'), play('playground-late')])).toEqual([
      { outcome: 'accepted' },
      { outcome: 'accepted' },
    ]);
  };
  await playground.remove();
  expect([playground.state, state.data]).toEqual(['absent', 'live']);
  expect(await presence()).toEqual({ events: 1, prefixed_events: 0, items: 0, prefixed_items: 0 });
});
