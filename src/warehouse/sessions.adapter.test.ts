import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVENT_KINDS, type Item, type ListenerEvent, parseEvent, parseItem, toItemRow, toRow } from '#domain';
import { createRng, type Rng } from '#math';
import { purposeOf, SESSION_GAP_MS, sessionize } from '#units';
import { openChdbWarehouse } from './chdb/open-chdb-warehouse.ts';
import { queries } from './queries/index.ts';
import { withSequence } from './tables.ts';
import type { Warehouse } from './warehouse.ts';

const START = Date.parse('2026-03-01T00:00:00Z');
const NOW = Date.parse('2026-11-24T12:00:00Z');
const folder = mkdtempSync(join(tmpdir(), 'sessions-'));
/** Nothing ended so late. */
const NOBODY = Number.MAX_SAFE_INTEGER;
let warehouse: Warehouse;
let sequence = 0;

beforeAll(async () => {
  warehouse = await openChdbWarehouse({ path: folder });
});
afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

const TAGS = [['sleep'], ['rock', 'Party'], ['jazz'], []];
const items: Item[] = TAGS.map((tags, n) => {
  const parsed = parseItem({ item_id: `track:${n}`, type: 'track', title: `t${n}`, tags }, START);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
  return parsed.item;
});

const pick = <T>(values: readonly T[], rng: Rng): T => values[rng.int(values.length)] as T;
const maybe = <T>(name: string, value: T, rng: Rng): Record<string, T> => (rng.next() < 0.7 ? { [name]: value } : {});

/** Lives of events of every kind whose gaps lie around the half hour, with holes in what is told. */
const randomEvent = (user: string, n: number, at: number, rng: Rng): Record<string, unknown> => {
  const base = {
    event_id: `e${n}`,
    user_id: user,
    at,
    ...maybe('device', pick(['mobile', 'desktop', 'speaker'], rng), rng),
    ...maybe('utc_offset_min', pick([60, 120], rng), rng),
    ...maybe('time_zone', 'Europe/Berlin', rng),
  };
  const item_id = `track:${rng.int(items.length)}`;
  switch (rng.int(6)) {
    case 0:
      return {
        ...base,
        type: 'action',
        action: pick(['like', 'save', 'hide', 'open_page', 'sleep_timer_set', 'queue'], rng),
        item_id,
        ...maybe('surface', 'home', rng),
      };
    case 1:
      return {
        ...base,
        type: 'impression',
        slate_id: 's1',
        item_id,
        ...maybe('visible_ms', rng.int(2000), rng),
        ...maybe('max_visible_fraction', rng.next(), rng),
      };
    case 2:
      return rng.next() < 0.5
        ? { ...base, type: 'search', search_id: `q${rng.int(3)}`, step: 'key', query: 'a' }
        : { ...base, type: 'dialogue', dialogue_id: 'd', turn: 0, speaker: 'user' };
    default:
      return {
        ...base,
        type: 'play',
        item_id,
        ...maybe('ms_played', rng.int(300_000), rng),
        ...maybe('duration_ms', 180_000, rng),
        ...maybe('skipped', rng.next() < 0.4, rng),
        ...maybe('source', pick(['radio', 'editorial', 'search', 'unknown'], rng), rng),
        ...maybe('slate_id', pick(['s1', 'gone'], rng), rng),
        ...maybe('reason_end', pick(['trackdone', 'fwdbtn', 'endplay'], rng), rng),
        ...maybe('user_initiated', rng.next() < 0.5, rng),
        ...maybe('shuffle', true, rng),
      };
  }
};

const life = (user: string, count: number, rng: Rng): ListenerEvent[] => {
  let at = START;
  return Array.from({ length: count }, (_, n) => {
    const parsed = parseEvent(randomEvent(user, n, at, rng), NOW);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
    // Also gaps of exactly half an hour, and events of one moment.
    at += pick([0, 1000, 60_000, 240_000, SESSION_GAP_MS, SESSION_GAP_MS + 1, 4_000_000], rng);
    return parsed.event;
  });
};

const insert = async (events: readonly ListenerEvent[]): Promise<void> => {
  for (const kind of EVENT_KINDS) {
    const some = events.filter((event) => event.kind === kind);
    await warehouse.insert(
      kind,
      some.map((event) => withSequence(toRow(event), ++sequence)),
    );
  }
};

const surroundings = {
  surfaceOf: (slate: string) => (slate === 's1' ? 'home' : undefined),
  purposeOf: (item: string, isFromPool: boolean) => {
    const place = Number(item.slice('track:'.length));
    const ofTags = purposeOf(TAGS[place] ?? []);
    if (ofTags !== '') return ofTags;
    // Track 2 is in one pool for running; track 3 is in two pools, which disagree.
    return isFromPool && place === 2 ? 'workout' : '';
  },
};

describe('sessions', () => {
  const lives = Array.from({ length: 12 }, (_, n) => life(`u${n}`, 400, createRng('sessions').derive(n)));

  beforeAll(async () => {
    await warehouse.insert(
      'item',
      items.map((item) => withSequence(toItemRow(item), ++sequence)),
    );
    const slate = parseEvent(
      {
        type: 'slate',
        event_id: 's1',
        slate_id: 's1',
        user_id: 'other',
        at: START,
        surface: 'home',
        context: { daypart: 'night', local_hour: 1, local_weekday: 7, intents: {} },
        policy: 'p',
        model: 'm',
        seed: 's',
        exploration: 0,
        log_propensity: 0,
        fallback: null,
        shelves: [],
        cards: [],
        candidates: [],
        filtered: {},
      },
      NOW,
    );
    if (!slate.ok) throw new Error(JSON.stringify(slate.fields));
    const pool = (pool_id: string, title: string, purpose: string, pooled: string[], change = 'put') => {
      const parsed = parseEvent(
        {
          type: 'editor',
          event_id: `${pool_id}${change}`,
          user_id: 'ed',
          at: START,
          pool_id,
          change,
          title,
          purpose,
          items: pooled,
        },
        NOW,
      );
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
      return parsed.event;
    };
    await insert([
      slate.event,
      pool('legs', 'Legs', 'To run and lift to', ['track:2', 'track:3']),
      pool('desk', 'At the desk', 'To think by', ['track:3']),
      ...lives.flat(),
    ]);
  });

  const ask = (from_user = '', to_user = '', after = 0, ended_from = NOBODY) =>
    warehouse.query(queries.sessions, { gap_ms: SESSION_GAP_MS, from_user, to_user, after, ended_from });

  it('are the same in SQL and in TypeScript, field by field', async () => {
    const expected = lives.flatMap((events) => sessionize(events, surroundings));
    const found = await ask();
    const byStart = (a: { user_id: string; started_ms: number }, b: typeof a) =>
      a.user_id === b.user_id ? a.started_ms - b.started_ms : a.user_id < b.user_id ? -1 : 1;
    expect(expected.length).toBeGreaterThan(1000);
    expect([...found].sort(byStart)).toEqual([...expected].sort(byStart));
  });

  it('of ranges of users are the sessions of all, each once', async () => {
    const ranges = await warehouse.query(queries.userRanges, { plays: 500 });
    expect(ranges.length).toBeGreaterThan(2);
    const starts = ranges.slice(1).map(({ from_user }) => from_user);
    const parts = [];
    for (const [n, from] of ['', ...starts].entries()) parts.push(...(await ask(from, starts[n] ?? '')));
    expect(parts).toEqual(await ask());
  });

  it('are asked anew only of users of whom something came in, or ended late enough', async () => {
    const before = sequence;
    await insert(life('late', 5, createRng('late')));
    const usersOf = async (after: number, endedFrom?: number) =>
      new Set((await ask('', '', after, endedFrom)).map(({ user_id }) => user_id));
    expect(await usersOf(before)).toEqual(new Set(['late']));

    const ends = new Map<string, number>();
    for (const { user_id, ended_ms } of await ask()) ends.set(user_id, Math.max(ended_ms, ends.get(user_id) ?? 0));
    const from = [...ends.values()].sort((a, b) => a - b)[8] as number;
    const open = [...ends.keys()].filter((user) => (ends.get(user) as number) >= from);
    expect(await usersOf(sequence, from)).toEqual(new Set(open));
  });
});
