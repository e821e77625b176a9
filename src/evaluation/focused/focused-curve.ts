/** Precision and recall in seconds of sound [Kamps2008]: what was returned of what a listener should hear. */

import { lengthOf, overlapWith, type RetrievedPart, type Span, spanOf, unionOf } from './parts.ts';

/** A returned part: its seconds, and how many of them are relevant and were not returned at a higher rank. */
export interface PartSizes {
  readonly size: number;
  readonly relevant: number;
}

/**
 * Sizes of a ranking of parts. What a higher rank has returned is heard already: with `overlaps` `counted` its seconds
 * cost again and gain nothing, as in the Thorough task; `removed`, only the seconds that are new are returned, as in
 * the Focused task, whose answers do not overlap. O(n²) in the parts of one recording.
 */
export const sizesOf = (
  ranking: readonly RetrievedPart[],
  relevant: ReadonlyMap<string, readonly Span[]>,
  overlaps: 'counted' | 'removed',
): PartSizes[] => {
  const heard = new Map<string, Span[]>();
  return ranking.map((part) => {
    const before = heard.get(part.source) ?? [];
    const after = unionOf([...before, spanOf(part)]);
    heard.set(part.source, after);
    const spans = relevant.get(part.source) ?? [];
    const relevantIn = (union: readonly Span[]): number =>
      union.reduce((sum, span) => sum + overlapWith(spans, span), 0);
    const fresh = lengthOf(after) - lengthOf(before);
    return {
      size: overlaps === 'counted' ? Math.max(0, part.end - part.start) : fresh,
      relevant: relevantIn(after) - relevantIn(before),
    };
  });
};

/** Precision and recall after each rank, P[r] and R[r]. */
export interface FocusedCurve {
  readonly precision: readonly number[];
  readonly recall: readonly number[];
}

/** P[r] and R[r] from the sizes and all relevant seconds of the topic, > 0. Precision of no seconds is 0. */
export const focusedCurve = (sizes: readonly PartSizes[], relevantSeconds: number): FocusedCurve => {
  let size = 0;
  let relevant = 0;
  const precision: number[] = [];
  const recall: number[] = [];
  for (const part of sizes) {
    size += part.size;
    relevant += part.relevant;
    precision.push(size > 0 ? relevant / size : 0);
    recall.push(relevant / relevantSeconds);
  }
  return { precision, recall };
};

/** Rounding of sums of seconds: a recall that falls short by less is reached. */
const ROUNDING = 1e-9;

/** iP[x]: the highest precision at any rank whose recall is at least x; 0 when none is. */
export const interpolatedPrecisionAt = ({ precision, recall }: FocusedCurve, share: number): number => {
  let best = 0;
  for (let n = 0; n < precision.length; n++) {
    if (recall[n]! >= share - ROUNDING) best = Math.max(best, precision[n]!);
  }
  return best;
};

const POINTS = 101;

/** AiP: the mean of iP[x] at x = 0, 0.01, … 1. Its mean over topics is MAiP. */
export const averageInterpolatedPrecision = (curve: FocusedCurve): number => {
  let sum = 0;
  for (let point = 0; point < POINTS; point++) sum += interpolatedPrecisionAt(curve, point / (POINTS - 1));
  return sum / POINTS;
};
