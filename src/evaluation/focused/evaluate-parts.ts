/** A run of parts judged on every topic, in seconds and by MediaEval's measures. */

import { EngineError, type Estimate } from '#domain';
import { meanEstimate } from '#stats';
import { averageInterpolatedPrecision, focusedCurve, interpolatedPrecisionAt, sizesOf } from './focused-curve.ts';
import {
  averageGeneralizedPrecision,
  bestInContext,
  generalizedPrecisionAt,
  relevantInContext,
  secondsByRecording,
} from './in-context.ts';
import { type MediaEvalColumn, type MediaEvalOptions, mediaEvalColumns } from './mediaeval-columns.ts';
import { type JudgedPart, lengthOf, type RetrievedPart, relevantSpans } from './parts.ts';
import type { PartTopics } from './read-parts.ts';
import { tolerancePrecisionAt, tolerantListening } from './tolerance.ts';

export interface FocusedOptions extends MediaEvalOptions {
  /** Whether seconds that were returned before cost again (Thorough) or are taken out (Focused). */
  readonly overlaps: 'counted' | 'removed';
  /** Seconds from the best entry point within which a jump-in point is worth anything. */
  readonly entrySeconds: number;
}

export interface PartsTopicReport {
  readonly topic: string;
  /** Undefined where a topic has nothing relevant: there is nothing to find, and that is not 0. */
  readonly focused: Readonly<Record<string, number | undefined>>;
  readonly mediaEval: readonly MediaEvalColumn[];
}

export interface PartsReport {
  readonly fileName: string;
  readonly options: FocusedOptions;
  readonly topics: readonly PartsTopicReport[];
  /** Means over the topics for which a measure is defined. */
  readonly focused: Readonly<Record<string, Estimate>>;
  /** Judged topics that the run lacks; left out. */
  readonly missing: readonly string[];
}

/**
 * Judges the topics that have both judgments and results. Averages carry the names of their means: `MAiP` of a topic is its
 * AiP. @throws {EngineError} invalid_data when there is no such topic.
 */
export const evaluateParts = (
  run: PartTopics<RetrievedPart>,
  judgments: PartTopics<JudgedPart>,
  options: FocusedOptions,
): PartsReport => {
  const judged = new Map(judgments.topics.map(({ key, parts }) => [key, parts]));
  const results = new Set(run.topics.map(({ key }) => key));
  const topics = run.topics.flatMap(({ key, name, parts }) => {
    const opinions = judged.get(key);
    if (opinions === undefined) return [];
    const focused = focusedMeasures(parts, opinions, options);
    return [{ topic: name, focused, mediaEval: mediaEvalColumns(parts, opinions, options) }];
  });
  if (topics.length === 0) {
    throw new EngineError('invalid_data', `no topic of ${run.fileName} is judged in ${judgments.fileName}`);
  }
  const names = Object.keys(topics[0]!.focused);
  const focused = Object.fromEntries(
    names.map((name) => [name, meanEstimate(topics.flatMap((topic) => topic.focused[name] ?? []))]),
  );
  const missing = judgments.topics.filter(({ key }) => !results.has(key)).map(({ name }) => name);
  return { fileName: run.fileName, options, topics, focused, missing };
};

const RECALLS = [0, 0.01, 0.05, 0.1, 0.5] as const;
const RANKS = [5, 10, 20] as const;
/** Weight of recall in F: as much as precision, and a quarter of it. */
const BETAS = [1, 0.25] as const;

const focusedMeasures = (
  ranking: readonly RetrievedPart[],
  judged: readonly JudgedPart[],
  { overlaps, entrySeconds, toleranceSeconds }: FocusedOptions,
): Record<string, number | undefined> => {
  const relevant = relevantSpans(judged);
  const relevantSeconds = [...relevant.values()].reduce((sum, spans) => sum + lengthOf(spans), 0);
  const curve = focusedCurve(sizesOf(ranking, relevant, overlaps), relevantSeconds);
  const listening = tolerantListening(ranking, relevant, toleranceSeconds);
  const seconds = secondsByRecording(ranking, relevant);
  const entries = bestInContext(ranking, relevant, entrySeconds);
  const atRank = (values: readonly number[], rank: number): number => values[Math.min(rank, values.length) - 1] ?? 0;
  const values = {
    ...named(
      RANKS,
      (rank) => `P[${rank}]`,
      (rank) => atRank(curve.precision, rank),
    ),
    ...named(
      RANKS,
      (rank) => `R[${rank}]`,
      (rank) => atRank(curve.recall, rank),
    ),
    ...named(
      RECALLS,
      (share) => `iP[${share.toFixed(2)}]`,
      (share) => interpolatedPrecisionAt(curve, share),
    ),
    MAiP: averageInterpolatedPrecision(curve),
    ...named(
      RANKS,
      (rank) => `T2I[${rank}]`,
      (rank) => tolerancePrecisionAt(listening, rank),
    ),
    ...Object.assign(
      {},
      ...BETAS.map((beta) => {
        const scores = relevantInContext(seconds, beta);
        return {
          ...named(
            RANKS,
            (rank) => `gP(F${beta})[${rank}]`,
            (rank) => generalizedPrecisionAt(scores, rank),
          ),
          [`MAgP(F${beta})`]: averageGeneralizedPrecision(scores, relevant.size),
        };
      }),
    ),
    ...named(
      RANKS,
      (rank) => `gP(BEP)[${rank}]`,
      (rank) => generalizedPrecisionAt(entries, rank),
    ),
    'MAgP(BEP)': averageGeneralizedPrecision(entries, relevant.size),
  };
  return relevantSeconds > 0 ? values : Object.fromEntries(Object.keys(values).map((name) => [name, undefined]));
};

const named = (
  places: readonly number[],
  nameOf: (place: number) => string,
  valueAt: (place: number) => number,
): Record<string, number> => Object.fromEntries(places.map((place) => [nameOf(place), valueAt(place)]));
