/** A definition on units, by either reader. Outcomes come in the order of the units. */

import { EngineError, fromTimestamp } from '#domain';
import {
  createStream,
  type Definition,
  definitionSql,
  fieldsRead,
  messagesInTime,
  nameOf,
  OUTCOME_COLUMNS,
  toUnitRow,
  type Unit,
  type UnitOutcome,
} from '#success';
import { createTurns } from '#threads';
import type { Query, WarehouseRows } from '#warehouse';

export const ENGINES = ['sql', 'stream'] as const;
export type SuccessEngine = (typeof ENGINES)[number];

/** Rows of one insert: units may be large. */
const ROWS = 1000;

/** Units whose messages are put in order of time at once. */
const UNITS_A_STREAM = 500;

/** Units of the definition's kind alone are told of. */
export const runByStream = (definition: Definition, units: readonly Unit[]): readonly UnitOutcome[] => {
  const ofKind = units.filter(({ kind }) => kind === definition.unit);
  return inOrderOf(ofKind, [...read(definition, ofKind)].flat());
};

/** The same with room for others every few milliseconds, where others wait for the thread, too. */
export const runInTurns = async (definition: Definition, units: readonly Unit[]): Promise<readonly UnitOutcome[]> => {
  const ofKind = units.filter(({ kind }) => kind === definition.unit);
  const outcomes: UnitOutcome[] = [];
  const turn = createTurns();
  for (let from = 0; from < ofKind.length; from += UNITS_A_STREAM) {
    const some = ofKind.slice(from, from + UNITS_A_STREAM);
    const found: UnitOutcome[] = [];
    for (const told of read(definition, some)) {
      found.push(...told);
      await turn();
    }
    outcomes.push(...inOrderOf(some, found));
  }
  return outcomes;
};

/** What each message brings to an end. */
function* read(definition: Definition, units: readonly Unit[]): Generator<readonly UnitOutcome[]> {
  const stream = createStream(definition, { latenessMs: 0 });
  for (const message of messagesInTime(units, fieldsRead(definition).lists.keys())) yield stream.take(message);
}

/** Puts the units into the warehouse's table of units under `batch`, a name of its own, and asks there. */
export const runBySql = async (
  definition: Definition,
  units: readonly Unit[],
  warehouse: WarehouseRows,
  batch: string,
): Promise<readonly UnitOutcome[]> => {
  const ofKind = units.filter(({ kind }) => kind === definition.unit);
  const { lists } = fieldsRead(definition);
  for (let from = 0; from < ofKind.length; from += ROWS) {
    const rows = ofKind.slice(from, from + ROWS).map((unit) => toUnitRow(unit, batch, lists));
    await warehouse.insert('unit', rows);
  }
  if (ofKind.length === 0) return [];
  const rows = await warehouse.query(outcomesQuery(definition), { batch });
  return inOrderOf(
    ofKind,
    rows.map((row) => ({ ...row, start: fromTimestamp(row.start) })),
  );
};

type OutcomeRow = Omit<UnitOutcome, 'start'> & { readonly start: string };

const outcomesQuery = (definition: Definition): Query<{ readonly batch: string }, OutcomeRow> => ({
  name: `success_${nameOf(definition)}`,
  description: definition.question,
  grain: definition.unit,
  sql: definitionSql(definition, 'unit', 'batch = {batch:String}'),
  columns: OUTCOME_COLUMNS,
  example: { batch: 'x' },
});

const inOrderOf = (units: readonly Unit[], outcomes: readonly UnitOutcome[]): readonly UnitOutcome[] => {
  const byId = new Map(outcomes.map((outcome) => [outcome.unit_id, outcome]));
  return units.map(({ unit_id }) => {
    const outcome = byId.get(unit_id);
    if (outcome === undefined) throw new EngineError('internal', `the reader gave no outcome for the unit ${unit_id}`);
    return outcome;
  });
};
