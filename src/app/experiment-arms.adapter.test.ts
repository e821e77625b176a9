import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS, type ExperimentDocument, experimentSchema, HOUR_MS, MINUTE_MS, parseEvent, toRow } from '#domain';
import { standardDefinitions } from '#success';
import { openChdbWarehouse, type Warehouse, withSequence } from '#warehouse';
import type { Acting } from './acting-experiments.ts';
import { createAnalyses } from './analyses/analyses.ts';
import { ExperimentArms } from './experiment-arms.ts';
import { createLog } from './log.ts';

const NOW = Date.UTC(2026, 10, 24, 12);
const SEEN_AT = NOW - 3 * DAY_MS;
const SHELVES = ['popular', 'picked'];
const CARDS = 60;

const folder = mkdtempSync(join(tmpdir(), 'arms-'));
let warehouse: Warehouse;
let sequence = 0;
const put = async (events: readonly object[]): Promise<void> => {
  for (const event of events) {
    const parsed = parseEvent(event, NOW);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
    await warehouse.insert(parsed.event.kind, [withSequence(toRow(parsed.event), ++sequence)]);
  }
};

/** A home of two shelves, all of it looked at; every card of the second one is heard. */
const homeOf = (user_id: string): object[] => {
  const cards = Array.from({ length: CARDS }, (_, slot) => ({
    shelf: SHELVES[slot % 2],
    row: slot % 2,
    slot,
    item_id: `track:${slot}`,
    score: 1,
    propensity: 1,
    explored: false,
    source: 'similar_items',
    stage: 'als',
    claim: null,
  }));
  const slate = {
    type: 'slate',
    event_id: `slate-${user_id}`,
    slate_id: `slate-${user_id}`,
    surface: 'home',
    at: SEEN_AT,
    context: { daypart: 'morning', local_hour: 9, local_weekday: 1, intents: {} },
    policy: 'p',
    model: 'm',
    seed: 's',
    exploration: 0,
    log_propensity: 0,
    fallback: null,
    shelves: [],
    cards,
    candidates: null,
    filtered: {},
  };
  const looks = cards.map(({ shelf, slot, item_id }) => ({
    type: 'impression',
    event_id: `look-${slot}`,
    slate_id: slate.slate_id,
    at: SEEN_AT + slot * 5 * MINUTE_MS,
    visible_ms: 3000,
    max_visible_fraction: 1,
    shelf,
    slot,
    item_id,
  }));
  const plays = looks
    .filter(({ shelf }) => shelf === 'picked')
    .map(({ at, item_id, slate_id }) => ({
      type: 'play',
      event_id: item_id,
      at: at + 4000,
      item_id,
      slate_id,
      ms_played: 200_000,
    }));
  return [slate, ...looks, ...plays].map((event) => ({ ...event, user_id }));
};

beforeAll(async () => {
  warehouse = await openChdbWarehouse({ path: folder });
  await put(['ada', 'bea'].flatMap(homeOf));
});
afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

const documentOf = (name: string, ...policies: (object | null)[]): ExperimentDocument =>
  experimentSchema.parse({
    name,
    hypothesis: 'What is worth more comes first.',
    arms: [null, ...policies].map((policy, n) => ({ name: `arm-${n}`, ...(policy !== null && { policy }) })),
    success: [{ metric: 'return_rate[7d]' }],
    horizon_days: 7,
    planned_units: 100,
  });
const REWARDED = documentOf('rewarded', { reward: 'home_shelf' });

const open = (now = NOW) => {
  const told: Acting[] = [];
  const said: Record<string, unknown>[] = [];
  const hand = { now, flushes: 0, flush: async (): Promise<void> => undefined };
  const clock = { now: () => hand.now };
  const arms = new ExperimentArms({
    analyses: createAnalyses({ warehouse, clock }),
    clock,
    log: createLog({ level: 'info', format: 'json', write: (line) => said.push(JSON.parse(line)) }),
    definitions: standardDefinitions,
    flush: () => {
      hand.flushes++;
      return hand.flush();
    },
    intents: () => null,
    tell: (acting) => told.push(acting),
  });
  const names = () => told.map(({ documents }) => documents.map(({ name }) => name));
  return { arms, told, said, hand, names };
};

describe('what acts', () => {
  it('is told each time that it changes: those that run and set something of serving', () => {
    const { arms, names, told } = open();
    const quiet = documentOf('quiet', null);
    const bold = documentOf('bold', null, { exploration: 0.4 });
    arms.use([quiet, bold]);
    arms.use([REWARDED, quiet, bold]);
    arms.use([quiet]);
    expect(names()).toEqual([['bold'], ['rewarded', 'bold'], []]);
    expect(told[1]!.documents[0]).toBe(REWARDED);
  });
});

describe('the reward of what acts', () => {
  it('is learned from what is acknowledged, and told beside what acts', async () => {
    const { arms, told, said, hand, names } = open();
    await arms.learn();
    expect([told, hand.flushes]).toEqual([[], 0]);
    arms.use([REWARDED]);
    expect(told[0]!.values.size).toBe(0);
    await arms.learn();
    expect(hand.flushes).toBe(1);
    expect(names()).toEqual([['rewarded'], ['rewarded']]);
    const { mean, of } = told[1]!.values.get('home_shelf')!;
    expect([...of.keys()].toSorted()).toEqual(['picked', 'popular']);
    expect(mean).toBeGreaterThan(0);
    expect(of.get('picked')!).toBeGreaterThan(mean);
    expect(of.get('popular')!).toBeLessThan(mean);
    expect(said).toMatchObject([{ event: 'experiment.reward_learned', definition: 'home_shelf', shelves: 2 }]);
  });

  it('is learned again when it is six hours old, and goes on being told meanwhile', async () => {
    const { arms, told, hand } = open();
    arms.use([REWARDED]);
    await arms.learn();
    hand.now += 6 * HOUR_MS - 1;
    await arms.learn();
    expect([told.length, hand.flushes]).toEqual([2, 1]);
    arms.use([REWARDED, documentOf('bold', { exploration: 0.4 })]);
    expect([...told.at(-1)!.values.keys()]).toEqual(['home_shelf']);
    hand.now += 1;
    await arms.learn();
    expect([told.length, hand.flushes]).toEqual([4, 2]);
  });

  it('is none where too few cards were judged', async () => {
    const { arms, told, said } = open(SEEN_AT);
    arms.use([REWARDED]);
    await arms.learn();
    expect(told.map(({ values }) => values.size)).toEqual([0, 0]);
    expect(said).toMatchObject([{ event: 'experiment.reward_learned', shelves: 0 }]);
  });

  it('that cannot be learned is said, tried again, and holds up no other', async () => {
    const { arms, told, said, hand } = open();
    arms.use([documentOf('odd', { reward: 'gone' }), REWARDED]);
    hand.flush = async () => {
      throw new Error('the warehouse is away');
    };
    await arms.learn();
    expect(told).toHaveLength(1);
    expect(said.map(({ event, error }) => [event, error])).toEqual(
      Array(2).fill(['experiment.failed', 'the warehouse is away']),
    );
    hand.flush = async () => undefined;
    await arms.learn();
    expect(said.slice(2)).toMatchObject([
      { event: 'experiment.failed', error: expect.stringContaining('gone') },
      { event: 'experiment.reward_learned', definition: 'home_shelf' },
    ]);
    expect([...told.at(-1)!.values.keys()]).toEqual(['home_shelf']);
  });
});
