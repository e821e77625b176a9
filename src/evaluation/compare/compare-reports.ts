/** Two runs judged on the same topics: by how much one is better, and whether chance explains it. */

import { EngineError, type Estimate } from '#domain';
import { benjaminiHochberg, holm, meanEstimate, type TestResult } from '#stats';
import type { RankingReport } from '../trec/evaluate-run.ts';
import { type PairedTestOptions, pairedTest } from './paired-test.ts';

/** One measure of both runs. */
export interface MeasureComparison {
  readonly measure: string;
  /** Means over the topics that both have. */
  readonly of: number;
  readonly against: number;
  /** Mean of the differences, of minus against, with Student's interval over topics. */
  readonly difference: Estimate;
  readonly test: TestResult;
  /** p-values adjusted over all measures of the comparison; undefined where the test says nothing. */
  readonly holm: number | undefined;
  readonly benjaminiHochberg: number | undefined;
}

export interface TopicDifferences {
  readonly topic: string;
  /** By measure, as in `measures`. */
  readonly of: readonly number[];
  readonly against: readonly number[];
}

export interface RunComparison {
  readonly of: string;
  readonly against: string;
  readonly measures: readonly MeasureComparison[];
  readonly topics: readonly TopicDifferences[];
  /** Topics that only one of the runs has a value for; left out. */
  readonly unpaired: readonly string[];
}

/**
 * Compares two reports of the same measures and judgments on every measure that is a mean over topics.
 * @throws {EngineError} invalid_data when they share no topic, or no such measure.
 */
export const compareReports = (
  of: RankingReport,
  against: RankingReport,
  options: PairedTestOptions,
): RunComparison => {
  const columns = of.columns.flatMap(({ name, summary, perTopic }, column) =>
    summary === 'mean' && perTopic && against.columns[column]?.name === name ? [{ name, column }] : [],
  );
  if (columns.length === 0) {
    throw new EngineError('invalid_request', 'none of the measures is a mean over topics: nothing to compare');
  }
  const others = new Map(against.topics.map(({ topic, values }) => [topic, values]));
  const topics = of.topics.flatMap(({ topic, values }) => {
    const counterpart = others.get(topic);
    const pick = (row: readonly (number | string)[]): number[] => columns.map(({ column }) => row[column] as number);
    return counterpart === undefined ? [] : [{ topic, of: pick(values), against: pick(counterpart) }];
  });
  if (topics.length === 0) throw new EngineError('invalid_data', 'the two runs have no judged topic in common');
  const paired = new Set(topics.map(({ topic }) => topic));
  const unpaired = [...of.topics, ...against.topics].map(({ topic }) => topic).filter((topic) => !paired.has(topic));
  const compared = columns.map(({ name }, n) => compareColumn(name, topics, n, options));
  return { of: of.runId, against: against.runId, measures: adjusted(compared), topics, unpaired };
};

type Unadjusted = Omit<MeasureComparison, 'holm' | 'benjaminiHochberg'>;

const compareColumn = (
  measure: string,
  topics: readonly TopicDifferences[],
  column: number,
  options: PairedTestOptions,
): Unadjusted => {
  const ofValues = Float64Array.from(topics, (topic) => topic.of[column]!);
  const againstValues = Float64Array.from(topics, (topic) => topic.against[column]!);
  return {
    measure,
    of: mean(ofValues),
    against: mean(againstValues),
    difference: meanEstimate(ofValues.map((value, n) => value - againstValues[n]!)),
    test: pairedTest(ofValues, againstValues, options),
  };
};

/** As reports sum up, so that the means are those of the reports. */
const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The measures whose test said something are one family. */
const adjusted = (compared: readonly Unadjusted[]): MeasureComparison[] => {
  const tested = compared.flatMap(({ test }, n) => (test.ok ? [{ n, pValue: test.pValue }] : []));
  const pValues = tested.map(({ pValue }) => pValue);
  const [stepDown, stepUp] = [holm(pValues), benjaminiHochberg(pValues)];
  const placeOf = new Map(tested.map(({ n }, place) => [n, place]));
  return compared.map((comparison, n) => {
    const place = placeOf.get(n);
    return place === undefined
      ? { ...comparison, holm: undefined, benjaminiHochberg: undefined }
      : { ...comparison, holm: stepDown[place], benjaminiHochberg: stepUp[place] };
  });
};
