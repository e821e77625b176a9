/** Diversity and return in a made-up log: activity does both, diversity does nothing, and an experiment moves diversity. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS, type ItemId, MINUTE_MS, PackedIds, parseEvent, toRow } from '#domain';
import { generalistSpecialistScore } from '#evaluation';
import { createRng, csrFromTriples } from '#math';
import { fitAls, itemFactors, type Model } from '#models';
import { openChdbWarehouse, type Warehouse, withSequence } from '#warehouse';
import { diversityReturn } from './diversity-return.ts';

const START = Date.parse('2026-03-01T00:00:00Z');
const NOW = START + 56 * DAY_MS;
const USERS = 500;
const GENRES = 6;
const IN_GENRE = 10;
const items = Array.from({ length: GENRES * IN_GENRE }, (_, n) => `track:${n}` as ItemId);
const folder = mkdtempSync(join(tmpdir(), 'diversity-return-'));
let warehouse: Warehouse;
let als: Model;
const heard = new Map<string, Map<number, number>>();

beforeAll(async () => {
  warehouse = await openChdbWarehouse({ path: folder });
  const rng = createRng('diversity');
  const lines = { play: [] as string[], assignment: [] as string[] };
  let sequence = 0;
  const put = (kind: 'play' | 'assignment', wire: object): void => {
    const parsed = parseEvent({ type: kind, event_id: `e${++sequence}`, ...wire }, NOW + DAY_MS);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
    lines[kind].push(withSequence(toRow(parsed.event), sequence));
  };
  for (let u = 0; u < USERS; u++) {
    const user_id = `u${u}`;
    const activity = rng.next();
    const arm = rng.next() < 0.5 ? 'control' : 'wide';
    put('assignment', { user_id, at: START, experiment: 'wider', arm, exposed: true, unit: user_id });
    const play = (at: number, item: number): void =>
      put('play', { user_id, at, item_id: items[item], ms_played: MINUTE_MS, duration_ms: 2 * MINUTE_MS });
    // The active one plays more, and of more genres; the wide arm adds genres and nothing else.
    const genres = 1 + Math.floor(2 * activity) + (arm === 'wide' ? 2 : 0);
    const own = new Map<number, number>();
    for (let n = 0; n < 12 + Math.floor(20 * activity); n++) {
      const item = ((u + (n % genres)) % GENRES) * IN_GENRE + rng.int(IN_GENRE);
      own.set(item, (own.get(item) ?? 0) + 1);
      play(START + (1 + rng.int(27)) * DAY_MS + n * MINUTE_MS, item);
    }
    heard.set(user_id, own);
    if (rng.next() < activity) play(START - 5 * DAY_MS, 0);
    if (rng.next() < 0.2 + 0.7 * activity) play(START + 30 * DAY_MS, 0);
  }
  // Plays too few to have a breadth.
  put('play', { user_id: 'shy', at: START + DAY_MS, item_id: items[0], ms_played: MINUTE_MS });
  for (const kind of ['play', 'assignment'] as const) await warehouse.insert(kind, lines[kind]);
  const entries = [...heard.values()].flatMap((own, row) =>
    [...own].map(([item, plays]) => [row, item, plays] as const),
  );
  const [rows, columns, values] = [0, 1, 2].map((part) => entries.map((entry) => entry[part]!)) as [
    number[],
    number[],
    number[],
  ];
  const counts = csrFromTriples(USERS, items.length, { rows, columns, values });
  als = await fitAls({ users: [...heard.keys()], items, counts }, { factors: 8, epochs: 5 }, createRng(1));
});
afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

const asked = { horizon: 28, level: 0.95 };
const vectors = () => ({ items: PackedIds.from(items), factors: itemFactors(als)! });

describe('diversity and return', () => {
  it('scores each listener by the vectors of the model, and calls what goes with it not causal', async () => {
    const report = await diversityReturn(warehouse, vectors(), asked, NOW);
    expect(report).toMatchObject({ users: USERS, tooFewPlays: 1, experiment: null, reason: null });
    // The same score, straight from the factors.
    const { values, cols } = itemFactors(als)!;
    const unit = (item: number): Float64Array => {
      const row = Float64Array.from(values.subarray(item * cols, (item + 1) * cols));
      return row.map((value) => value / Math.hypot(...row));
    };
    const scores = [...heard.values()].map((own) =>
      generalistSpecialistScore([...own.keys()].map(unit), [...own.values()]),
    );
    const mean = scores.reduce((sum: number, score) => sum + (1 - score!), 0) / USERS;
    expect(report.parts.reduce((sum, { diversity, users }) => sum + diversity * users, 0) / USERS).toBeCloseTo(mean, 9);
    const diversity = report.parts.map((part) => part.diversity);
    expect(diversity).toEqual(diversity.toSorted((a, b) => a - b));
    // Activity does both: the plain association excludes 0, and is that of the fifths.
    const { plain, status, says, negativeControl } = report.claim!;
    expect(plain.ok && plain.interval.lower).toBeGreaterThan(0);
    expect(status).toBe('not_causal');
    expect(says).toMatch(/^Not causal: nobody assigned the exposure/);
    expect(negativeControl!.ok).toBe(true);
    const [least, most] = [report.parts[0]!.returned, report.parts.at(-1)!.returned];
    expect(least.ok && most.ok && most.value).toBeGreaterThan(least.ok ? least.value : 1);
  });

  it('by the arms of an experiment tells an effect, which is none here', async () => {
    const encouragement = { experiment: 'wider', control: 'control', startedAt: START };
    const { claim, experiment } = await diversityReturn(warehouse, vectors(), { ...asked, encouragement }, NOW);
    expect(experiment).toBe('wider');
    expect(claim!.status).toBe('causal_if_instrument_holds');
    expect(claim!.instrument!.firstStageF).toBeGreaterThan(10);
    const { effect } = claim!.instrument!;
    expect(effect.ok && effect.interval.lower < 0 && effect.interval.upper > 0).toBe(true);
  });

  it('says what is missing', async () => {
    expect(await diversityReturn(warehouse, null, asked, NOW)).toMatchObject({ claim: null, reason: 'no_model' });
    const later = { experiment: 'wider', control: 'control', startedAt: START + DAY_MS };
    expect(await diversityReturn(warehouse, vectors(), { ...asked, encouragement: later }, NOW)).toMatchObject({
      claim: null,
      reason: 'not_over',
    });
    expect(await diversityReturn(warehouse, vectors(), asked, START)).toMatchObject({ users: 0, reason: 'few_users' });
  });
});
