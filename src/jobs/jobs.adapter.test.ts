import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ArtifactStore, openFileArtifacts } from '#artifacts';
import { type EventKind, fixedClock, isListen, type ListenerEvent, parseItem, toItemRow, toRow } from '#domain';
import { createWorld } from '#simulation';
import { openChdbWarehouse, type Warehouse, withSequence } from '#warehouse';
import { latestModels, makePlayground, type PlaygroundIntake, train } from './index.ts';
import { PLAYGROUND } from './playground.ts';

const NOW = Date.UTC(2026, 10, 24, 12);
const OPTIONS = { als: { factors: 8, epochs: 2 } };
const SIZE = { listeners: 60, tracks: 300, days: 30 };

let folder: string;
let warehouse: Warehouse;
let artifacts: ArtifactStore;
let sequence = 0;

/** The intake without a journal: straight into the warehouse. */
const intake: PlaygroundIntake = {
  acceptItems: async (wire) => {
    const rows = wire.flatMap((each) => {
      const parsed = parseItem(each, NOW + sequence);
      return parsed.ok ? [withSequence(toItemRow(parsed.item), ++sequence)] : [];
    });
    await warehouse.insert('item', rows);
    return wire.map(() => ({ outcome: rows.length === wire.length ? 'accepted' : 'refused' }));
  },
  record: async (events) => {
    const byKind = new Map<EventKind, string[]>();
    for (const event of events) {
      byKind.set(event.kind, [...(byKind.get(event.kind) ?? []), withSequence(toRow(event), ++sequence)]);
    }
    for (const [kind, rows] of byKind) await warehouse.insert(kind, rows);
  },
};

/** One batch a table instead of one a day: many small inserts are what the writer of the engine avoids, too. */
const inOneBatch = async (fill: (buffered: PlaygroundIntake) => Promise<unknown>): Promise<void> => {
  const events: ListenerEvent[] = [];
  await fill({ ...intake, record: async (batch) => void events.push(...batch) });
  const kinds = [...new Set(events.map((event) => event.kind))];
  for (const kind of kinds) {
    const rows = events.filter((event) => event.kind === kind).map((event) => withSequence(toRow(event), ++sequence));
    await warehouse.insert(kind, rows);
  }
};

const fillWorld = () => inOneBatch((buffered) => makePlayground(buffered, { now: NOW, size: SIZE }));
const deps = () => ({ warehouse, artifacts, clock: fixedClock(NOW) });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ritornello-jobs-'));
  warehouse = await openChdbWarehouse({ path: join(folder, 'warehouse') });
  artifacts = await openFileArtifacts({ path: join(folder, 'artifacts') });
});
beforeEach(async () => {
  await warehouse.clear();
  await artifacts.clear();
});
afterAll(async () => {
  await warehouse.close();
  await rm(folder, { recursive: true, force: true });
});

describe('train', () => {
  it('learns nothing from nothing', async () => {
    expect(await train(deps())).toBeNull();
    expect(await latestModels(artifacts)).toBeNull();
  });

  it('learns from the log what the events say', async () => {
    await fillWorld();
    const units = new Set<string>();
    const bundle = await train(deps(), { ...OPTIONS, onProgress: ({ unit }) => units.add(unit) });
    const world = createWorld({ ...SIZE, seed: 1, until: NOW, rules: PLAYGROUND.rules });
    const refused = new Set<string>();
    const pairs = new Set<string>();
    const listeners = new Map<string, Set<string>>();
    for (const event of [...world.batches()].flat()) {
      if (event.kind === 'action' && ['hide', 'dislike'].includes(event.action)) {
        refused.add(`${event.userId} ${event.itemId}`);
      }
      if (event.kind !== 'play' || !isListen(event)) continue;
      pairs.add(`${event.userId} ${event.itemId}`);
      listeners.set(event.itemId, (listeners.get(event.itemId) ?? new Set()).add(event.userId));
    }
    expect(bundle?.basis).toBe('collaborative');
    expect(bundle?.interactions).toBe([...pairs].filter((pair) => !refused.has(pair)).length);
    expect([...(bundle?.items ?? [])].sort()).toEqual(world.items.map((item) => item.itemId).sort());
    for (const [index, item] of [...(bundle?.items ?? [])].entries()) {
      expect(bundle?.listeners[index]).toBe(listeners.get(item)?.size ?? 0);
    }
    expect([...units]).toEqual(['rows', 'models']);
  });

  it('stores what it learned, the same bytes from the same rows, and keeps only the newest versions', async () => {
    await fillWorld();
    const first = await train(deps(), OPTIONS);
    const stored = await artifacts.latest('models');
    expect(stored?.lineage).toMatchObject({
      trainedAt: NOW,
      seed: '1',
      options: OPTIONS,
      data: { users: first?.users },
    });
    const loaded = await latestModels(artifacts);
    expect(loaded?.version).toBe(first?.version);
    expect(loaded?.models.als?.toBytes()).toEqual(first?.models.als?.toBytes());
    for (let n = 0; n < 3; n++) await train(deps(), OPTIONS);
    const versions = await artifacts.list();
    expect(versions).toHaveLength(3);
    expect(versions[0]?.parts).toEqual(stored?.parts);
  });

  it('learns from a part of the listeners when there are more than asked for, and still counts all of them', async () => {
    await fillWorld();
    const all = await train(deps(), OPTIONS);
    const sample = await train(deps(), { ...OPTIONS, mostUsers: 30 });
    expect(sample?.users).toBeLessThan(all?.users ?? 0);
    const asked = ((100 * 30) / (all?.users ?? 0)).toFixed(1);
    expect(sample?.notes.at(-1)).toMatch(new RegExp(`^learned from \\d+ listeners, ${asked} % of all`));
    const audience = (bundle: typeof all) =>
      new Map([...(bundle?.items ?? [])].map((item, n) => [item, bundle?.listeners[n]]));
    expect([...audience(sample)].sort()).toEqual([...audience(all)].sort());
  });

  it('stops when asked to and stores nothing', async () => {
    await fillWorld();
    const controller = new AbortController();
    const onProgress = () => controller.abort(new Error('shutting down'));
    await expect(train(deps(), { onProgress, signal: controller.signal })).rejects.toThrow('shutting down');
    expect(await artifacts.list()).toHaveLength(0);
  });
});
