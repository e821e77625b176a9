/**
 * Policies side by side. Each seed is a world of its own in which every policy is tried on the same people; listeners of
 * one world share a catalogue and a service, so worlds are the units of every interval.
 */

import type { Estimate } from '#domain';
import { Moments, meanEstimate } from '#stats';
import { differenceInRange, inRange, MEASURES, type Measure, type Summary } from './summary.ts';

export interface ComparedPolicy {
  readonly policy: string;
  readonly measures: Readonly<Record<Measure, Estimate>>;
  /** Utility over the whole time as a share of the oracle's in the same world; a reason when there was no oracle. */
  readonly ofOracle: Estimate;
  /** Mean of the paired differences to the first policy; for the first one itself a reason. */
  readonly differences: Readonly<Record<Measure, Estimate>>;
}

/** One entry a policy, in the order given; `summaries[policy]` has one summary a seed, in the same order of seeds. */
export const comparePolicies = (
  summaries: readonly { readonly policy: string; readonly seeds: readonly Summary[] }[],
): readonly ComparedPolicy[] => {
  const first = summaries[0];
  const oracle = summaries.find(({ policy }) => policy === 'oracle');
  return summaries.map(({ policy, seeds }) => ({
    policy,
    measures: eachMeasure((name) =>
      inRange(
        name,
        over(seeds, (summary) => numberOf(summary[name])),
      ),
    ),
    ofOracle:
      oracle === undefined
        ? { ok: false, reason: 'no_oracle' }
        : over(seeds, (summary, n) => numberOf(summary.utility) / numberOf(oracle.seeds[n]?.utility)),
    differences: eachMeasure((name) =>
      policy === first?.policy
        ? { ok: false, reason: 'itself' }
        : differenceInRange(
            name,
            over(seeds, (summary, n) => difference(summary[name], first?.seeds[n]?.[name])),
          ),
    ),
  }));
};

const eachMeasure = (of: (name: Measure) => Estimate): Readonly<Record<Measure, Estimate>> =>
  Object.fromEntries(MEASURES.map((name) => [name, of(name)])) as Record<Measure, Estimate>;

const numberOf = (estimate: Estimate | undefined): number => (estimate?.ok ? estimate.value : Number.NaN);

const difference = (one: Estimate, other: Estimate | undefined): number => numberOf(one) - numberOf(other);

/** Mean over worlds with its interval; no number when it is unknown in one of them, or there is but one. */
const over = (seeds: readonly Summary[], of: (summary: Summary, n: number) => number): Estimate => {
  const values = seeds.map(of);
  if (values.some((value) => Number.isNaN(value))) return { ok: false, reason: 'unknown_in_a_world' };
  return meanEstimate(Moments.of(values));
};
