/** From the answers about experiments to what is drawn and said. Pure. */

import {
  type EffectEstimate,
  type ExperimentAnalysis,
  type ExperimentEntry,
  type ExperimentMetric,
  type ExperimentPower,
  effectReason,
  type LookPath,
} from '#api';

export const STATES: readonly ExperimentEntry['state'][] = ['running', 'planned', 'stopped'];

export const stateWord: Readonly<Record<ExperimentEntry['state'], string>> = {
  running: 'Live',
  planned: 'Planned',
  stopped: 'Archive',
};

/** A relative change with sign and the digits that matter. */
export const signedPercent = (share: number): string => {
  const value = 100 * share;
  const digits = Math.abs(value) >= 10 ? 1 : 2;
  return `${value > 0 ? '+' : ''}${value.toFixed(digits)} %`;
};

export const estimateWords = (estimate: EffectEstimate, write: (value: number) => string): string =>
  estimate.ok
    ? `${write(estimate.value)} (${write(estimate.interval.lower)} to ${write(estimate.interval.upper)})`
    : `unknown: ${effectReason(estimate.reason)}`;

/** A line of the forest plot: a change in percent, its interval, and how far a guardrail may fall. */
export interface ForestRow {
  readonly key: string;
  readonly name: string;
  readonly role: ExperimentMetric['role'];
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  /** Percent beyond which a guardrail is broken; on the side that is worse. */
  readonly margin: number | null;
  readonly state: 'better' | 'worse' | 'open';
}

/** What fits into so many pixels of the labels beside a chart; what does not ends in dots. */
export const shortLabel = (name: string, pixels: number): string => {
  const most = Math.max(4, Math.floor(pixels / LABEL_PIXELS));
  return name.length <= most ? name : `${name.slice(0, most - 1)}…`;
};

/** Width of a letter of the labels. */
export const LABEL_PIXELS = 6.4;

/** Changes that can be drawn; what cannot is told in the table. */
export const forestRows = (metrics: readonly ExperimentMetric[]): ForestRow[] =>
  metrics.flatMap((metric) =>
    metric.changes.flatMap(({ arm, relative }) => (relative.ok ? [rowOf(metric, arm, relative)] : [])),
  );

const rowOf = (
  metric: ExperimentMetric,
  arm: string,
  { value, interval }: EffectEstimate & { ok: true },
): ForestRow => ({
  key: `${metric.metric} ${arm}`,
  name: metric.changes.length > 1 ? `${metric.metric}, ${arm}` : metric.metric,
  role: metric.role,
  value: 100 * value,
  lower: 100 * interval.lower,
  upper: 100 * interval.upper,
  margin: metric.margin === null ? null : (metric.better === 'up' ? -100 : 100) * metric.margin,
  state: stateOf(metric.better, interval),
});

const stateOf = (better: 'up' | 'down', { lower, upper }: { lower: number; upper: number }): ForestRow['state'] => {
  if (lower > 0) return better === 'up' ? 'better' : 'worse';
  if (upper < 0) return better === 'up' ? 'worse' : 'better';
  return 'open';
};

export const forestWords = (rows: readonly ForestRow[]): string => {
  if (rows.length === 0) return 'No metric has an interval yet.';
  const told = rows.map(
    ({ name, value, lower, upper }) =>
      `${name} ${signedPercent(value / 100)} (${signedPercent(lower / 100)} to ${signedPercent(upper / 100)})`,
  );
  return `Relative change against the control with its interval: ${told.join('; ')}.`;
};

export interface PowerPoint {
  readonly metric: string;
  /** Percent. */
  readonly change: number;
  readonly power: number;
}

export const powerPoints = (power: ExperimentPower): PowerPoint[] =>
  power.metrics.flatMap(({ metric, curve }) =>
    curve.map(({ change, power: chance }) => ({ metric, change: 100 * change, power: chance })),
  );

export const powerWords = (power: ExperimentPower): string =>
  power.metrics.length === 0
    ? 'The warehouse does not tell the variance of any metric yet.'
    : `Chance of seeing a relative change, at the planned units. ${power.metrics
        .map(({ metric, detectable }) => `${metric} sees ${signedPercent(detectable)}`)
        .join('; ')}.`;

/** Exposed units over those planned, in [0, 1] and beyond. */
export const progressOf = (analysis: ExperimentAnalysis): number =>
  analysis.arms.reduce((sum, arm) => sum + arm.exposed, 0) / analysis.planned_units;

export interface LookPoint {
  readonly series: string;
  readonly units: number;
  /** Percent. */
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/** Looks that have an interval; the first ones may be too early. */
export const lookPoints = (path: readonly LookPath[]): LookPoint[] =>
  path.flatMap(({ metric, arm, looks }) =>
    looks.flatMap(({ units, relative }) =>
      relative.ok
        ? [
            {
              series: `${metric}, ${arm}`,
              units,
              value: 100 * relative.value,
              lower: 100 * relative.interval.lower,
              upper: 100 * relative.interval.upper,
            },
          ]
        : [],
    ),
  );

/**
 * What of the looks is drawn: the ends of the second half of them and 0. The first ones are often many times as wide, and
 * would press the rest into a line.
 */
export const lookDomain = (points: readonly LookPoint[]): readonly [number, number] => {
  const last = points.reduce((most, { units }) => Math.max(most, units), 0);
  const late = points.filter(({ units }) => units >= last / 2);
  const ends = late.flatMap(({ lower, upper }) => [lower, upper]);
  return [Math.min(0, ...ends), Math.max(0, ...ends)];
};

export const lookWords = (points: readonly LookPoint[]): string => {
  const last = new Map(points.map((point) => [point.series, point]));
  const told = [...last.values()].map(
    ({ series, units, value, lower, upper }) =>
      `${series}: ${signedPercent(value / 100)} (${signedPercent(lower / 100)} to ${signedPercent(upper / 100)}) after ${units} units`,
  );
  const [least, most] = lookDomain(points);
  const beyond = points.some(({ lower, upper }) => lower < least || upper > most);
  const cut = beyond ? ' The first looks reach beyond what is drawn.' : '';
  return `Units in the order of their exposure, with what is known of them now; every interval holds at all looks. ${told.join('; ')}.${cut}`;
};

/** The name that a document gives itself, in YAML or JSON; null when none is seen. */
export const documentName = (text: string): string | null =>
  /^\s*"?name"?\s*:\s*"?([a-z0-9_-]+)"?/m.exec(text)?.[1] ?? null;
