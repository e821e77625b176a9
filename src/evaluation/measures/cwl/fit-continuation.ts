/** The law by which listeners go down a page, measured in logs. */

import type { Estimate } from '#domain';
import { proportionEstimate } from '#stats';
import { fittedModel, type UserModel } from './user-model.ts';

/** How far one visit went: the deepest rank that was on the screen, from 1 on. */
export interface BrowsingVisit {
  readonly device: string;
  readonly deepestRank: number;
  /** Whether the page ended there: that it was not gone beyond says nothing. */
  readonly atEnd: boolean;
}

export interface ContinuationLaw {
  readonly device: string;
  readonly visits: number;
  /** C(1), C(2), …: the share that went on among those that could, with Wilson's interval, as far as `leastVisits` allow. */
  readonly continuations: readonly Estimate[];
  /** The law as a model: the shares, then the share over all deeper ranks. Undefined where too few visits say anything. */
  readonly model: UserModel | undefined;
}

/**
 * Continuation by device [Moffat2017]. From each rank, the share of visits
 * that went on; visits that reached the end of the page count up to there (as in survival analysis, they are censored).
 * Ranks with fewer than `leastVisits` visits are pooled into the tail. Devices in order of their names. O(visits + ranks).
 */
export const fitContinuation = (visits: Iterable<BrowsingVisit>, leastVisits = 100): ContinuationLaw[] => {
  const byDevice = new Map<string, BrowsingVisit[]>();
  for (const visit of visits) {
    const list = byDevice.get(visit.device);
    if (list === undefined) byDevice.set(visit.device, [visit]);
    else list.push(visit);
  }
  return [...byDevice].sort(([a], [b]) => (a < b ? -1 : 1)).map(([device, list]) => lawOf(device, list, leastVisits));
};

const lawOf = (device: string, visits: readonly BrowsingVisit[], leastVisits: number): ContinuationLaw => {
  const deepest = visits.reduce((most, { deepestRank }) => Math.max(most, deepestRank), 0);
  const stopped = new Float64Array(deepest + 2);
  const ended = new Float64Array(deepest + 2);
  for (const { deepestRank, atEnd } of visits) (atEnd ? ended : stopped)[deepestRank]!++;
  const continuations: Estimate[] = [];
  const tail = { on: 0, of: 0 };
  let there = visits.length;
  for (let rank = 1; rank <= deepest; rank++) {
    // Whoever saw the end here could not have gone on.
    const able = there - ended[rank]!;
    const on = able - stopped[rank]!;
    if (tail.of === 0 && able >= leastVisits) continuations.push(proportionEstimate(on, able));
    else {
      tail.on += on;
      tail.of += able;
    }
    there = on;
  }
  return { device, visits: visits.length, continuations, model: modelOf(continuations, tail) };
};

const modelOf = (
  continuations: readonly Estimate[],
  tail: { readonly on: number; readonly of: number },
): UserModel | undefined => {
  const shares = continuations.flatMap((estimate) => (estimate.ok ? [estimate.value] : []));
  if (shares.length === 0) return undefined;
  // Without deeper visits nobody went on from the last rank that was seen.
  const last = tail.of > 0 ? tail.on / tail.of : 0;
  return last < 1 ? fittedModel([...shares, last]) : undefined;
};
