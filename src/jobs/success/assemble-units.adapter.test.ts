/**
 * Units of the kinds that are cut from several events, from crafted logs through the warehouse to a label that is known
 * beforehand: by SQL, by the stream and unit by unit.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from '#domain';
import {
  compileDefinition,
  type Definition,
  DOWNSTREAM_ACTS,
  JOURNEY_STAGES,
  parseDefinition,
  SKIP_KINDS,
  standardDefinitions,
  type Unit,
  type UnitOutcome,
} from '#success';
import { DOWNSTREAM_ACTS as ACTS, SKIP_KINDS as KINDS, JOURNEY_STAGES as STAGES } from '#units';
import { openChdbWarehouse, type queries, type Warehouse } from '#warehouse';
import { assembleUnits, neededBy } from './assemble-units.ts';
import { NOW, T, writeCraftedLogs } from './crafted-logs.contract.ts';
import { findDefinition } from './definition-files.ts';
import { listenerLogs } from './listener-logs.ts';
import { runBySql, runByStream, runInTurns } from './run-definition.ts';

const folder = mkdtempSync(join(tmpdir(), 'assembled-'));
let warehouse: Warehouse;
let batches = 0;

beforeAll(async () => {
  warehouse = await openChdbWarehouse({ path: folder });
  await writeCraftedLogs(warehouse);
});
afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

const unitsOf = (definition: Definition, userId: string) =>
  assembleUnits(warehouse, {
    ...neededBy([definition]),
    from: T,
    to: T + 30 * DAY_MS,
    listeners: 10,
    userIds: [userId],
    now: NOW,
    intents: null,
  });

/** Outcomes by what the ids of the units end with; the three readers must not differ. */
const judged = async (definition: Definition, userId: string) => {
  const units = await unitsOf(definition, userId);
  const bySql = await runBySql(definition, units, warehouse, `${definition.name}-${++batches}`);
  expect(runByStream(definition, units)).toEqual(bySql);
  expect(await runInTurns(definition, units)).toEqual(bySql);
  const { evaluate } = compileDefinition(definition);
  expect(
    units.map(({ unit_id, user_id, start, ...unit }) => ({
      unit_id,
      user_id,
      start,
      ...evaluate({ unit_id, user_id, start, ...unit } as Unit),
    })),
  ).toEqual(bySql);
  return new Map(bySql.map((outcome, n): [Unit, UnitOutcome] => [units[n]!, outcome]));
};
const standard = (name: string): Definition => findDefinition(name, standardDefinitions());
const written = (text: string): Definition => {
  const { definition, findings } = parseDefinition(text);
  if (definition === undefined) throw new Error(JSON.stringify(findings));
  return definition;
};
const labels = (outcomes: ReadonlyMap<Unit, UnitOutcome>) =>
  [...outcomes].map(([, { label, value, effort, mature }]) => [
    label,
    value === null ? null : Number(value.toFixed(6)),
    effort,
    mature,
  ]);

it('writes the words of the language as the units have them', () => {
  expect([DOWNSTREAM_ACTS, JOURNEY_STAGES, SKIP_KINDS]).toEqual([ACTS, STAGES, KINDS]);
});

describe('a journey', () => {
  it('with a show succeeds by days, and another one fails', async () => {
    expect(labels(await judged(standard('podcast_show'), 'pod'))).toEqual([
      ['achieved', 0.45, 0, true],
      ['failed', 0.1125, 0, true],
    ]);
  });

  it('goes through its stages, the one that the first play found included', async () => {
    const habit = written(`
name: show_habit
version: 1
question: Did the show become a habit?
for: { surface: show, item_type: show }
unit: journey
horizon: 60d
let:
  habits: stages.filter(s, s.stage == 'habitual')
achieved: habits.size() > 0
value: "habits.size() > 0 ? decay(habits.map(s, s.at).min(), days(16)) : 0.0"
effort: stages.filter(s, s.stage in ['dormant', 'lost']).size()
`);
    const outcomes = await judged(habit, 'pod');
    expect([...outcomes.keys()].map(({ stages }) => stages.map(({ stage, at }) => [stage, at / DAY_MS]))).toEqual([
      [
        ['exposed', 0],
        ['sampled', 0],
        ['engaged', 3],
        ['habitual', 16],
        ['dormant', 44],
      ],
      [
        ['unaware', 0],
        ['sampled', 0],
        ['dormant', 28],
      ],
    ]);
    expect(labels(outcomes)).toEqual([
      ['achieved', 0.5, 1, true],
      ['failed', 0, 1, true],
    ]);
    expect([...outcomes.values()][0]!.evidence).toEqual(['stage-3']);
  });

  it('is also one with an artist', async () => {
    const artist = written(`
name: artist_journey
version: 1
question: Did the listener take to the artist?
for: { item_type: artist }
unit: journey
horizon: 7d
achieved: stages.exists(s, s.stage in ['engaged', 'adopted'])
value: saturate(plays.size(), 4)
`);
    const outcomes = await judged(artist, 'home');
    expect([...outcomes.keys()].map(({ item, unit }) => [item.item_id, item.type, unit.surface])).toEqual([
      ['artist:a', 'artist', 'artist'],
    ]);
    expect([...outcomes.keys()][0]!.stages.map(({ stage }) => stage)).toEqual(['exposed', 'sampled', 'adopted']);
    expect(labels(outcomes)).toEqual([['achieved', 0.5, null, true]]);
  });
});

describe('an impression', () => {
  it('is judged when it was looked at', async () => {
    expect(labels(await judged(standard('home_shelf'), 'home'))).toEqual([
      ['unknown', null, null, true],
      ['failed', 0, 1, true],
      ['achieved', 0.6, 3, true],
    ]);
  });

  it('knows from the slate where the card stood and whether it explored, and carries what followed', async () => {
    const downstream = written(`
name: card_downstream
version: 1
question: Did the card lead to more than a click?
for: { surface: home }
unit: impression
horizon: 7d
achieved: downstream.exists(d, d.last_touch && d.act in ['save', 'follow'])
value: saturate(downstream.filter(d, d.last_touch).size(), 8)
effort: "unit.explored ? unit.row : 0.0"
`);
    const outcomes = await judged(downstream, 'home');
    const units = [...outcomes.keys()];
    expect(units.map(({ unit: { row, slot, explored } }) => [row, slot, explored])).toEqual([
      [0, 0, false],
      [0, 1, false],
      [1, 2, true],
    ]);
    expect(units.map((unit) => unit.impressions.map(({ row }) => row))).toEqual([[0], [0], [1]]);
    expect(units[2]!.plays.map(({ explored }) => explored)).toEqual([true]);
    expect(units[2]!.downstream.map(({ act: done, day, credit }) => [done, day, credit])).toEqual([
      ['listen', 0, 1],
      ['save', 0, 1],
      ['follow', 0, 1],
      ['repeat', 3, 1],
    ]);
    expect(labels(outcomes)).toEqual([
      ['failed', 0, 0, true],
      ['failed', 0, 0, true],
      ['achieved', 0.5, 1, true],
    ]);
  });
});

it('a weekly list succeeds by what was saved, fails when nothing was heard, and is unknown when it was not opened', async () => {
  const outcomes = await judged(standard('weekly_discovery'), 'week');
  expect([...outcomes.values()].map(({ label, mature }) => [label, mature])).toEqual([
    ['achieved', true],
    ['failed', true],
    ['unknown', true],
  ]);
  const [first, second] = [...outcomes.keys()] as [Unit, Unit];
  expect([...outcomes.values()][0]!.evidence).toEqual(first.actions.map(({ event_id }) => event_id));
  expect(second.usual.units.map(({ listened_ms, plays, actions }) => [listened_ms, plays, actions])).toEqual([
    [9 * MINUTE_MS, 3, 2],
  ]);
});

it('a dialogue succeeds by what goes on playing, fails by repairs, and is unknown when it was not heard', async () => {
  expect(labels(await judged(standard('voice_request'), 'talk'))).toEqual([
    ['achieved', 0.5, 0, true],
    ['failed', Number(((20 / 180) * 2 ** (-2 / 6) * 2 ** (-2 / 2)).toFixed(6)), 4, true],
    ['unknown', null, null, true],
  ]);
});

it('a search is well abandoned also when another one follows days later', async () => {
  const outcomes = await judged(standard('search_known_item'), 'look');
  expect([...outcomes.values()].map(({ label }) => label)).toEqual(['achieved', 'failed', 'achieved']);
  expect([...outcomes.keys()].map(({ unit }) => unit.end_reason)).toEqual(['app_background', 'other', 'other']);
});

describe('what came before', () => {
  const everybody = { from: T, to: T + 60 * DAY_MS, listeners: 10, userIds: undefined, now: NOW, intents: null };

  it('is told where a definition asks for it, and is unknown elsewhere', async () => {
    const asking = standardDefinitions().filter((definition) => neededBy([definition]).past);
    expect(asking.map(({ name }) => name)).toEqual(['home_shelf', 'weekly_discovery']);
    const [first] = await unitsOf(findDefinition('sleep_playlist', standardDefinitions()), 'home');
    expect(first?.plays).toMatchObject([{ item_id: 'track:a', new_item: undefined, new_artist: undefined }]);
    expect(first?.usual.units).toEqual([]);
  });

  it('changes no outcome of a definition that does not ask', async () => {
    for (const definition of standardDefinitions()) {
      const needed = neededBy([definition]);
      if (needed.past) continue;
      const without = runByStream(definition, await assembleUnits(warehouse, { ...everybody, ...needed }));
      const units = await assembleUnits(warehouse, { ...everybody, ...needed, past: true });
      expect(without).toEqual(runByStream(definition, units));
    }
  });

  it('is not looked for in listeners of whom no such unit can begin', async () => {
    const usersOf = async (name: string): Promise<readonly string[]> => {
      const definition = findDefinition(name, standardDefinitions());
      const units = await assembleUnits(warehouse, { ...everybody, ...neededBy([definition]) });
      return [...new Set(units.map(({ user_id }) => user_id))].sort();
    };
    expect(await usersOf('search_known_item')).toEqual(['look']);
    expect(await usersOf('weekly_discovery')).toEqual(['week']);
    expect(await usersOf('home_shelf')).toEqual(['home']);
    expect(await usersOf('sleep_playlist')).toEqual(['home', 'look', 'pod', 'talk', 'week']);
  });
});

describe('logs of listeners', () => {
  it('are read a hundred listeners a query, and none is left out', async () => {
    const sizes: number[] = [];
    const watched = {
      stream: (query: typeof queries.listenerLog, params: (typeof queries.listenerLog)['example']) => {
        sizes.push(params.user_ids.length);
        return warehouse.stream(query, params);
      },
    } as unknown as Warehouse;
    const known = ['home', 'look', 'pod', 'talk', 'week'];
    const strangers = (n: number) => Array.from({ length: 60 }, (_, m) => `nobody-${n}-${m}`);
    const asked = known.flatMap((userId, n) => [userId, ...strangers(n)]);
    const found: string[] = [];
    for await (const [userId, events] of listenerLogs(watched, asked, T - 7 * DAY_MS, NOW)) {
      found.push(userId);
      expect(events.every((event) => event.userId === userId)).toBe(true);
    }
    expect(found).toEqual(known);
    expect(sizes).toEqual([100, 100, 100, 5]);
  });
});
