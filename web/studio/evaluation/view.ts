/** From judged runs and collections to what is drawn. */

import type { CollectionReportWire, EstimateWire, JudgedRunsWire } from '#api';

type JudgedMeasure = JudgedRunsWire['measures'][number];

/** Adjusted p-values below it are called a difference. */
const LEVEL = 0.05;

export const fixed = (value: number): string => value.toFixed(4);

/** `0.4321 [0.4000, 0.4642]`, or the reason in words. */
export const withInterval = (estimate: EstimateWire | null): string => {
  if (estimate === null) return '–';
  if (!estimate.ok) return estimate.words;
  const { lower, upper } = estimate.interval;
  const bound = (value: number | null) => (value === null ? '∞' : fixed(value));
  return `${fixed(estimate.value)} [${bound(lower)}, ${bound(upper)}]`;
};

/** Small p-values by their size: a row of zeros says nothing. */
export const probability = (p: number | null): string => {
  if (p === null) return '–';
  return p < 0.0001 ? '< 0.0001' : p.toFixed(4);
};

export interface Verdict {
  readonly words: string;
  readonly tone: 'better' | 'worse' | 'open';
}

/** Who is better on a measure, by the p-value adjusted over all measures shown. */
export const verdictOf = ({ difference, test, p_holm }: JudgedMeasure, other: string): Verdict | null => {
  if (difference === null || test === null) return null;
  if (!test.ok) return { words: `cannot be tested: ${test.words}`, tone: 'open' };
  if (!difference.ok || p_holm === null || p_holm >= LEVEL) return { words: 'not told apart', tone: 'open' };
  return difference.value > 0
    ? { words: `better than ${other}`, tone: 'better' }
    : { words: `worse than ${other}`, tone: 'worse' };
};

/** One mean with its interval, as a chart draws it. */
export interface MeanMark {
  readonly row: string;
  readonly series: string;
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

export const markOf = (row: string, series: string, estimate: EstimateWire | null): MeanMark[] => {
  if (estimate === null || !estimate.ok) return [];
  const { lower, upper } = estimate.interval;
  return lower === null || upper === null ? [] : [{ row, series, value: estimate.value, lower, upper }];
};

/** Means of both runs, measure by measure. */
export const meanMarks = ({ run_id, other_run_id, measures }: JudgedRunsWire): MeanMark[] =>
  measures.flatMap(({ measure, run, other }) => [
    ...markOf(measure, nameOfRun(run_id, 'run'), run),
    ...markOf(measure, nameOfRun(other_run_id ?? '', 'other run'), other),
  ]);

/** Two runs of one name must still be two. */
export const seriesNames = ({ run_id, other_run_id }: JudgedRunsWire): readonly string[] =>
  other_run_id === null ? [nameOfRun(run_id, 'run')] : [nameOfRun(run_id, 'run'), nameOfRun(other_run_id, 'other run')];

const nameOfRun = (name: string, place: string): string => `${place}: ${name}`;

export interface TopicDifference {
  readonly topic: string;
  readonly difference: number;
}

/** Topics that both runs have, from the greatest gain to the greatest loss. */
export const topicDifferences = ({ by_topic }: JudgedMeasure): TopicDifference[] =>
  by_topic
    .flatMap(({ topic, run, other }) => (other === null ? [] : [{ topic, difference: run - other }]))
    .sort((a, b) => b.difference - a.difference);

/** What the chart of differences says, read out in its place. */
export const differencesWords = (differences: readonly TopicDifference[]): string => {
  const gains = differences.filter(({ difference }) => difference > 0).length;
  const losses = differences.filter(({ difference }) => difference < 0).length;
  return `The run is better on ${gains} topics, worse on ${losses}, the same on ${differences.length - gains - losses}.`;
};

/** What leaving a team out says of the collection. */
export const reusabilityWords = ({ reusability, unit }: CollectionReportWire): string => {
  const { unique, relevant, largest_loss, runs } = reusability;
  const fallen = runs.filter(({ places_lost }) => places_lost > 0).map(({ team, run }) => `${team}/${run}`);
  const loss = largest_loss === null ? '' : ` The largest loss of a run is ${(100 * largest_loss).toFixed(1)} %.`;
  const places = fallen.length === 0 ? 'Every run keeps its place' : `${fallen.join(', ')} would fall`;
  return `${unique} of ${relevant} relevant ${unit} came from one team alone. ${places} when judged as a stranger.${loss}`;
};

type BeyondMeasure = JudgedRunsWire['beyond'][number]['measure'];

/** Name and question of each measure beyond accuracy. */
export const BEYOND_WORDS: Readonly<Record<BeyondMeasure, { readonly name: string; readonly question: string }>> = {
  coverage: { name: 'Catalogue coverage', question: 'Which share of the catalogue is in some list?' },
  gini: { name: 'Gini of exposure', question: 'How uneven is it? 0: all alike, near 1: all on few.' },
  novelty: { name: 'Novelty, bits', question: 'How little known are the items?' },
  intra_list_diversity: { name: 'Intra-list diversity', question: 'How far apart are two items of a list?' },
  calibration_error: {
    name: 'Calibration error, nats',
    question: 'How far is the mix from that of the listener? 0: the same.',
  },
  serendipity: { name: 'Serendipity', question: 'Which share is useful and not what anyone would have guessed?' },
  popularity_lift: {
    name: 'Popularity lift',
    question: 'How much more popular than the listener’s taste? 0.2: 20 % more.',
  },
  gs_score: { name: 'Generalist–specialist score', question: 'How wide is a listener’s taste? 1 narrow, near 0 wide.' },
};
