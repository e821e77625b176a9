import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createStream,
  type Definition,
  definitionSql,
  hintsOf,
  makeUnit,
  messagesInTime,
  nameOf,
  OUTCOME_COLUMNS,
  parseDefinition,
  standardDefinitions,
  toUnitRow,
  UNIT_COLUMNS,
  type Unit,
  type UnitOutcome,
} from '#success';
import { openChdbWarehouse, type Query, type Warehouse } from '#warehouse';

/**
 * The two readers of every standard definition on the same events: SQL in ClickHouse and the stream. A million events
 * with RITORNELLO_SLOW=1, fewer otherwise.
 */
// biome-ignore lint/style/noProcessEnv: the slow form of a test is asked for from outside.
const EVENTS = process.env['RITORNELLO_SLOW'] === '1' ? 1_000_000 : 40_000;
const BATCH = 2000;

/** What became of the unit is read by none of the standard ones. */
const OF_OUTCOMES = [
  `
name: card_downstream
version: 1
question: Did the card lead to more than a click?
unit: impression
horizon: 7d
let:
  kept: downstream.filter(d, d.act in ['save', 'follow', 'playlist_add'] && d.last_touch)
achieved: kept.size() > 0 && downstream.filter(d, has(d.credit) && d.credit >= 0.5).size() > 1
failed: downstream.size() == 0
value: saturate(downstream.filter(d, has(d.credit)).map(d, d.credit).sum(), 4)
effort: "kept.size() > 0 ? kept.map(d, d.at).min() : 0.0"
`,
  `
name: artist_habit
version: 1
question: Did a habit come of it that lasts?
unit: journey
horizon: 60d
let:
  habits: stages.filter(s, s.stage == 'habitual')
achieved: habits.size() > 0 && !stages.exists(s, s.stage == 'lost')
failed: stages.exists(s, s.stage in ['lost', 'dormant']) && habits.size() == 0
value: "habits.size() > 0 ? decay(habits.map(s, s.day).min(), 16) : 0.0"
`,
].map((text) => {
  const { definition, findings } = parseDefinition(text);
  if (definition === undefined) throw new Error(JSON.stringify(findings));
  return definition;
});
const DEFINITIONS = [...standardDefinitions(), ...OF_OUTCOMES];
const folder = mkdtempSync(join(tmpdir(), 'success-parity-'));
let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openChdbWarehouse({ path: folder });
});
afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

type OutcomeRow = Omit<UnitOutcome, 'start'> & { readonly start: string };

const outcomesQuery = (definition: Definition): Query<{ readonly batch: string }, OutcomeRow> => ({
  name: definition.name,
  description: definition.question,
  grain: definition.unit,
  sql: definitionSql(definition, 'unit', 'batch = {batch:String}'),
  columns: OUTCOME_COLUMNS,
  example: { batch: 'x' },
});

const eventsOf = (unit: Unit): number => [...messagesInTime([unit])].filter(({ type }) => type === 'event').length;

/** Outcomes by unit, whichever reader gave them. */
const byUnit = (outcomes: readonly Omit<UnitOutcome, 'start'>[]) =>
  new Map(outcomes.map((each) => [each.unit_id, each]));

/** How far two numbers lie apart; infinitely when only one is known. */
const apart = (a: number | null, b: number | null): number => {
  if (a === null || b === null) return a === b ? 0 : Number.POSITIVE_INFINITY;
  return Math.abs(a - b);
};

const compare = async (definition: Definition, units: readonly Unit[], batch: string) => {
  await warehouse.insert(
    'unit',
    units.map((unit) => toUnitRow(unit, batch)),
  );
  const sql = byUnit(await warehouse.query(outcomesQuery(definition), { batch }));
  const stream = createStream(definition, { latenessMs: 0 });
  const streamed = byUnit([...messagesInTime(units)].flatMap((message) => stream.take(message)));
  expect([sql.size, streamed.size]).toEqual([units.length, units.length]);
  const differences: string[] = [];
  const labels = new Set<string>();
  for (const [id, a] of streamed) {
    const b = sql.get(id)!;
    labels.add(a.label);
    const isSame =
      a.label === b.label &&
      a.mature === b.mature &&
      apart(a.value, b.value) <= 1e-12 &&
      apart(a.effort, b.effort) <= 1e-12 &&
      a.evidence.join(' ') === b.evidence.join(' ');
    if (!isSame) differences.push(`${id}: ${JSON.stringify(a)} in the stream, ${JSON.stringify(b)} in SQL`);
  }
  return { differences, labels };
};

describe('SQL and stream', () => {
  it(`agree on ${EVENTS} events under every standard definition and two of outcomes: label, value to 1e-12, effort, evidence`, {
    timeout: 1_800_000,
  }, async () => {
    const started = performance.now();
    const share = EVENTS / DEFINITIONS.length;
    let events = 0;
    let compared = 0;
    for (const definition of DEFINITIONS) {
      const labels = new Set<string>();
      const hints = hintsOf(definition);
      for (let seen = 0, number = 0; seen < share; ) {
        const units: Unit[] = [];
        for (; units.length < BATCH && seen < share; number++) {
          units.push(makeUnit(definition.unit, hints, 'parity', number));
          seen += eventsOf(units.at(-1)!);
        }
        const { differences, labels: found } = await compare(definition, units, `${nameOf(definition)}-${number}`);
        expect(differences).toEqual([]);
        for (const label of found) labels.add(label);
        compared += units.length;
        events += units.reduce((sum, unit) => sum + eventsOf(unit), 0);
      }
      expect([...labels].sort(), definition.name).toEqual(['achieved', 'failed', 'unknown']);
    }
    expect(events).toBeGreaterThanOrEqual(EVENTS);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.info(`${events} events in ${compared} units: no difference, ${seconds} s`);
  });

  it('both do not know how far a number lies from numbers that are all alike, though rounding gives these a spread', async () => {
    const { definition, findings } = parseDefinition(`
name: all_alike
version: 1
question: Is 0.2 far from ever the same 0.1?
unit: session
horizon: 14h
let:
  far: z(0.2, plays.map(p, 0.1))
achieved: far > 1.0
failed: far <= 1.0
value: "clamp(far, 0.0, 1.0)"
effort: "0.0"
`);
    if (definition === undefined) throw new Error(JSON.stringify(findings));
    const hints = hintsOf(definition);
    const units = Array.from({ length: 200 }, (_, number) => makeUnit(definition.unit, hints, 'alike', number));
    expect(units.filter(({ plays }) => plays.length > 2).length).toBeGreaterThan(20);
    const { differences, labels } = await compare(definition, units, 'alike');
    expect(differences).toEqual([]);
    expect([...labels]).toEqual(['unknown']);
  });

  it('read the same columns as the table has', async () => {
    const described = await warehouse.query<Record<string, never>, { readonly name: string; readonly type: string }>(
      {
        name: 'describe',
        description: '',
        grain: 'column',
        sql: "SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = 'unit' ORDER BY position",
        columns: { name: 'String', type: 'String' },
        example: {},
      },
      {},
    );
    const columns = Object.fromEntries(described.map(({ name, type }) => [name, type]));
    delete columns['batch'];
    delete columns['assembled_at'];
    expect(columns).toEqual(UNIT_COLUMNS);
  });
});
