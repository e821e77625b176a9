/** Success as a metric: units judged by their definition as `success run` judges them, and counted by cell and user. */

import { DAY_MS, type EpochMs } from '#domain';
import type { Cell, CellDimension, Metric } from '#metrics';
import { type Definition, definitionSql, isAbout, isFor, type Unit } from '#success';
import type { IntentModel } from '#units';
import { type ListenersDone, neededBy, unitBatches } from '../success/assemble-units.ts';
import { findDefinition } from '../success/definition-files.ts';
import { runInTurns } from '../success/run-definition.ts';
import type { FigureAnswer, FigureRow, Part } from './figure-row.ts';
import { OutcomeTally } from './outcome-tally.ts';

/** `fitting`: units that a definition is for; `all`: every unit of its kind, wherever it is. */
export type JudgedUnits = 'fitting' | 'all';

export interface Judging {
  readonly definitions: readonly Definition[];
  /** Up to when events are known: what matures later is left out. */
  readonly now: EpochMs;
  /** What was learned of intents; null: the rules alone. */
  readonly intents: IntentModel | null;
  /** Called for every listener that is done, anew for each kind of unit. */
  readonly onProgress?: ListenersDone | undefined;
}

interface Asked {
  readonly metric: string;
  readonly of: 'rate' | 'value';
  readonly definition: Definition;
}

/** More than there are listeners: figures are of all of them. */
const EVERYBODY = 2 ** 31;

/**
 * Units of each kind are assembled once for all metrics, a hundred listeners at a time, and let go when they are judged:
 * O(events of the period) time, memory of a hundred logs and a few numbers a listener and cell.
 * @throws {EngineError} not_found with the names of definitions that there are.
 */
export const outcomeFigures = async (
  part: Part,
  metrics: readonly Metric[],
  judging: Judging,
  judge: JudgedUnits,
): Promise<readonly FigureAnswer[]> => {
  const { definitions } = judging;
  const asked = metrics.flatMap(({ name, recipe }): readonly Asked[] =>
    recipe.kind === 'outcome'
      ? [{ metric: name, of: recipe.of, definition: findDefinition(recipe.definition, definitions) }]
      : [],
  );
  const tallies = await tallyAll(part, new Set(asked.map(({ definition }) => definition)), judging, judge);
  return asked.map(({ metric, of, definition }) => {
    const cells = [...(tallies.get(definition)?.values() ?? [])];
    const rows = cells.map((cell) => cell.toRow(of, part.options));
    return {
      rows: new Map([[metric, rows.length > 0 ? rows : [NOTHING_FITS]]]),
      sql: definitionSql(definition, 'unit', 'batch = {batch:String}'),
    };
  });
};

const NOTHING_FITS: FigureRow = {
  cell: { surface: null, intent: null, device: null },
  byEvents: { ok: false, reason: 'no_fitting_units' },
  byUsers: { ok: false, reason: 'no_fitting_units' },
  users: 0,
  events: 0,
  leftOut: 0,
  unknown: 0,
};

type Tallies = Map<string, OutcomeTally>;

const tallyAll = async (
  part: Part,
  asked: ReadonlySet<Definition>,
  judging: Judging,
  judge: JudgedUnits,
): Promise<ReadonlyMap<Definition, Tallies>> => {
  const definitions = [...asked];
  const tallies = new Map(definitions.map((definition): [Definition, Tallies] => [definition, new Map()]));
  for (const first of definitions) {
    const ofKind = definitions.filter(({ unit }) => unit === first.unit);
    if (ofKind[0] !== first) continue;
    for await (const units of unitBatches(part.warehouse, assemblyOf(part, [first, ...ofKind.slice(1)], judging))) {
      for (const definition of ofKind) {
        const judged = units.filter((unit) => (judge === 'all' ? isAbout(definition, unit) : isFor(definition, unit)));
        await count(definition, judged, part.by, tallies.get(definition)!);
      }
    }
  }
  return tallies;
};

const startOf = (day: string): EpochMs => Date.parse(`${day}T00:00:00Z`);

const assemblyOf = (
  { period }: Part,
  definitions: readonly [Definition, ...Definition[]],
  { now, intents, onProgress }: Judging,
) => ({
  ...neededBy(definitions),
  from: startOf(period.from),
  to: startOf(period.from) + period.days * DAY_MS,
  listeners: EVERYBODY,
  userIds: undefined,
  now,
  intents,
  onProgress,
});

const count = async (
  definition: Definition,
  units: readonly Unit[],
  by: readonly CellDimension[],
  tallies: Tallies,
): Promise<void> => {
  for (const [place, outcome] of (await runInTurns(definition, units)).entries()) {
    const cell = cellOf(units[place]!, by);
    const key = JSON.stringify(cell);
    const tally = tallies.get(key) ?? new OutcomeTally(cell);
    tallies.set(key, tally);
    tally.add(outcome);
  }
};

const cellOf = ({ unit }: Unit, by: readonly CellDimension[]): Cell => {
  const of = (dimension: CellDimension): string | null => (by.includes(dimension) && unit[dimension]) || null;
  return { surface: of('surface'), intent: of('intent'), device: of('device') };
};
