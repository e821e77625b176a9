/** What definitions of success say of the units in the warehouse: one of them, or what a change of one would change. */

import { randomUUID } from 'node:crypto';
import type { EpochMs } from '#domain';
import {
  type Comparison,
  compileDefinition,
  createComparison,
  type Definition,
  definitionSql,
  explain,
  type Reason,
  type Unit,
  type UnitOutcome,
} from '#success';
import { createTurns } from '#threads';
import type { WarehouseRows } from '#warehouse';
import { type AssembleOptions, unitBatches } from './assemble-units.ts';
import { runBySql, runInTurns, type SuccessEngine } from './run-definition.ts';
import { type OutcomeSummary, summarize } from './summary.ts';

/** Changes of a preview that are told one by one; all are counted. */
const CHANGES_SHOWN = 50;

export interface OutcomesOptions extends AssembleOptions {
  readonly definition: Definition;
  readonly engine: SuccessEngine;
  /** Units told, the newest. */
  readonly limit: number;
  /** The limit is of achieved, failed, unknown and immature ones each. */
  readonly eachLabel: boolean;
}

export interface DefinitionOutcomes {
  readonly summary: OutcomeSummary;
  readonly perDay: readonly { readonly day: string; readonly summary: OutcomeSummary }[];
  readonly units: readonly (Shown & { readonly reasons: readonly Reason[] })[];
  readonly sql: string;
}

interface Shown {
  readonly unit: Unit;
  readonly outcome: UnitOutcome;
}

/** O(events of the listeners); of the units those that are told are kept, of the others their outcomes. */
export const definitionOutcomes = async (
  warehouse: WarehouseRows,
  options: OutcomesOptions,
): Promise<DefinitionOutcomes> => {
  const { definition, engine } = options;
  const outcomes: UnitOutcome[] = [];
  let shown: readonly Shown[] = [];
  for await (const units of unitBatches(warehouse, options)) {
    const ofBatch =
      engine === 'sql'
        ? await runBySql(definition, units, warehouse, randomUUID())
        : await runInTurns(definition, units);
    for (const outcome of ofBatch) outcomes.push(outcome);
    const pairs = ofBatch.map((outcome, n): Shown => ({ unit: units[n]!, outcome }));
    shown = newestOf([...shown, ...pairs], options);
  }
  const compiled = compileDefinition(definition);
  const turn = createTurns();
  const units = [];
  for (const { unit, outcome } of shown) {
    units.push({ unit, outcome, reasons: explain(compiled, unit) });
    await turn();
  }
  return {
    summary: summarize(outcomes),
    perDay: perDay(outcomes),
    units,
    sql: definitionSql(definition, 'unit', 'batch = {batch:String}'),
  };
};

const newestFirst = ({ outcome: a }: Shown, { outcome: b }: Shown): number =>
  b.start - a.start || (a.unit_id < b.unit_id ? -1 : 1);

const newestOf = (units: readonly Shown[], { limit, eachLabel }: OutcomesOptions): readonly Shown[] => {
  const sorted = units.toSorted(newestFirst);
  if (!eachLabel) return sorted.slice(0, limit);
  const left = new Map<string, number>();
  return sorted.filter(({ outcome: { label, mature } }) => {
    const group = mature ? label : 'immature';
    const taken = left.get(group) ?? 0;
    left.set(group, taken + 1);
    return taken < limit;
  });
};

const dayOf = (at: EpochMs): string => new Date(at).toISOString().slice(0, 10);

const perDay = (outcomes: readonly UnitOutcome[]): DefinitionOutcomes['perDay'] => {
  const days = new Map<string, UnitOutcome[]>();
  for (const outcome of outcomes) {
    const day = dayOf(outcome.start);
    const held = days.get(day);
    if (held === undefined) days.set(day, [outcome]);
    else held.push(outcome);
  }
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, ofDay]) => ({ day, summary: summarize(ofDay) }));
};

export interface PreviewOptions extends AssembleOptions {
  readonly before: Definition;
  readonly after: Definition;
}

/** Which units would be judged otherwise. O(events of the listeners) */
export const previewDefinition = async (
  warehouse: WarehouseRows,
  { before, after, ...asked }: PreviewOptions,
): Promise<Comparison> => {
  const comparison = createComparison(before, after, CHANGES_SHOWN);
  const turn = createTurns();
  for await (const units of unitBatches(warehouse, asked)) {
    for (const unit of units) {
      comparison.take([unit]);
      await turn();
    }
  }
  return comparison.told();
};
