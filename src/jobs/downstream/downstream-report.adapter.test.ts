import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, type ItemId, parseEvent, SECOND_MS, toRow } from '#domain';
import { type Candidate, chanceCards, composeSlate, type PolicyInput } from '#policy';
import { openChdbWarehouse, type Warehouse, withSequence } from '#warehouse';
import { downstreamReport } from './downstream-report.ts';

const T = Date.parse('2026-03-02T09:00:00Z');
const LISTENERS = 20;
const SLATES = 12;
const NOW = T + (SLATES + 30) * DAY_MS;
const folder = mkdtempSync(join(tmpdir(), 'downstream-'));
const trackOf = (n: number): ItemId => `track:${n}` as ItemId;
const numberOf = (item: string): number => Number(item.slice('track:'.length));

const inputAt = (turn: number): PolicyInput => ({
  shelves: [
    {
      shelf: 'made-for-you',
      title: '',
      need: '',
      character: 'mixed',
      asked: 6,
      candidates: Array.from(
        { length: 18 },
        (_, n): Candidate => ({
          itemId: trackOf((n + turn) % 18),
          artistId: null,
          score: -n,
          source: 'similar_items',
          stage: 'als',
          claim: null,
        }),
      ),
      exploreFrom: 1,
      fewest: 1,
    },
  ],
  exploration: 0.5,
  bandFactor: 3,
  maxPerArtist: 6,
  artistGap: 0,
});

/** As the engine logs what it chose from. */
const compact = ({ shelves, ...rules }: PolicyInput) => ({
  ...rules,
  items: shelves[0]!.candidates.map(({ itemId }) => itemId),
  artists: shelves[0]!.candidates.map(() => -1),
  artistIds: [],
  kinds: [['similar_items', 'als']],
  shelves: shelves.map((shelf) => ({ ...shelf, candidates: shelf.candidates.map(({ score }, n) => [n, 0, score]) })),
});

let warehouse: Warehouse;
let sequence = 0;
const rows = new Map<'slate' | 'impression' | 'action', string[]>([
  ['slate', []],
  ['impression', []],
  ['action', []],
]);
const put = (user_id: string, type: 'slate' | 'impression' | 'action', at: number, fields: object): void => {
  const parsed = parseEvent({ type, user_id, event_id: `e${++sequence}`, at, ...fields }, NOW);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
  rows.get(type)!.push(withSequence(toRow(parsed.event), sequence));
};

/** Reckoned beside the report, of the same slates. */
const expected = { cards: 0, saved: 0, weight: 0, sharedPlaced: 0, sharedPassed: 0 };

const serve = (user: string, turn: number): void => {
  const at = T + turn * DAY_MS;
  const slate_id = `${user} ${turn}`;
  const input = inputAt(turn);
  const cards = composeSlate(input, slate_id).shelves.flatMap(({ cards: own, row }) =>
    own.map(({ slot, candidate: { itemId }, propensity, explored }) => ({
      shelf: 'made-for-you',
      row,
      slot,
      item_id: itemId,
      score: 1,
      propensity,
      explored,
      source: 'similar_items',
      stage: 'als',
      claim: null,
    })),
  );
  put(user, 'slate', at, {
    slate_id,
    surface: 'home',
    context: { daypart: 'morning', local_hour: 9, local_weekday: 1, intents: {} },
    policy: 'p',
    model: 'm',
    seed: slate_id,
    exploration: 0.5,
    log_propensity: -1,
    fallback: null,
    shelves: [],
    cards,
    candidates: compact(input),
    filtered: {},
  });
  for (const { item_id, slot } of cards) {
    put(user, 'impression', at + SECOND_MS, { slate_id, item_id, slot, visible_ms: 3000 });
    // What is shown and even is saved; nothing else ever is.
    if (numberOf(item_id) % 2 === 0) put(user, 'action', at + HOUR_MS, { action: 'save', item_id });
  }
  // Shared every day, shown or not.
  put(user, 'action', at + 2 * HOUR_MS, { action: 'share', item_id: 'track:7' });
  const chance = chanceCards(
    input,
    cards.map(({ shelf, item_id }) => ({ shelf, itemId: item_id })),
  )!;
  for (const place of chance.placed) {
    const { item_id } = cards[place]!;
    expected.cards++;
    if (numberOf(item_id) % 2 === 0) expected.saved++;
    if (item_id === 'track:7') expected.sharedPlaced++;
  }
  for (const [item, weight] of chance.passedOver) {
    expected.weight += weight;
    if (item === 'track:7') expected.sharedPassed += weight;
  }
};

beforeAll(async () => {
  warehouse = await openChdbWarehouse({ path: folder });
  for (let n = 0; n < LISTENERS; n++) for (let turn = 0; turn < SLATES; turn++) serve(`u${n}`, turn);
  for (const [table, lines] of rows) await warehouse.insert(table, lines);
});
afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

const everything = { surface: 'home', from: 0, to: NOW, limit: 5000, level: 0.95 };

it('tells by last touch, by place and by chance what cards led to', async () => {
  const report = await downstreamReport(warehouse, { ...everything, now: NOW });
  const of = (name: string) => report.acts.find(({ act }) => act === name)!;
  const value = (estimate: ReturnType<typeof of>['placed']): number => (estimate.ok ? estimate.value : Number.NaN);
  expect(report).toMatchObject({
    slates: LISTENERS * SLATES,
    replayed: LISTENERS * SLATES,
    leftOut: [],
    cards: expected.cards,
    lookedAt: expected.cards,
    listeners: LISTENERS,
  });
  expect(expected.cards).toBeGreaterThan(100);
  // Nothing is saved that was not shown; the other even cards of the page were saved too, but not by chance.
  expect(of('save').passedOver).toEqual({ ok: false, reason: 'few_acts' });
  expect(value(of('save').incremental)).toBeCloseTo(expected.saved / expected.cards, 9);
  const shared = [expected.sharedPlaced / expected.cards, expected.sharedPassed / expected.weight] as const;
  expect(value(of('share').placed)).toBeCloseTo(shared[0], 9);
  expect(value(of('share').passedOver)).toBeCloseTo(shared[1], 9);
  const added = of('share').incremental;
  expect(added.ok && added.interval.lower < 0 && added.interval.upper > 0).toBe(true);
  expect(of('follow').incremental).toEqual({ ok: false, reason: 'few_acts' });
  expect(of('follow').lastTouch).toEqual({ ok: false, reason: 'few_acts' });
});

it('waits for a week, and says how many slates cannot be drawn from again', async () => {
  const young = await downstreamReport(warehouse, { ...everything, now: T + 7 * DAY_MS });
  // Only those of the first day are a week old.
  expect(young.slates).toBe(0);
  const older = await downstreamReport(warehouse, { ...everything, now: T + 7 * DAY_MS + HOUR_MS });
  expect(older.slates).toBe(LISTENERS);
  expect(
    (await downstreamReport(warehouse, { ...everything, now: NOW, surface: 'radio' })).acts[0]?.incremental,
  ).toEqual({
    ok: false,
    reason: 'few_chance_cards',
  });
});
