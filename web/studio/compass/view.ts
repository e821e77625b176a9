/** The compass from its answer: words for numbers, points for charts. */

import type { CompassWire, EstimateWire } from '#api';
import { count, counted, percent } from '../../words.ts';

export type CompassCard = CompassWire['cards'][number];

const signs = (value: number): string => {
  const size = Math.abs(value);
  return size >= 100 ? value.toFixed(0) : size >= 1 ? value.toFixed(2) : value.toPrecision(2);
};

/** A share with its interval, or why there is none. */
export const shareWords = (estimate: EstimateWire): string => {
  if (!estimate.ok) return estimate.words;
  const { lower, upper } = estimate.interval;
  return `${percent(estimate.value)} (${percent(lower ?? 0)} to ${percent(upper ?? 1)})`;
};

/** A number with its interval, or why there is none. */
export const numberWords = (estimate: EstimateWire): string => {
  if (!estimate.ok) return estimate.words;
  const { lower, upper } = estimate.interval;
  return `${signs(estimate.value)} (${lower === null ? '…' : signs(lower)} to ${upper === null ? '…' : signs(upper)})`;
};

export const beatsWords = ({ units, reason }: CompassCard['beats_direct_below']): string => {
  if (units !== null) return `below ${count(Math.round(units))} units`;
  return reason === 'never' ? 'at no size' : reason === 'always' ? 'at every size' : 'unknown';
};

export const driftWords = (drift: CompassCard['drift']): string => {
  if (drift === null) return 'unknown: too few dated experiments';
  return drift.moved ? `moved by ${numberWords(drift.difference)}` : 'none seen';
};

export const flagWords = ({ kind, experiments }: CompassCard['flags'][number], outcome: string): string => {
  switch (kind) {
    case 'up_while_outcome_down':
      return `Went up while ${outcome} went down in ${counted(experiments.length, 'experiment')}`;
    case 'easy_to_move_says_little':
      return 'Easy to move, says little';
    case 'points_the_other_way':
      return 'Points the other way: up is worse';
  }
};

/** Lines of a card: what, and how much. */
export const cardLines = (card: CompassCard, outcome: string): readonly (readonly [string, string])[] => [
  ['Tells of the long-term effect', shareWords(card.surrogacy)],
  [`${outcome} for one unit of it`, numberWords(card.slope)],
  ['Moves beyond noise', shareWords(card.sensitivity)],
  ['False alarms in A/A tests', shareWords(card.false_alarms)],
  ['Moves the same way', shareWords(card.direction_agreement)],
  ['Beats measuring the outcome', beatsWords(card.beats_direct_below)],
  ['Can be read after', card.latency_days === null ? 'unknown' : counted(card.latency_days, 'day')],
  ['Drift since last validation', driftWords(card.drift)],
];

export interface Row {
  readonly metric: string;
  readonly cells: readonly {
    readonly intent: string;
    readonly words: string;
    readonly strength: number;
    /** Ends of the interval of |strength|; null where there is none. */
    readonly reach: readonly [number, number] | null;
    readonly n: number;
  }[];
}

export const EVERYWHERE = 'all intents';

const toCell = ({ intent, n, slope, surrogacy }: CompassWire['matrix'][number]): Row['cells'][number] => {
  const sign = slope.ok && slope.value < 0 ? -1 : 1;
  return {
    intent: intent ?? EVERYWHERE,
    n,
    words: surrogacy.ok ? `${sign < 0 ? '−' : '+'} ${shareWords(surrogacy)}` : surrogacy.words,
    strength: slope.ok && surrogacy.ok ? sign * surrogacy.value : 0,
    reach: surrogacy.ok ? [surrogacy.interval.lower ?? 0, surrogacy.interval.upper ?? 1] : null,
  };
};

/** The matrix by metric: R² with the slope's sign, from −1 to 1, as the words beside it say, 0 where it is unknown. */
export const matrixRows = (
  matrix: CompassWire['matrix'],
): { readonly intents: readonly string[]; readonly rows: readonly Row[] } => {
  const intents = [...new Set(matrix.map(({ intent }) => intent ?? EVERYWHERE))];
  const metrics = [...new Set(matrix.map(({ metric }) => metric))];
  const rows = metrics.map((metric) => ({
    metric,
    cells: matrix.filter((cell) => cell.metric === metric).map(toCell),
  }));
  return { intents, rows };
};

export interface WeightPoint {
  readonly n: number;
  readonly metric: string;
  readonly share: number;
}

export const weightPoints = ({ proxies, sizes }: CompassWire): readonly WeightPoint[] =>
  sizes.flatMap(({ n, shares }) => (shares ?? []).map((share, at) => ({ n, metric: proxies[at] ?? '', share })));

export const weightWords = (compass: CompassWire): string => {
  const best = ({ shares }: CompassWire['sizes'][number]): string | undefined => {
    if (shares === null || shares.length === 0) return undefined;
    const at = shares.reduce((most, share, place) => (Math.abs(share) > Math.abs(shares[most] ?? 0) ? place : most), 0);
    return compass.proxies[at];
  };
  const [first, last] = [compass.sizes[0], compass.sizes.at(-1)];
  if (!first || !last || !best(first) || !best(last)) return 'No metric goes with the outcome: there is no proxy.';
  return `In a test of ${count(first.n)} units the proxy leans most on ${best(first)}, in one of ${count(last.n)} on ${best(last)}.`;
};

export const corpusWords = ({ corpus, noise }: CompassWire): string => {
  if (corpus === null) return '';
  const errors =
    noise === 'a/a tests'
      ? `error correlations from ${counted(corpus.aa, 'A/A test')}`
      : 'errors of metrics taken for independent: A/A tests would tell';
  const own = corpus.archived > 0 ? ` (${corpus.archived} run here)` : '';
  const out = corpus.left_out.map(({ experiment, reason }) => ` Left out: ${experiment}, ${reason}.`).join('');
  return `${counted(corpus.experiments, 'experiment')}${own}, ${counted(corpus.metrics.length, 'metric')}; ${errors}.${out}`;
};

export const TOGETHER = 'all together';

/** Shares of decisions, the two that are drawn first. */
export const DECISION_SHARES = [
  { field: 'agreement', title: 'Decides alike' },
  { field: 'recall', title: 'Launches what should be' },
  { field: 'precision', title: 'Of its launches, right' },
  { field: 'contradictions', title: 'Launches what should stop, or the reverse' },
] as const;

type DecisionShare = (typeof DECISION_SHARES)[number];

export interface SharePoint {
  readonly name: string;
  /** Percent. */
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/** Those that have an interval; the table says why others have none. */
export const decisionPoints = (
  validation: CompassWire['validation'],
  field: DecisionShare['field'],
): readonly SharePoint[] =>
  validation.flatMap((row) => {
    const share = row[field];
    if (!share.ok) return [];
    const { lower, upper } = share.interval;
    const name = row.metric ?? TOGETHER;
    return [{ name, value: 100 * share.value, lower: 100 * (lower ?? 0), upper: 100 * (upper ?? 1) }];
  });

export const decisionWords = (validation: CompassWire['validation'], { field, title }: DecisionShare): string =>
  `${title}: ${validation.map((row) => `${row.metric ?? TOGETHER} ${shareWords(row[field])}`).join('; ')}.`;
