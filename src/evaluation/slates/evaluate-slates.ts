/** One log of slates, one policy, all estimators. */

import type { Estimate } from '#domain';
import type { Rng } from '#math';
import type { LevelOption } from '#stats';
import { diagnosePolicy, type PolicyDiagnostics } from '../off-policy/diagnostics.ts';
import { policyBootstraps, policyDelta } from '../off-policy/intervals.ts';
import { byGroup, type Parts } from '../off-policy/terms.ts';
import { judgeTrust, type Trust } from '../off-policy/trust.ts';
import { SLATE_ESTIMATORS, type SlateEstimator } from './slate-estimators.ts';
import type { SlateRounds } from './slate-rounds.ts';
import { prefixWeights } from './slate-weights.ts';

export interface SlateEvaluationOptions extends LevelOption {
  readonly resamples: number;
  /** Group of each slate, from 0, none empty, where groups and not slates are independent: its listener for instance. */
  readonly groups?: Uint32Array | undefined;
}

export interface SlateEstimateRow {
  readonly name: string;
  readonly title: string;
  readonly bootstrap: Estimate;
  readonly delta: Estimate;
}

/** Effective size of the weights of the slots up to one. */
export interface SlotDiagnostics {
  /** From 0. */
  readonly slot: number;
  readonly effectiveSize: number;
  readonly largestShare: number;
  readonly meanWeight: number;
}

export interface SlateReport {
  readonly n: number;
  readonly slots: number;
  /** Mean sum of rewards of a slate, as logged. */
  readonly logged: Estimate;
  readonly estimates: readonly SlateEstimateRow[];
  /** Of the weights of whole slates: what is and snips stand on. */
  readonly diagnostics: PolicyDiagnostics;
  /** Of prefixes: what pips and rips stand on. */
  readonly bySlot: readonly SlotDiagnostics[];
  /** Of whole slates. */
  readonly trust: Trust;
}

/**
 * Estimates of the mean sum of rewards of a slate, by every estimator the rounds allow; `logged` is that of the log.
 * Weights of look-back are chosen once, on the whole log, and not again in each resample. Slates, or their
 * groups, must be independent.
 * O(estimators · slots · resamples · slates).
 */
export const evaluateSlates = (rounds: SlateRounds, rng: Rng, options: SlateEvaluationOptions): SlateReport => {
  const known = SLATE_ESTIMATORS.filter((estimator) => isAllowed(estimator, rounds));
  const { groups } = options;
  const grouped = (own: Parts): Parts => (groups === undefined ? own : byGroup(own, groups));
  const parts = known.map((estimator) => grouped(estimator.parts(rounds)));
  const bootstraps = policyBootstraps(parts, rng, options);
  const prefixes = prefixWeights(rounds);
  const totals = Float64Array.from({ length: rounds.size }, (_, n) =>
    rounds.rewards.subarray(n * rounds.slots, (n + 1) * rounds.slots).reduce((sum, reward) => sum + reward, 0),
  );
  const diagnostics = diagnosePolicy({ size: rounds.size, rewards: totals, weights: prefixes.at(-1)! });
  return {
    n: rounds.size,
    slots: rounds.slots,
    logged: policyDelta(grouped([{ size: rounds.size, values: totals, weights: undefined, base: undefined }]), options),
    estimates: known.map(({ name, title }, place) => ({
      name,
      title,
      bootstrap: bootstraps[place]!,
      delta: policyDelta(parts[place]!, options),
    })),
    diagnostics,
    bySlot: prefixes.map((weights, slot) => {
      const own = diagnosePolicy({ size: rounds.size, rewards: totals, weights });
      const { effectiveSize, largestShare, meanWeight } = own;
      return { slot, effectiveSize, largestShare, meanWeight: meanWeight.value };
    }),
    trust: judgeTrust(diagnostics),
  };
};

const isAllowed = ({ needs }: SlateEstimator, { slotModel, cascadeModel }: SlateRounds): boolean => {
  if (needs === 'slot_model') return slotModel !== undefined;
  if (needs === 'cascade_model') return cascadeModel !== undefined;
  return true;
};
