/** Rows of the warehouse as the data of an experiment. */

import { type EpochMs, type ExperimentDocument, toTimestamp } from '#domain';
import type { UnitData } from '#experiments';
import { queries, SESSION_SUMS, type WarehouseRows } from '#warehouse';
import { switchedOf } from './switchback-periods.ts';
import { type Followed, figuresOf } from './unit-figures.ts';
import { columnsOf, type Measure, windowOf } from './unit-measures.ts';
import type { Judges } from './unit-outcomes.ts';
import { BEFORE_MS, pairOf, type WindowSums, windowsFor } from './unit-windows.ts';

type Row = Awaited<ReturnType<typeof readRows>>[number];

/** A user in a unit: what stands for one row of the data. */
interface UnitUser {
  readonly row: Row;
  /** By place of the window, the days before first. */
  readonly windows: readonly WindowSums[];
}

export interface RunningUnits {
  readonly data: UnitData;
  /** Units assigned and units exposed, by arm in the order of the document. */
  readonly assigned: readonly number[];
  readonly exposed: readonly number[];
  readonly unitsInSeveralArms: number;
  readonly users: number;
}

const readRows = (
  warehouse: WarehouseRows,
  document: ExperimentDocument,
  { starts, ends, return_ms, absences }: ReturnType<typeof windowsFor>,
  since: EpochMs,
  until: EpochMs,
) =>
  warehouse.query(queries.experimentUnits, {
    experiment: document.name,
    since: toTimestamp(since),
    until: toTimestamp(until),
    starts,
    ends,
    return_ms,
    absences,
  });

/** Exposed units with their metrics; units in several arms, and arms that the document does not name, are left out. */
export const readUnits = async (
  warehouse: WarehouseRows,
  document: ExperimentDocument,
  measures: readonly Measure[],
  { since, until, intents }: Pick<Judges, 'intents'> & { readonly since: EpochMs; readonly until: EpochMs },
): Promise<RunningUnits> => {
  const asked = windowsFor([...measures, ...halvesOf(document, measures)]);
  const all = byUnitAndUser(await readRows(warehouse, document, asked, since, until));
  const arms = document.arms.map((arm) => arm.name);
  const armOfUnit = new Map<string, number>();
  const several = new Set<string>();
  for (const { row } of all) {
    const arm = arms.indexOf(row.arm);
    if (row.arms > 1 || (armOfUnit.get(row.unit) ?? arm) !== arm) several.add(row.unit);
    armOfUnit.set(row.unit, arm);
  }
  const exposedUnits = new Set(all.filter(({ row }) => row.exposed).map(({ row }) => row.unit));
  const known = [...armOfUnit].filter(([unit, arm]) => arm >= 0 && !several.has(unit));
  const kept = new Map(known.filter(([unit]) => exposedUnits.has(unit)).map(([unit], index) => [unit, index]));
  const countBy = (units: readonly (readonly [string, number])[]): number[] =>
    arms.map((_, arm) => units.filter(([, own]) => own === arm).length);
  const taken = all.filter(({ row }) => kept.has(row.unit) && row.exposed);
  const armOf = new Uint8Array(kept.size);
  for (const [unit, index] of kept) armOf[index] = armOfUnit.get(unit)!;
  const words = wordsOf(document, taken);
  const followed = taken.map(({ row, windows }): Followed => {
    const { user_id: userId, exposed_ms: from, next_ms } = row;
    const to = Math.min(from + windowOf(document), next_ms, until);
    const stay = { userId, before: from - BEFORE_MS, from, to };
    return { unit: kept.get(row.unit)!, stay, windows, knownMs: until - from };
  });
  const reading = { warehouse, experiment: document.name, asked, since, until, intents };
  const { numbers, times } = await figuresOf(reading, measures, followed);
  numbers.set(
    'exposed_at',
    Float64Array.from(followed, ({ stay }) => stay.from),
  );
  if (document.unit === 'switchback') {
    numbers.set(
      'period',
      Float64Array.from(taken, ({ row }) => switchedOf(row.unit, row.user_id).period),
    );
  }
  addHalves(numbers, halvesOf(document, measures), followed, asked);
  return {
    data: { arms, armOf, unitOf: Uint32Array.from(followed, ({ unit }) => unit), numbers, words, times },
    assigned: countBy(known),
    exposed: countBy(known.filter(([unit]) => exposedUnits.has(unit))),
    unitsInSeveralArms: several.size,
    users: new Set(taken.map(({ row }) => row.user_id)).size,
  };
};

/** The first half of each window over days of a user: whether the effect stays is seen in the second. */
export const halvesOf = (document: ExperimentDocument, measures: readonly Measure[]): readonly Measure[] =>
  document.unit === 'switchback'
    ? []
    : measures
        .filter(({ needsWholeWindow }) => needsWholeWindow)
        .map((measure) => ({ ...measure, windowMs: measure.windowMs / 2 }));

/** Rows come ordered by unit, user and window. */
const byUnitAndUser = (rows: readonly Row[]): readonly UnitUser[] => {
  const found: { row: Row; windows: WindowSums[] }[] = [];
  for (const row of rows) {
    if (row.place === 1) found.push({ row, windows: [] });
    found.at(-1)!.windows.push(row);
  }
  return found;
};

/** Columns of the two halves of a window. */
export const halfColumns = (name: string) => ({ early: `${name} early`, late: `${name} late` });

const addHalves = (
  numbers: Map<string, Float64Array>,
  halves: readonly Measure[],
  followed: readonly Followed[],
  asked: ReturnType<typeof windowsFor>,
): void => {
  for (const { metric, measured, windowMs } of halves) {
    // Only sums of days are known by whole windows.
    if (measured.kind !== 'sums') continue;
    const { early, late } = halfColumns(metric.name);
    const whole = numbers.get(columnsOf(metric.name).numerator)!;
    const first = followed.map(
      ({ windows }) => pairOf(measured, windows[asked.placeOf(windowMs)]!, asked.return_ms, SESSION_SUMS).numerator,
    );
    numbers.set(
      early,
      whole.map((value, n) => (Number.isNaN(value) ? value : first[n]!)),
    );
    numbers.set(
      late,
      whole.map((value, n) => value - first[n]!),
    );
  }
};

/** Parts of the population: what was known when the unit was exposed. */
const wordsOf = ({ unit }: ExperimentDocument, taken: readonly UnitUser[]): Map<string, readonly string[]> => {
  const sessions = taken.map(({ windows }) => windows[0]!.sums[0] ?? 0);
  const active = sessions.filter((count) => count > 0).toSorted((a, b) => a - b);
  const middle = active[Math.floor(active.length / 2)] ?? 0;
  const activity = (count: number): string => {
    if (count === 0) return 'new or away';
    return count < middle ? 'light' : 'heavy';
  };
  return new Map([
    // Within whom arms are switched: everyone who shares the draws, where there is a cluster.
    ['user', taken.map(({ row }) => (unit === 'switchback' ? switchedOf(row.unit, row.user_id).who : row.user_id))],
    ['unit', taken.map(() => unit)],
    ['device', taken.map(({ row }) => (row.device === '' ? 'unknown' : row.device))],
    ['activity before', sessions.map(activity)],
  ]);
};
