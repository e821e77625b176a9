/** Past experiments, metric by metric: what proxies are learned from. */

import { EngineError, type EpochMs } from '#domain';

/** What one experiment did to one metric: treatment minus control. */
export interface EffectRow {
  readonly experiment: string;
  readonly metric: string;
  readonly effect: number;
  /** Standard error of the effect, above 0. */
  readonly standardError: number;
  /** Units of the experiment, both arms together. */
  readonly n: number;
  /** The part of the traffic it was measured on; a missing dimension means all of it. */
  readonly surface?: string;
  readonly intent?: string;
  readonly device?: string;
  /** When the experiment ended. */
  readonly at?: EpochMs;
  /** Days after assignment at which the metric can be read. */
  readonly days?: number;
  /** True for an A/A test: nothing differed between its arms. */
  readonly aa?: boolean;
}

export const CONTEXT_DIMENSIONS = ['surface', 'intent', 'device'] as const;
export type ContextDimension = (typeof CONTEXT_DIMENSIONS)[number];
export type Context = Readonly<Partial<Record<ContextDimension, string>>>;

/** One experiment in one context; effects in the order of the corpus's metrics, NaN where a metric was not measured. */
export interface ExperimentEffects {
  readonly experiment: string;
  readonly context: Context;
  readonly n: number;
  readonly at: EpochMs | undefined;
  readonly effects: Float64Array;
  readonly standardErrors: Float64Array;
}

export interface Corpus {
  readonly metrics: readonly string[];
  /** Days at which each metric can be read; undefined where no row says it. */
  readonly days: readonly (number | undefined)[];
  readonly experiments: readonly ExperimentEffects[];
  /** A/A tests: they teach the noise, nothing else. */
  readonly aa: readonly ExperimentEffects[];
}

interface Cell {
  readonly row: EffectRow;
  readonly values: Map<number, EffectRow>;
}

/**
 * Rows by experiment and context. Where an experiment has rows without a context they are the whole of it, and its
 * slices are left to `inContext`. @throws {EngineError} invalid_data for a standard error that is not above 0, an n that
 * is not, or the same metric of an experiment and context twice.
 */
export const toCorpus = (rows: readonly EffectRow[]): Corpus => {
  const metrics = [...new Set(rows.map((row) => row.metric))];
  const places = new Map(metrics.map((metric, at) => [metric, at]));
  const days: (number | undefined)[] = metrics.map(() => undefined);
  const cells = new Map<string, Cell>();
  for (const row of rows) {
    checkRow(row);
    const at = places.get(row.metric)!;
    days[at] = row.days ?? days[at];
    const key = JSON.stringify([row.experiment, ...CONTEXT_DIMENSIONS.map((name) => row[name] ?? null)]);
    const cell = cells.get(key) ?? { row, values: new Map() };
    cells.set(key, cell);
    if (cell.values.has(at)) throw twice(row);
    cell.values.set(at, row);
  }
  const made = [...cells.values()];
  const toEffects = (cell: Cell) => effectsOf(cell, metrics.length);
  return {
    metrics,
    days,
    experiments: made.filter(({ row }) => row.aa !== true).map(toEffects),
    aa: made.filter(({ row }) => row.aa === true).map(toEffects),
  };
};

const checkRow = (row: EffectRow): void => {
  const what = `experiment "${row.experiment}", metric "${row.metric}"`;
  if (!Number.isFinite(row.effect)) throw invalid(`${what}: the effect is ${row.effect}, expected a number`);
  if (!(row.standardError > 0 && Number.isFinite(row.standardError))) {
    throw invalid(`${what}: the standard error is ${row.standardError}, expected a number above 0`);
  }
  if (!(row.n > 0 && Number.isFinite(row.n))) throw invalid(`${what}: n is ${row.n}, expected a number above 0`);
};

const invalid = (message: string): EngineError => new EngineError('invalid_data', message);

const twice = (row: EffectRow): EngineError => {
  const context = CONTEXT_DIMENSIONS.flatMap((name) => row[name] ?? []).join(' × ');
  return invalid(
    `experiment "${row.experiment}" has metric "${row.metric}"${context && ` on ${context}`} twice: expected one row each`,
  );
};

const effectsOf = ({ row, values }: Cell, count: number): ExperimentEffects => {
  const rows = Array.from({ length: count }, (_, at) => values.get(at));
  const context = Object.fromEntries(
    CONTEXT_DIMENSIONS.flatMap((name) => (row[name] === undefined ? [] : [[name, row[name]]])),
  );
  return {
    experiment: row.experiment,
    context,
    n: row.n,
    at: rows.find((each) => each?.at !== undefined)?.at,
    effects: Float64Array.from(rows, (each) => each?.effect ?? Number.NaN),
    standardErrors: Float64Array.from(rows, (each) => each?.standardError ?? Number.NaN),
  };
};

/** Every dimension that the outer context names is as it says. */
const isInside = (inner: Context, outer: Context): boolean =>
  CONTEXT_DIMENSIONS.every((name) => outer[name] === undefined || inner[name] === outer[name]);

/** Each experiment once as a whole: without its slices, or with them where that is all there is. */
export const wholes = (corpus: Corpus): readonly ExperimentEffects[] => inContext(corpus, {});

/**
 * Experiments measured in a context, without the slices of what is there as one: a row of exactly this context stands
 * alone for its experiment.
 */
export const inContext = ({ experiments }: Corpus, context: Context): readonly ExperimentEffects[] => {
  const inside = experiments.filter((each) => isInside(each.context, context));
  const contexts = new Map<string, Context[]>();
  for (const each of inside) contexts.set(each.experiment, [...(contexts.get(each.experiment) ?? []), each.context]);
  return inside.filter(
    (each) => !contexts.get(each.experiment)!.some((other) => other !== each.context && isInside(each.context, other)),
  );
};

/** Place of a metric. @throws {EngineError} invalid_data with the metrics there are. */
export const metricAt = ({ metrics }: Corpus, name: string): number => {
  const at = metrics.indexOf(name);
  if (at >= 0) return at;
  throw invalid(`the corpus has no metric "${name}": it has ${metrics.join(', ')}`);
};
