/** The decision about an arm, by a rule that was fixed beforehand. */

import type { Interval } from '#domain';
import type { ArmChange, MetricResult } from '../analysis/compare.ts';
import type { QualityCheck } from '../quality/checks.ts';
import type { Allocation } from './allocation.ts';
import { type Enough, enoughFor, enoughForMargin } from './enough.ts';
import { sentenceOf } from './sentence.ts';

export type Decision = 'ship' | 'do_not_ship' | 'not_enough_data' | 'cannot_be_trusted';

export type MetricFinding =
  | 'superior'
  | 'deteriorated'
  | 'non_inferior'
  | 'non_inferiority_not_shown'
  | 'no_difference_shown'
  | 'unknown';

export interface Finding {
  readonly metric: string;
  readonly role: MetricResult['plan']['role'];
  readonly finding: MetricFinding;
  readonly reason?: string;
}

export interface Verdict {
  readonly arm: string;
  readonly decision: Decision;
  /** The decision and its reasons in words. */
  readonly sentence: string;
  readonly findings: readonly Finding[];
  readonly enough: readonly Enough[];
}

export interface VerdictInput {
  readonly control: string;
  readonly metrics: readonly MetricResult[];
  readonly checks: readonly QualityCheck[];
  readonly allocation: Allocation;
  /** Relative effect on success metrics that is worth finding; undefined when none was declared. */
  readonly target?: number;
}

/**
 * Ship if and only if at least one success metric is significantly better, every guardrail is significantly not worse
 * than its margin, no metric is significantly worse, and no quality check failed [Schultzberg2024]. What falls short for
 * lack of units is `not_enough_data`, with the number that would do.
 */
export const verdictFor = (arm: string, input: VerdictInput): Verdict => {
  const found = input.metrics.map((result) => ({
    result,
    change: result.changes.find((change) => change.arm === arm)!,
  }));
  const findings = found.map(({ result, change }) => findingOf(result, change));
  const enough = found.flatMap(({ result, change }) => {
    if (result.plan.role === 'success') return [enoughFor(result, change, input.allocation, input.target)];
    return result.plan.role === 'guardrail' ? [enoughForMargin(result, change, input.allocation)] : [];
  });
  const failed = input.checks.filter((check) => check.state === 'failed');
  const decision = decide(findings, enough, failed.length > 0);
  return {
    arm,
    decision,
    sentence: sentenceOf({ arm, decision, found, findings, enough, failed, input }),
    findings,
    enough,
  };
};

const decide = (findings: readonly Finding[], enough: readonly Enough[], failed: boolean): Decision => {
  if (failed) return 'cannot_be_trusted';
  if (findings.some((each) => each.finding === 'deteriorated')) return 'do_not_ship';
  const superior = findings.some((each) => each.role === 'success' && each.finding === 'superior');
  const guarded = findings.every((each) => each.role !== 'guardrail' || holds(each.finding));
  if (superior && guarded) return 'ship';
  const lacking = enough.some(
    (each) =>
      each.needed !== undefined &&
      each.needed > each.units &&
      findings.some((one) => one.metric === each.metric && short(one)),
  );
  const unknown = findings.some((each) => each.role !== 'watch' && each.finding === 'unknown');
  return lacking || unknown ? 'not_enough_data' : 'do_not_ship';
};

const holds = (finding: MetricFinding): boolean => finding === 'non_inferior' || finding === 'superior';

const short = (finding: Finding): boolean =>
  finding.finding === 'no_difference_shown' || finding.finding === 'non_inferiority_not_shown';

/** What the intervals of a metric say, with "better" the way the plan declared. */
const findingOf = (result: MetricResult, change: ArmChange): Finding => {
  const { role, better, margin } = result.plan;
  const base = { metric: result.name, role };
  const { absolute, absoluteUnadjusted, relativeUnadjusted } = change;
  if (!(absolute.ok && absoluteUnadjusted.ok)) {
    return { ...base, finding: 'unknown', reason: absolute.ok ? 'not_finite' : absolute.reason };
  }
  const own = gain(absolute.interval, better);
  const whole = gain(absoluteUnadjusted.interval, better);
  if (whole.upper < 0) return { ...base, finding: 'deteriorated' };
  if (role === 'success' && own.lower > 0) return { ...base, finding: 'superior' };
  if (role !== 'guardrail') {
    // Counts of all or of none have an interval, and still nothing to test.
    const { test } = change;
    return test.ok ? { ...base, finding: 'no_difference_shown' } : { ...base, finding: 'unknown', reason: test.reason };
  }
  if (whole.lower > 0) return { ...base, finding: 'superior' };
  if (!relativeUnadjusted.ok) return { ...base, finding: 'unknown', reason: relativeUnadjusted.reason };
  // Relative to a control below zero, more is less.
  const turned = result.controlValue < 0;
  const loss = gain(relativeUnadjusted.interval, turned === (better === 'up') ? 'down' : 'up').lower;
  return { ...base, finding: loss > -(margin ?? 0) ? 'non_inferior' : 'non_inferiority_not_shown' };
};

/** The interval with better upwards. */
const gain = ({ lower, upper }: Interval, better: 'up' | 'down'): Interval =>
  better === 'up' ? { lower, upper } : { lower: -upper, upper: -lower };
