/** Rows of the warehouse as the data of an experiment. */

import { DAY_MS, type EpochMs, type ExperimentDocument, toTimestamp } from '#domain';
import type { UnitData } from '#experiments';
import { queries, type Warehouse } from '#warehouse';

/** Days after exposure until `returned` is known. */
const RETURN_DAYS = 14;

type Row = Awaited<ReturnType<typeof readRows>>[number];

export interface RunningUnits {
  readonly data: UnitData;
  /** Units assigned and units exposed, by arm in the order of the document. */
  readonly assigned: readonly number[];
  readonly exposed: readonly number[];
  readonly unitsInSeveralArms: number;
  readonly users: number;
  readonly firstExposure?: EpochMs;
}

const readRows = (warehouse: Warehouse, document: ExperimentDocument, since: EpochMs, until: EpochMs) =>
  warehouse.query(queries.experimentUnits, {
    experiment: document.name,
    since: toTimestamp(since),
    until: toTimestamp(until),
    window_ms: windowOf(document),
  });

/** How long after its exposure a unit is watched: the period of a switchback, the window of any other. */
export const windowOf = ({ unit, period_hours, window_days }: ExperimentDocument): number =>
  unit === 'switchback' ? period_hours! * 3_600_000 : window_days * DAY_MS;

/** Exposed units with their metrics; units in several arms, and arms that the document does not name, are left out. */
export const readUnits = async (
  warehouse: Warehouse,
  document: ExperimentDocument,
  since: EpochMs,
  until: EpochMs,
): Promise<RunningUnits> => {
  const rows = await readRows(warehouse, document, since, until);
  const arms = document.arms.map((arm) => arm.name);
  const armOfUnit = new Map<string, number>();
  const several = new Set<string>();
  for (const row of rows) {
    const arm = arms.indexOf(row.arm);
    if (row.arms > 1 || (armOfUnit.get(row.unit) ?? arm) !== arm) several.add(row.unit);
    armOfUnit.set(row.unit, arm);
  }
  const exposedUnits = new Set(rows.filter((row) => row.exposed).map((row) => row.unit));
  const known = [...armOfUnit].filter(([unit, arm]) => arm >= 0 && !several.has(unit));
  const kept = new Map(known.filter(([unit]) => exposedUnits.has(unit)).map(([unit], index) => [unit, index]));
  const countBy = (units: readonly (readonly [string, number])[]): number[] =>
    arms.map((_, arm) => units.filter(([, own]) => own === arm).length);
  const taken = rows.filter((row) => kept.has(row.unit) && row.exposed);
  const times = taken.map((row) => row.exposed_ms);
  return {
    data: dataOf(document, arms, taken, kept, armOfUnit, until),
    assigned: countBy(known),
    exposed: countBy(known.filter(([unit]) => exposedUnits.has(unit))),
    unitsInSeveralArms: several.size,
    users: new Set(taken.map((row) => row.user_id)).size,
    ...(times.length > 0 && { firstExposure: times.reduce((least, time) => Math.min(least, time)) }),
  };
};

const dataOf = (
  document: ExperimentDocument,
  arms: readonly string[],
  rows: readonly Row[],
  kept: ReadonlyMap<string, number>,
  armOfUnit: ReadonlyMap<string, number>,
  until: EpochMs,
): UnitData => {
  const armOf = new Uint8Array(kept.size);
  for (const [unit, index] of kept) armOf[index] = armOfUnit.get(unit)!;
  const column = (read: (row: Row) => number): Float64Array => Float64Array.from(rows, read);
  return {
    arms,
    armOf,
    unitOf: Uint32Array.from(rows, (row) => kept.get(row.unit)!),
    numbers: new Map([
      ['minutes', column((row) => row.minutes)],
      ['plays', column((row) => row.plays)],
      ['skips', column((row) => row.skips)],
      ['active_days', column((row) => row.active_days)],
      // Unknown until the days have passed: a unit exposed yesterday has not failed to return.
      ['returned', column((row) => (until - row.exposed_ms >= RETURN_DAYS * DAY_MS ? row.returned : Number.NaN))],
      ['minutes_before', column((row) => row.minutes_before)],
      ['plays_before', column((row) => row.plays_before)],
      ['active_days_before', column((row) => row.active_days_before)],
      ['exposed_at', column((row) => row.exposed_ms)],
    ]),
    words: new Map([
      ['user', rows.map((row) => row.user_id)],
      ['unit', rows.map(() => document.unit)],
    ]),
  };
};
