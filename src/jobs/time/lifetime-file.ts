/** Lifetime models on a file: purchases, listening days or any act that users repeat until they are gone. */

import { DAY_MS, EngineError, HOUR_MS } from '#domain';
import {
  expectedValue,
  fitGammaGamma,
  fitLifetime,
  type Histories,
  historiesOf,
  type LifetimeFit,
  type LifetimeModelName,
  type ParameterFit,
} from '#stats';
import {
  hasColumn,
  labelColumn,
  momentColumn,
  numberColumn,
  optionalNumberColumn,
  textColumn,
} from '../tables/columns.ts';
import { readTable, type Table } from '../tables/read-table.ts';

export const TIME_UNITS = { hour: HOUR_MS, day: DAY_MS, week: 7 * DAY_MS } as const;
export type TimeUnit = keyof typeof TIME_UNITS;

export interface LifetimeFileOptions {
  readonly data: string;
  readonly header: boolean;
  readonly model: LifetimeModelName;
  /** Columns of acts. */
  readonly user: string;
  readonly time: string;
  readonly value?: string;
  /** Acts after this moment are left out; the last act of all unless given. */
  readonly until?: number;
  /** Acts of a user within one such period are one. */
  readonly period: TimeUnit;
  /** Unit of time of the parameters. */
  readonly unit: TimeUnit;
  /** How far to look ahead, in that unit. */
  readonly ahead: number;
  readonly level: number;
}

export interface UserOutlook {
  readonly user: string;
  readonly frequency: number;
  readonly recency: number;
  readonly age: number;
  /** P(not gone). */
  readonly alive: number;
  /** Expected acts ahead. */
  readonly expected: number;
  /** Expected value of an act; null without values. */
  readonly value: number | null;
}

export interface LifetimeReport {
  readonly model: LifetimeModelName;
  readonly fit: LifetimeFit;
  /** Of the values of acts; null when the file has none. */
  readonly values: ParameterFit | null;
  /** Pearson correlation of frequency and mean value among users who came back; gamma-gamma takes it for 0. */
  readonly valueCorrelation: number | null;
  readonly users: readonly UserOutlook[];
}

interface Known extends Histories {
  readonly names: readonly string[];
  readonly meanValue: Float64Array | undefined;
}

/**
 * Reads acts (user, time, value) or, when the file has the columns frequency, recency and age (or x, t_x, T), ready
 * histories, and fits. @throws {EngineError} unreadable_file, invalid_data.
 */
export const fitLifetimeFile = async (options: LifetimeFileOptions): Promise<LifetimeReport> => {
  const table = await readTable(options.data, { header: options.header });
  const known = summaryOf(table) ?? actsOf(table, options);
  const { level, model } = options;
  const fit = fitChecked(known, model, level, table.path);
  const { meanValue } = known;
  const values = meanValue === undefined ? null : fitGammaGamma({ ...known, meanValue }, { level });
  return {
    model,
    fit,
    values,
    valueCorrelation: meanValue === undefined ? null : correlation(known.frequency, meanValue),
    users: fit.ok ? outlooks(known, fit, values, options.ahead) : [],
  };
};

const fitChecked = (known: Known, model: LifetimeModelName, level: number, path: string): LifetimeFit => {
  try {
    return fitLifetime(known, model, { level });
  } catch (cause) {
    if (cause instanceof RangeError) throw new EngineError('invalid_data', `${path}: ${cause.message}`, { cause });
    throw cause;
  }
};

const SUMMARIES = [
  ['frequency', 'recency', 'age'],
  ['frequency', 'recency', 'T'],
  ['x', 't_x', 'T'],
] as const;

/** Histories that were made elsewhere. */
const summaryOf = (table: Table): Known | undefined => {
  const names = SUMMARIES.find((columns) => columns.every((name) => hasColumn(table, name)));
  if (names === undefined) return undefined;
  const value = ['value', 'zbar'].find((name) => hasColumn(table, name));
  const id = ['user', 'ID'].find((name) => hasColumn(table, name));
  return {
    names: id === undefined ? table.rows.map((_, at) => String(at + 1)) : textColumn(table, id),
    frequency: numberColumn(table, names[0]),
    recency: numberColumn(table, names[1]),
    age: numberColumn(table, names[2]),
    meanValue: value === undefined ? undefined : optionalNumberColumn(table, value),
  };
};

const actsOf = (table: Table, { user, time, value, until, period, unit }: LifetimeFileOptions): Known => {
  const { names, of } = labelColumn(table, user);
  const times = momentColumn(table, time);
  const values = value === undefined ? undefined : numberColumn(table, value);
  const { users, meanValue, ...histories } = historiesOf(
    { users: of, times, ...(values && { values }) },
    {
      until: until ?? times.reduce((last, each) => Math.max(last, each), Number.NEGATIVE_INFINITY),
      periodMs: TIME_UNITS[period],
      unitMs: TIME_UNITS[unit],
    },
  );
  if (users.length === 0) throw new EngineError('invalid_data', `${table.path} has no acts by the end of observation`);
  return { ...histories, names: users.map((at) => names[at]!), meanValue: values && meanValue };
};

const outlooks = (
  { names, frequency, recency, age, meanValue }: Known,
  fit: Extract<LifetimeFit, { ok: true }>,
  values: ParameterFit | null,
  ahead: number,
): readonly UserOutlook[] =>
  names.map((user, i) => {
    const history = { x: frequency[i]!, tx: recency[i]!, T: age[i]! };
    const worth = values?.ok ? expectedValue(values.values, history.x, meanValue![i]!) : Number.POSITIVE_INFINITY;
    return {
      user,
      frequency: history.x,
      recency: history.tx,
      age: history.T,
      alive: fit.alive(history),
      expected: fit.expectedActs(history, ahead),
      value: Number.isFinite(worth) ? worth : null,
    };
  });

const correlation = (frequency: Float64Array, meanValue: Float64Array): number | null => {
  const rows = Array.from(frequency, (x, i) => [x, meanValue[i]!] as const).filter(([x, m]) => x > 0 && m > 0);
  const mean = (at: 0 | 1) => rows.reduce((sum, row) => sum + row[at], 0) / rows.length;
  const [a, b] = [mean(0), mean(1)];
  let [ab, aa, bb] = [0, 0, 0];
  for (const [x, m] of rows) {
    ab += (x - a) * (m - b);
    aa += (x - a) ** 2;
    bb += (m - b) ** 2;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : null;
};
