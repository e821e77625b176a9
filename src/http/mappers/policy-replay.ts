/** A policy replayed against the log, on the wire. */

import type { PolicyDocument, PolicyReplayWire, PolicySliceWire } from '#api';
import type { Estimate } from '#domain';
import type { ReplayReport } from '#jobs';
import { toEstimate } from './metrics.ts';

const LEFT_OUT_WORDS: Readonly<Record<ReplayReport['leftOut'][number]['reason'], string>> = {
  no_units:
    'no unit of the kind that the definition judges comes from these slates, so nothing says what a card earned',
  unreadable: 'the log does not hold what was chosen from',
  inexact: 'the logged probabilities do not come out of the logged candidates again',
  unlogged_candidates: 'the policy chooses from further down than the candidates that the log holds',
  other_page: 'the policy would fill other shelves, or another number of slots',
  too_young: 'the slate is younger than the horizon of the definition, so its cards may still earn',
};

const REASON_WORDS: Readonly<Record<string, string>> = {
  no_overlap: 'the policy would never do what was logged',
  no_variance: 'it is the same for every listener: how far it may be off cannot be told',
  one_unit: 'one listener alone: how far others differ cannot be told',
  undefined_in_resamples: 'too few shelves carry all the weight',
};

export const toPolicyReplay = ({
  document,
  report,
}: {
  readonly document: PolicyDocument;
  readonly report: ReplayReport;
}): PolicyReplayWire => ({
  policy: document,
  reward: report.reward,
  slates: report.slates,
  replayed: report.replayed,
  left_out: report.leftOut.map(({ reason, slates }) => ({ reason, slates, words: LEFT_OUT_WORDS[reason] })),
  units: report.units,
  unknown: report.unknown,
  slices: report.slices.map(toSlice),
  sql: report.sql,
});

const toSlice = ({ by, value, slates, outside, report }: ReplayReport['slices'][number]): PolicySliceWire => ({
  by,
  value,
  slates,
  report:
    report === undefined
      ? null
      : {
          shelves: report.n,
          logged: told(report.logged),
          estimates: report.estimates.map(({ name, title, bootstrap }) => ({ name, title, estimate: told(bootstrap) })),
          by_slot: report.bySlot.map(({ slot, effectiveSize, meanWeight }) => ({
            slot: slot + 1,
            effective_size: effectiveSize,
            mean_weight: meanWeight,
          })),
          outside,
          trust: report.trust,
        },
});

const told = (estimate: Estimate): ReturnType<typeof toEstimate> => {
  const wire = toEstimate(estimate);
  return wire.ok ? wire : { ...wire, words: REASON_WORDS[wire.reason] ?? wire.words };
};
