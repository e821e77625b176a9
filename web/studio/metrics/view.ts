/** Metrics from their answers: rows with intervals, panels, differences of two periods, words. */

import type { AbsenceCurvesWire, EstimateWire, FigureWire, LifeCycleWire, MetricsReportWire, MetricWire } from '#api';
import { shortCount, unsnake } from '../../words.ts';

/** Which of the two figures is drawn. */
export type Counting = 'users' | 'events';

export const estimateOf = (figure: FigureWire, counting: Counting): EstimateWire => {
  const [asked, other] =
    counting === 'users' ? [figure.by_users, figure.by_events] : [figure.by_events, figure.by_users];
  // Some metrics have one of the two only.
  return !asked.ok && other.ok ? other : asked;
};

export interface Row {
  readonly key: string;
  /** Name on the axis. */
  readonly name: string;
  /** Panel it stands in; empty when there is one. */
  readonly panel: string;
  readonly value: number;
  /** Null where the interval is open. */
  readonly lower: number | null;
  readonly upper: number | null;
  readonly n: number;
  readonly users: number;
  /** What is not in it, in words; empty when everything is. */
  readonly beside: string;
  readonly polarity: FigureWire['polarity'];
}

export interface Missing {
  readonly key: string;
  readonly words: string;
  readonly beside: string;
}

const word = (name: string | null): string => (name === null ? '' : unsnake(name));

/** Rows are named by intent where the report is by it; panels are devices, or surfaces. */
const placeOf = ({ cell }: FigureWire): { name: string; panel: string } => {
  const names = [cell.intent, cell.device, cell.surface].filter((name) => name !== null);
  const [first = null, ...rest] = names;
  return { name: first === null ? 'Everybody' : word(first), panel: rest.map(word).join(', ') };
};

export const cellWords = (figure: FigureWire): string => {
  const { name, panel } = placeOf(figure);
  return panel === '' ? name : `${name}, ${panel}`;
};

const besideWords = ({ left_out, unknown }: FigureWire): string =>
  [...(left_out > 0 ? [`${left_out} too young`] : []), ...(unknown > 0 ? [`${unknown} unknown`] : [])].join(', ');

export const viewRows = (
  figures: readonly FigureWire[],
  counting: Counting,
): { readonly rows: readonly Row[]; readonly missing: readonly Missing[] } => {
  const rows: Row[] = [];
  const missing: Missing[] = [];
  for (const figure of figures) {
    const estimate = estimateOf(figure, counting);
    const key = cellWords(figure);
    if (!estimate.ok) {
      missing.push({ key, words: estimate.words, beside: besideWords(figure) });
      continue;
    }
    const { lower, upper } = estimate.interval;
    const { users, polarity } = figure;
    const { value, n } = estimate;
    rows.push({ key, ...placeOf(figure), value, lower, upper, n, users, beside: besideWords(figure), polarity });
  }
  return { rows, missing };
};

/** Panels in the order of how many users they hold; more than a dozen would not be looked at. */
export const panelsOf = (rows: readonly Row[]): readonly string[] => {
  const users = new Map<string, number>();
  for (const row of rows) users.set(row.panel, (users.get(row.panel) ?? 0) + row.users);
  return [...users]
    .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
    .map(([panel]) => panel)
    .slice(0, 12);
};

export const POLARITY_WORDS = {
  up: 'more is better',
  down: 'less is better',
  free: 'neither is claimed',
} as const;
export const POLARITY_SIGNS = { up: '▲', down: '▼', free: '–' } as const;

/** Readings that differ between the cells shown: why more is good for one and bad for another. */
export const oppositeReadings = (figures: readonly FigureWire[]): readonly string[] => {
  const polarities = new Set(figures.map(({ polarity }) => polarity));
  if (polarities.size < 2) return [];
  const said = new Map<string, string>();
  for (const { cell, polarity, because } of figures) {
    const name = cell.intent ?? cell.device ?? '';
    if (name !== '' && because !== null)
      said.set(name, `${unsnake(name)}: ${POLARITY_WORDS[polarity]}, because ${because}.`);
  }
  const usual = figures.find(({ because }) => because === null);
  return [...said.values(), ...(usual === undefined ? [] : [`Elsewhere: ${POLARITY_WORDS[usual.polarity]}.`])];
};

const digits = (value: number): string => {
  const size = Math.abs(value);
  return size >= 100
    ? value.toFixed(0)
    : size >= 10
      ? value.toFixed(1)
      : size >= 1
        ? value.toFixed(2)
        : value.toFixed(3);
};

export const valueWords = (value: number, unit: string): string =>
  unit === 'share' ? `${(100 * value).toFixed(1)} %` : `${digits(value)} ${unit}`;

const boundWords = (value: number | null, unit: string): string =>
  value === null ? 'open' : unit === 'share' ? (100 * value).toFixed(1) : digits(value);

export const rowWords = (row: Pick<Row, 'value' | 'lower' | 'upper'>, unit: string): string =>
  `${valueWords(row.value, unit)} [${boundWords(row.lower, unit)}, ${boundWords(row.upper, unit)}]`;

/** Of shares in percentage points, so that nobody takes it for a relative change. */
export const differenceWords = (row: Pick<Row, 'value' | 'lower' | 'upper'>, unit: string): string =>
  rowWords(row, unit).replace(' %', ' points');

export const reportWords = (report: MetricsReportWire, metric: MetricWire, counting: Counting): string => {
  const { rows, missing } = viewRows(
    report.figures.filter((figure) => figure.metric === metric.name),
    counting,
  );
  if (report.period === null || rows.length === 0) return 'Nothing in this period.';
  const sorted = [...rows].sort((a, b) => b.value - a.value);
  const [most, least] = [sorted[0], sorted.at(-1)];
  const range =
    rows.length < 2 || !most || !least
      ? `${rows[0]?.key}: ${rowWords(rows[0] as Row, metric.unit)}`
      : `From ${valueWords(least.value, metric.unit)} (${least.key}) to ${valueWords(most.value, metric.unit)} (${most.key})`;
  const none = missing.length === 0 ? '' : ` ${missing.length} without a figure.`;
  return `${range}; lines are 95 % intervals, each with listeners as units.${none}`;
};

export interface Change {
  readonly key: string;
  readonly before: Row;
  readonly now: Row;
  readonly difference: number;
  readonly lower: number | null;
  readonly upper: number | null;
  /** What the change means by the polarity of the cell; `unclear` while the interval holds zero or neither is claimed. */
  readonly reading: 'better' | 'worse' | 'unclear';
}

/**
 * Differences of two periods, as if they were of different listeners: they are mostly the same, who are alike in both, so
 * the interval is wider than need be, never narrower for that reason.
 */
export const changesOf = (now: readonly Row[], before: readonly Row[]): readonly Change[] => {
  const earlier = new Map(before.map((row) => [row.key, row]));
  return now.flatMap((row): Change[] => {
    const past = earlier.get(row.key);
    if (past === undefined) return [];
    const difference = row.value - past.value;
    const half = halfOf(row) === null || halfOf(past) === null ? null : Math.hypot(halfOf(row) ?? 0, halfOf(past) ?? 0);
    const [lower, upper] = half === null ? [null, null] : [difference - half, difference + half];
    return [{ key: row.key, before: past, now: row, difference, lower, upper, reading: readingOf(row, lower, upper) }];
  });
};

/** `30 compared: 2 better, 1 worse, 27 cannot be told`. */
export const changesWords = (changes: readonly Change[]): string => {
  const of = (reading: Change['reading']): number => changes.filter((change) => change.reading === reading).length;
  return `${changes.length} compared: ${of('better')} better, ${of('worse')} worse, ${of('unclear')} cannot be told`;
};

const halfOf = ({ lower, upper }: Row): number | null =>
  lower === null || upper === null ? null : (upper - lower) / 2;

const readingOf = ({ polarity }: Row, lower: number | null, upper: number | null): Change['reading'] => {
  if (polarity === 'free' || lower === null || upper === null || (lower <= 0 && upper >= 0)) return 'unclear';
  return lower > 0 === (polarity === 'up') ? 'better' : 'worse';
};

/** The period of the same length just before. */
export const periodBefore = ({ from, days }: { readonly from: string; readonly days: number }) => ({
  from: new Date(Date.parse(`${from}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10),
  to: from,
});

const SHOWN_CURVES = 4;
const isOpen = (lower: number, upper: number): boolean => lower === 0 && upper === 1;

export interface CurvePoint {
  readonly name: string;
  readonly hours: number;
  readonly share: number;
  readonly lower: number;
  readonly upper: number;
}

type WirePoint = AbsenceCurvesWire['curves'][number]['points'][number];

const pointOf = ({ hours, away, lower, upper }: WirePoint, reading: 'away' | 'back'): Omit<CurvePoint, 'name'> => {
  const share = reading === 'away' ? away : 1 - away;
  // A band from 0 to 1 says that none can be told: nothing is drawn.
  if (isOpen(lower, upper)) return { hours, share, lower: Number.NaN, upper: Number.NaN };
  return reading === 'away' ? { hours, share, lower, upper } : { hours, share, lower: 1 - upper, upper: 1 - lower };
};

/** Curves of the cells with most users: who is still away, or who is back. */
export const viewCurves = (answer: AbsenceCurvesWire, reading: 'away' | 'back', mostHours: number) => {
  const curves = answer.curves
    .filter(({ points }) => points.length > 0)
    .sort((a, b) => b.users - a.users)
    .slice(0, SHOWN_CURVES);
  const names = curves.map(({ cell }) => word(cell.device ?? cell.intent ?? cell.surface) || 'Everybody');
  const points = curves.flatMap((curve, n) =>
    curve.points
      .filter(({ hours }) => hours <= mostHours)
      .map((point): CurvePoint => ({ name: names[n] ?? '', ...pointOf(point, reading) })),
  );
  return { names, points };
};

export const STAGES = ['new', 'engaged', 're_engaged', 'resting', 'dormant', 'churned'] as const;

export const stageWord = (stage: (typeof STAGES)[number]): string => unsnake(stage).replace('Re engaged', 'Re-engaged');

export const lifeWords = ({ weeks }: LifeCycleWire): string => {
  const last = weeks.at(-1)?.week;
  if (last === undefined) return 'Nobody yet.';
  const of = (stage: (typeof STAGES)[number]): number =>
    weeks.find((row) => row.week === last && row.stage === stage)?.users ?? 0;
  const parts = STAGES.map((stage) => `${shortCount(of(stage))} ${stageWord(stage).toLowerCase()}`);
  return `In the week of ${last}: ${parts.join(', ')} listeners.`;
};

/** What a chart shows, as CSV. */
export const figuresCsv = (figures: readonly FigureWire[]): string => {
  const cells = (estimate: EstimateWire): readonly (string | number)[] =>
    estimate.ok
      ? [estimate.value, estimate.interval.lower ?? '', estimate.interval.upper ?? '', estimate.n, '']
      : ['', '', '', '', estimate.reason];
  const head =
    'metric,surface,intent,device,polarity,by_events,lower,upper,n,reason,by_users,lower,upper,n,reason,users,events';
  const lines = figures.map(({ metric, cell, polarity, by_events, by_users, users, events }) =>
    [
      metric,
      cell.surface ?? '',
      cell.intent ?? '',
      cell.device ?? '',
      polarity,
      ...cells(by_events),
      ...cells(by_users),
      users,
      events,
    ].join(','),
  );
  return [head, ...lines].join('\n');
};

export const rowsCsv = (rows: readonly Readonly<Record<string, string | number>>[]): string => {
  const names = Object.keys(rows[0] ?? {});
  return [names.join(','), ...rows.map((row) => names.map((name) => row[name]).join(','))].join('\n');
};
