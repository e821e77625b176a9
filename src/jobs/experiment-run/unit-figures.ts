/** Figures of units as the columns of an analysis: what they did after their exposure, and before it. */

import type { EpochMs } from '#domain';
import type { UnitTimes } from '#experiments';
import { SESSION_SUMS, type WarehouseRows } from '#warehouse';
import type { Stay, StayOutcomes } from './stay-sums.ts';
import { absenceClock, habitOf, timesIn } from './unit-absences.ts';
import { clicksOfStays } from './unit-clicks.ts';
import { columnsOf, type Measure } from './unit-measures.ts';
import { type Judges, outcomesOfStays } from './unit-outcomes.ts';
import { type Pair, pairOf, type WindowSums, type windowsFor } from './unit-windows.ts';

/** A user in a unit: what stands for one row of the data. */
export interface Followed {
  /** Dense index of the unit. */
  readonly unit: number;
  readonly stay: Stay;
  /** By place of the window, the days before first. */
  readonly windows: readonly WindowSums[];
  /** How long after its exposure everything is known of it. */
  readonly knownMs: number;
}

export interface Reading {
  readonly warehouse: WarehouseRows;
  /** Whose listeners; everybody when empty. */
  readonly experiment: string;
  readonly asked: ReturnType<typeof windowsFor>;
  /** Before anybody was exposed. */
  readonly since: EpochMs;
  readonly until: EpochMs;
  readonly intents: Judges['intents'];
}

export interface UnitFigures {
  readonly numbers: Map<string, Float64Array>;
  readonly times: Map<string, UnitTimes>;
}

/** Columns of all measures, by the names of `columnsOf`. A measure of a whole window is NaN until the window is known. */
export const figuresOf = async (
  reading: Reading,
  measures: readonly Measure[],
  followed: readonly Followed[],
): Promise<UnitFigures> => {
  const numbers = new Map<string, Float64Array>(beforeColumns(followed.map(({ windows }) => windows[0]!)));
  const times = new Map<string, UnitTimes>();
  for (const measure of measures) {
    const { numerator, denominator, before } = columnsOf(measure.metric.name);
    if (measure.measured.kind === 'absence') {
      const clock = await absenceClock(reading.warehouse, measure.measured.clock, reading.since);
      const after = followed.map(({ windows }) => windows[reading.asked.placeOf(measure.windowMs)]!);
      const unitOf = followed.map(({ unit }) => unit);
      times.set(numerator, timesIn(after, unitOf, clock));
      numbers.set(before, filled(followed.map(({ windows }) => habitOf(windows[0]!, clock))));
      continue;
    }
    const pairs = await pairsOf(reading, measure, followed);
    const isKnown = followed.map(({ knownMs }) => !measure.needsWholeWindow || measure.windowMs <= knownMs);
    const after = (read: (pair: Pair) => number) =>
      Float64Array.from(pairs, (pair, n) => (isKnown[n] && pair.after.denominator > 0 ? read(pair.after) : Number.NaN));
    numbers.set(
      numerator,
      after((pair) => pair.numerator),
    );
    if (measure.spec.kind === 'ratio') {
      numbers.set(
        denominator,
        after((pair) => pair.denominator),
      );
    }
    numbers.set(before, filled(pairs.map((pair) => pair.before.numerator / pair.before.denominator)));
  }
  return { numbers, times };
};

const pairsOf = async (
  { warehouse, experiment, asked, until, intents }: Reading,
  { measured, windowMs }: Measure,
  followed: readonly Followed[],
): Promise<readonly StayOutcomes[]> => {
  const stays = followed.map(({ stay }) => stay);
  switch (measured.kind) {
    case 'outcome':
      return outcomesOfStays(warehouse, measured, stays, { now: until, intents });
    case 'clicks':
      return clicksOfStays(warehouse, stays, { form: measured.form, experiment, until });
    case 'absence':
      throw new RangeError('an absence is no share');
    case 'sums':
    case 'return': {
      const read = (windows: readonly WindowSums[], place: number): Pair =>
        pairOf(measured, windows[place]!, asked.return_ms, SESSION_SUMS);
      return followed.map(({ windows }) => ({
        after: read(windows, asked.placeOf(windowMs)),
        before: read(windows, 0),
      }));
    }
  }
};

/** What everybody has from before, whatever the metrics are. */
export const BEFORE_COLUMNS = ['minutes before', 'sessions before', 'active days before'] as const;

const beforeColumns = (windows: readonly WindowSums[]): [string, Float64Array][] => {
  const sum = (row: WindowSums, name: (typeof SESSION_SUMS)[number]) => row.sums[SESSION_SUMS.indexOf(name)] ?? 0;
  const columns = [
    (row: WindowSums) => sum(row, 'played_ms') / 60_000,
    (row: WindowSums) => sum(row, 'sessions'),
    (row: WindowSums) => row.active_days,
  ];
  return BEFORE_COLUMNS.map((name, n) => [name, Float64Array.from(windows, columns[n]!)]);
};

/** Who has no figure from before counts as the mean. */
const filled = (values: readonly number[]): Float64Array => {
  const known = values.filter((value) => Number.isFinite(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  return Float64Array.from(values, (value) => (Number.isFinite(value) ? value : mean));
};
