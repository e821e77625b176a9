/** How listeners browse, from slates and impressions in the warehouse, against counts by hand. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS, parseEvent, toRow } from '#domain';
import { openChdbWarehouse, type Warehouse, withSequence } from '#warehouse';
import { type BrowsingOptions, browsingFile, browsingLaws } from './browsing-laws.ts';

const NOON = Date.parse('2026-05-04T12:00:00Z');
const folder = mkdtempSync(join(tmpdir(), 'browsing-'));
let warehouse: Warehouse;
let sequence = 0;

const put = async (wire: Record<string, unknown>): Promise<void> => {
  const parsed = parseEvent({ event_id: `e${++sequence}`, user_id: 'ada', at: NOON, ...wire }, NOON + DAY_MS);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
  await warehouse.insert(parsed.event.kind, [withSequence(toRow(parsed.event), sequence)]);
};

const SLOTS = 4;
const ROWS = 2;

/** A page of two shelves of four; `looked` is how many cards of each shelf were looked at. */
const putPage = async (slate_id: string, device: string | undefined, looked: readonly number[]): Promise<void> => {
  const cards = Array.from({ length: ROWS * SLOTS }, (_, n) => ({
    shelf: `shelf ${Math.floor(n / SLOTS)}`,
    row: Math.floor(n / SLOTS),
    slot: n % SLOTS,
    item_id: `track:${n}`,
    score: 1,
    propensity: 1,
    explored: false,
    source: 'popular',
    stage: 'als',
    claim: null,
  }));
  const context = { daypart: 'evening', local_hour: 20, local_weekday: 1, intents: {} };
  const parts = { context, policy: 'p', model: 'm', seed: 's', exploration: 0, log_propensity: 0, fallback: null };
  const rest = { shelves: [], candidates: null, filtered: {}, extra: {} };
  await put({ type: 'slate', slate_id, surface: 'home', cards, ...parts, ...rest, ...(device && { device }) });
  for (const [row, count] of looked.entries()) {
    for (let slot = 0; slot < SLOTS; slot++) {
      const item_id = `track:${row * SLOTS + slot}`;
      // Beyond what was looked at, cards rush by.
      const visible_ms = slot < count ? 2000 : 100;
      await put({
        type: 'impression',
        slate_id,
        item_id,
        visible_ms,
        max_visible_fraction: 1,
        ...(device && { device }),
      });
    }
  }
};

beforeAll(async () => {
  warehouse = await openChdbWarehouse({ path: folder });
  await putPage('a', 'mobile', [4, 2]);
  await putPage('b', 'mobile', [1, 0]);
  await putPage('c', 'desktop', [2, 1]);
  // Nobody knows how far it was looked at; and one of another day.
  await putPage('d', undefined, []);
});
afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

const laws = async (options: Partial<BrowsingOptions> = {}) => {
  const asked = { surface: 'home', along: 'shelf', from: 0, to: NOON + DAY_MS, leastVisits: 1, ...options } as const;
  const found = await browsingLaws(warehouse, asked);
  return Object.fromEntries(
    found.laws.map(({ device, visits, continuations }) => [
      device,
      [visits, ...continuations.map((each) => (each.ok ? Number(each.value.toFixed(3)) : each.reason))],
    ]),
  );
};

describe('laws of browsing', () => {
  it('along shelves count slots, a shelf a visit, and who saw the end could not go on', async () => {
    // Mobile: depths 4 (the end), 2, 1. From 1: 2 of 3; from 2: 1 of 2; from 3: 1 of 1; at 4 nobody could go on.
    // Desktop: depths 2 and 1. From 1: 1 of 2; from 2: 0 of 1.
    expect(await laws()).toEqual({ mobile: [3, 0.667, 0.5, 1], desktop: [2, 0.5, 0] });
  });

  it('down pages count shelves', async () => {
    // Mobile: depths 2 (the end) and 1: from 1, 1 of 2. Desktop: 2, the end: from 1, 1 of 1.
    expect(await laws({ along: 'page' })).toEqual({ mobile: [2, 0.5], desktop: [1, 1] });
  });

  it('know nothing of other surfaces and days', async () => {
    expect(await laws({ surface: 'radio' })).toEqual({});
    expect(await laws({ from: NOON + 1 })).toEqual({});
  });

  it('are read from a table too, and are a measure', async () => {
    const path = join(folder, 'visits.csv');
    writeFileSync(path, 'device,deepest_rank,at_end\ntv,1,0\ntv,3,1\ntv,2,false\ntv,1,no\n');
    const [law] = (await browsingFile(path, 2)).laws;
    // From 1: 2 of 4; from 2: 1 of 2; at 3 nobody could go on, and nobody is left for the tail.
    expect(law!.measure).toBe('cwl.0.5,0.5,0');
    expect((await browsingFile(path, 5)).laws[0]!.measure).toBeNull();
    writeFileSync(path, 'device,deepest_rank,at_end\ntv,0,0\n');
    await expect(browsingFile(path, 1)).rejects.toThrow('line 2 of');
  });
});
