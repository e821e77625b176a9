/** Rows of the warehouse as the data of an experiment. */

import { type EpochMs, type ExperimentDocument, toTimestamp } from '#domain';
import type { UnitData } from '#experiments';
import { queries, SESSION_SUMS, type Warehouse } from '#warehouse';
import { columnsOf, type Measure, windowOf } from './unit-measures.ts';
import { type Judges, outcomesOfStays, type Stay } from './unit-outcomes.ts';
import { BEFORE_MS, type Pair, pairOf, type WindowSums, windowsFor } from './unit-windows.ts';

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
  warehouse: Warehouse,
  document: ExperimentDocument,
  { starts, ends, return_ms }: ReturnType<typeof windowsFor>,
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
  });

/** Exposed units with their metrics; units in several arms, and arms that the document does not name, are left out. */
export const readUnits = async (
  warehouse: Warehouse,
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
  const numbers = await numbersOf({ warehouse, document, measures, asked, until, intents }, taken);
  return {
    data: { arms, armOf, unitOf: Uint32Array.from(taken, ({ row }) => kept.get(row.unit)!), numbers, words },
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

interface Reading {
  readonly warehouse: Warehouse;
  readonly document: ExperimentDocument;
  readonly measures: readonly Measure[];
  readonly asked: ReturnType<typeof windowsFor>;
  readonly until: EpochMs;
  readonly intents: Judges['intents'];
}

const numbersOf = async (reading: Reading, taken: readonly UnitUser[]): Promise<Map<string, Float64Array>> => {
  const { measures, asked, until } = reading;
  const numbers = new Map<string, Float64Array>([
    ['exposed_at', Float64Array.from(taken, ({ row }) => row.exposed_ms)],
    ...beforeColumns(taken.map(({ windows }) => windows[0]!)),
  ]);
  for (const measure of measures) {
    const { numerator, denominator, before } = columnsOf(measure.metric.name);
    const pairs = await pairsOf(reading, measure, taken);
    const isKnown = taken.map(({ row }) => !measure.needsWholeWindow || row.exposed_ms + measure.windowMs <= until);
    const after = (read: (pair: Pair) => number) =>
      Float64Array.from(pairs, (pair, n) => (isKnown[n] && pair.after.denominator > 0 ? read(pair.after) : Number.NaN));
    numbers.set(
      numerator,
      after((pair) => pair.numerator),
    );
    if (measure.spec.kind === 'ratio')
      numbers.set(
        denominator,
        after((pair) => pair.denominator),
      );
    numbers.set(before, filled(pairs.map((pair) => pair.before.numerator / pair.before.denominator)));
  }
  for (const half of halvesOf(reading.document, measures)) {
    const { early, late } = halfColumns(half.metric.name);
    const whole = numbers.get(columnsOf(half.metric.name).numerator)!;
    const first = taken.map(({ windows }) => inWindow(half, windows, asked).numerator);
    numbers.set(
      early,
      whole.map((value, n) => (Number.isNaN(value) ? value : first[n]!)),
    );
    numbers.set(
      late,
      whole.map((value, n) => value - first[n]!),
    );
  }
  return numbers;
};

/** Columns of the two halves of a window. */
export const halfColumns = (name: string) => ({ early: `${name} early`, late: `${name} late` });

const inWindow = (measure: Measure, windows: readonly WindowSums[], asked: Reading['asked']): Pair =>
  pairOf(measure, windows[asked.placeOf(measure.windowMs)]!, asked.return_ms, SESSION_SUMS);

const pairsOf = async (
  { warehouse, document, asked, until, intents }: Reading,
  measure: Measure,
  taken: readonly UnitUser[],
): Promise<readonly { readonly after: Pair; readonly before: Pair }[]> => {
  const { measured } = measure;
  if (measured.kind !== 'outcome') {
    return taken.map(({ windows }) => ({
      after: inWindow(measure, windows, asked),
      before: pairOf(measure, windows[0]!, asked.return_ms, SESSION_SUMS),
    }));
  }
  const stays = taken.map(
    ({ row: { user_id, exposed_ms, next_ms } }): Stay => ({
      userId: user_id,
      before: exposed_ms - BEFORE_MS,
      from: exposed_ms,
      to: Math.min(exposed_ms + windowOf(document), next_ms, until),
    }),
  );
  return outcomesOfStays(warehouse, measured, stays, { now: until, intents });
};

/** What everybody has from before, whatever the metrics are. */
export const BEFORE_COLUMNS = ['minutes before', 'sessions before', 'active days before'] as const;

export const beforeColumns = (windows: readonly WindowSums[]): [string, Float64Array][] => {
  const sum = (row: WindowSums, name: (typeof SESSION_SUMS)[number]) => row.sums[SESSION_SUMS.indexOf(name)] ?? 0;
  const columns = [
    (row: WindowSums) => sum(row, 'played_ms') / 60_000,
    (row: WindowSums) => sum(row, 'sessions'),
    (row: WindowSums) => row.active_days,
  ];
  return BEFORE_COLUMNS.map((name, n) => [name, Float64Array.from(windows, columns[n]!)]);
};

/** Who has no figure from before counts as the mean. */
export const filled = (values: readonly number[]): Float64Array => {
  const known = values.filter((value) => Number.isFinite(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  return Float64Array.from(values, (value) => (Number.isFinite(value) ? value : mean));
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
    ['user', taken.map(({ row }) => row.user_id)],
    ['unit', taken.map(() => unit)],
    ['device', taken.map(({ row }) => (row.device === '' ? 'unknown' : row.device))],
    ['activity before', sessions.map(activity)],
  ]);
};
