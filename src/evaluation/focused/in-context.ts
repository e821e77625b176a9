/** Recordings in order, each with what is to be heard of it: relevant in context and best in context [Kamps2008]. */

import { bySource, lengthOf, overlapWith, type RetrievedPart, type Span, spanOf, unionOf } from './parts.ts';

/** How good the answer of one recording is, in [0, 1], and whether there is anything relevant in it at all. */
export interface RecordingScore {
  readonly score: number;
  readonly relevant: boolean;
}

/** Seconds returned of a recording, relevant ones among them, and all that are relevant in it. */
export interface RecordingSeconds {
  readonly returned: number;
  readonly found: number;
  readonly relevant: number;
}

/**
 * F of the seconds of one recording: (1 + β²)·P·R / (β²·P + R), P = found / returned, R = found / relevant; β below 1
 * weighs precision more. 0 where nothing was found.
 */
export const fScore = ({ returned, found, relevant }: RecordingSeconds, beta: number): number => {
  if (found === 0) return 0;
  const precision = found / returned;
  const recall = found / relevant;
  return ((1 + beta ** 2) * precision * recall) / (beta ** 2 * precision + recall);
};

/** How near a jump-in point comes to the best one: (n - d) / n within n seconds of it, else 0. */
export const entryScore = (distanceSeconds: number, window: number): number =>
  distanceSeconds <= window ? (window - distanceSeconds) / window : 0;

/** Recordings of a ranking, in the order of their first parts, with the seconds returned of each. */
export const secondsByRecording = (
  ranking: readonly RetrievedPart[],
  relevant: ReadonlyMap<string, readonly Span[]>,
): RecordingSeconds[] =>
  [...bySource(ranking)].map(([source, parts]) => {
    const returned = unionOf(parts.map(spanOf));
    const spans = relevant.get(source) ?? [];
    return {
      returned: lengthOf(returned),
      found: returned.reduce((sum, span) => sum + overlapWith(spans, span), 0),
      relevant: lengthOf(spans),
    };
  });

/** Relevant in context: recordings of the ranking with the F of their seconds. */
export const relevantInContext = (seconds: readonly RecordingSeconds[], beta: number): RecordingScore[] =>
  seconds.map((recording) => ({ score: fScore(recording, beta), relevant: recording.relevant > 0 }));

/**
 * Best in context: recordings of the ranking with the distance of their first jump-in point to the best entry point, which
 * is the start of the first relevant span.
 */
export const bestInContext = (
  ranking: readonly RetrievedPart[],
  relevant: ReadonlyMap<string, readonly Span[]>,
  window: number,
): RecordingScore[] =>
  [...bySource(ranking)].map(([source, parts]) => {
    const [best] = relevant.get(source) ?? [];
    if (best === undefined) return { score: 0, relevant: false };
    return { score: entryScore(Math.abs(parts[0]!.jumpIn - best[0]), window), relevant: true };
  });

/** gP[r]: the mean score of the first r recordings; one entry a rank. */
export const generalizedPrecision = (scores: readonly RecordingScore[]): number[] => {
  let sum = 0;
  return scores.map(({ score }, n) => {
    sum += score;
    return sum / (n + 1);
  });
};

/** gP[r] also beyond the end of the ranking, where nothing more is found. */
export const generalizedPrecisionAt = (scores: readonly RecordingScore[], rank: number): number =>
  scores.slice(0, rank).reduce((sum, { score }) => sum + score, 0) / rank;

/** gR[r]: share of the relevant recordings among the first r. */
export const generalizedRecallAt = (scores: readonly RecordingScore[], rank: number, relevantCount: number): number =>
  scores.slice(0, rank).filter(({ relevant }) => relevant).length / relevantCount;

/**
 * AgP: gP[r] summed over the ranks of relevant recordings, over the number of all that are relevant, > 0. Its mean over
 * topics is MAgP.
 */
export const averageGeneralizedPrecision = (scores: readonly RecordingScore[], relevantCount: number): number => {
  const precision = generalizedPrecision(scores);
  return precision.reduce((sum, value, n) => (scores[n]!.relevant ? sum + value : sum), 0) / relevantCount;
};
