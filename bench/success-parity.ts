/**
 * The two readers of success on the same made-up units of every standard definition: units and events a second of the
 * stream (messages in, outcomes out) and of ClickHouse SQL (the query alone; putting the rows there is told apart), and
 * that no outcome differs.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createStream,
  type Definition,
  definitionSql,
  hintsOf,
  makeUnit,
  messagesInTime,
  nameOf,
  OUTCOME_COLUMNS,
  standardDefinitions,
  toUnitRow,
  type Unit,
  type UnitOutcome,
} from '#success';
import { openChdbWarehouse, type Warehouse } from '#warehouse';

const UNITS = 2000;

const spent = { stream: 0, insert: 0, sql: 0 };
const seen = { units: 0, events: 0, differences: 0 };

const timed = async <Result>(what: keyof typeof spent, run: () => Result | Promise<Result>): Promise<Result> => {
  const from = performance.now();
  const result = await run();
  spent[what] += performance.now() - from;
  return result;
};

const outcomesOf = (definition: Definition, units: readonly Unit[], warehouse: Warehouse): Promise<UnitOutcome[]> =>
  warehouse.query<{ readonly batch: string }, UnitOutcome>(
    {
      name: nameOf(definition),
      description: definition.question,
      grain: definition.unit,
      sql: definitionSql(definition, 'unit', 'batch = {batch:String}'),
      columns: { ...OUTCOME_COLUMNS } as never,
      example: { batch: 'x' },
    },
    { batch: `${nameOf(definition)} ${units.length}` },
  );

const differs = (a: UnitOutcome, b: UnitOutcome | undefined): boolean =>
  b === undefined ||
  a.label !== b.label ||
  (a.value === null) !== (b.value === null) ||
  Math.abs((a.value ?? 0) - (b.value ?? 0)) > 1e-12 ||
  a.evidence.join(' ') !== b.evidence.join(' ');

const measure = async (definition: Definition, warehouse: Warehouse): Promise<void> => {
  const hints = hintsOf(definition);
  const units = Array.from({ length: UNITS }, (_, number) => makeUnit(definition.unit, hints, 'bench', number));
  const messages = [...messagesInTime(units)];
  const streamed = await timed('stream', () => {
    const stream = createStream(definition, { latenessMs: 0 });
    return messages.flatMap((message) => stream.take(message));
  });
  const rows = units.map((unit) => toUnitRow(unit, `${nameOf(definition)} ${units.length}`));
  await timed('insert', () => warehouse.insert('unit', rows));
  const asked = await timed('sql', () => outcomesOf(definition, units, warehouse));
  const byId = new Map(asked.map((outcome) => [outcome.unit_id, outcome]));
  seen.units += units.length;
  seen.events += messages.filter(({ type }) => type === 'event').length;
  seen.differences += streamed.filter((outcome) => differs(outcome, byId.get(outcome.unit_id))).length;
};

const began = performance.now();
const folder = mkdtempSync(join(tmpdir(), 'bench-success-'));
const warehouse = await openChdbWarehouse({ path: folder });
for (const definition of standardDefinitions()) await measure(definition, warehouse);
await warehouse.close();
rmSync(folder, { recursive: true, force: true });

const perSecond = (count: number, ms: number): number => Math.round((1000 * count) / ms);
process.stdout.write(
  `${JSON.stringify({
    definitions: standardDefinitions().length,
    ...seen,
    stream: {
      units_per_second: perSecond(seen.units, spent.stream),
      events_per_second: perSecond(seen.events, spent.stream),
    },
    sql: { units_per_second: perSecond(seen.units, spent.sql), events_per_second: perSecond(seen.events, spent.sql) },
    insert: { units_per_second: perSecond(seen.units, spent.insert) },
    // From the first made-up unit to the last comparison.
    seconds: Math.round((performance.now() - began) / 100) / 10,
  })}\n`,
);
