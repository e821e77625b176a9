/** A decision in words: what was found, with its numbers, then what to do. */

import { type Estimate, effectReason } from '#domain';
import type { ArmChange, MetricResult } from '../analysis/compare.ts';
import type { QualityCheck } from '../quality/checks.ts';
import type { Enough } from './enough.ts';
import type { Decision, Finding, VerdictInput } from './verdict.ts';

export interface Told {
  readonly arm: string;
  readonly decision: Decision;
  readonly found: readonly { readonly result: MetricResult; readonly change: ArmChange }[];
  readonly findings: readonly Finding[];
  readonly enough: readonly Enough[];
  readonly failed: readonly QualityCheck[];
  readonly input: VerdictInput;
}

/** A share as a signed percentage with the digits that matter. */
export const percent = (share: number): string => {
  const value = 100 * share;
  const digits = Math.abs(value) >= 10 ? 1 : 2;
  return `${value > 0 ? '+' : ''}${value.toFixed(digits)} %`;
};

const range = (estimate: Estimate): string =>
  estimate.ok
    ? `${percent(estimate.value)} (${percent(estimate.interval.lower)} to ${percent(estimate.interval.upper)})`
    : `unknown (${effectReason(estimate.reason)})`;

const units = (count: number): string => Math.round(count).toLocaleString('en-US');

const OPENINGS: Readonly<Record<Decision, (arm: string, control: string) => string>> = {
  ship: (arm) => `Ship ${arm}.`,
  do_not_ship: (arm, control) => `Do not ship ${arm}; keep ${control}.`,
  not_enough_data: (arm) => `Not enough data to decide about ${arm}.`,
  cannot_be_trusted: (arm, control) =>
    `No decision about ${arm}: the data cannot be trusted; keep ${control} until the fault is found.`,
};

export const sentenceOf = (told: Told): string => {
  const parts = [OPENINGS[told.decision](told.arm, told.input.control)];
  for (const check of told.failed) parts.push(check.says);
  if (told.failed.length > 0 && told.findings.length > 0) parts.push('Taken as they are, the numbers say:');
  for (const [place, finding] of told.findings.entries()) {
    const { result, change } = told.found[place]!;
    const words = findingWords(finding, result, change);
    if (words !== undefined) parts.push(words);
  }
  for (const each of told.enough) {
    const words =
      told.decision === 'not_enough_data' || told.decision === 'do_not_ship' ? enoughWords(each, told) : undefined;
    if (words !== undefined) parts.push(words);
  }
  return parts.join(' ');
};

const findingWords = (finding: Finding, result: MetricResult, change: ArmChange): string | undefined => {
  const { metric } = finding;
  switch (finding.finding) {
    case 'superior':
      return `${metric} is better, ${range(finding.role === 'success' ? change.relative : change.relativeUnadjusted)}.`;
    case 'deteriorated':
      return `${metric} is worse, ${range(change.relativeUnadjusted)}.`;
    case 'non_inferior':
      return `${metric} is not worse than its margin of ${percent(result.plan.margin!)}: ${range(change.relativeUnadjusted)}.`;
    case 'non_inferiority_not_shown':
      return `${metric} may be worse than its margin of ${percent(result.plan.margin!)} allows: ${range(change.relativeUnadjusted)}.`;
    case 'no_difference_shown':
      return finding.role === 'watch' ? undefined : `${metric} shows no difference, ${range(change.relative)}.`;
    case 'unknown':
      return `${metric} is unknown: ${effectReason(finding.reason ?? 'not_finite')}.`;
  }
};

const enoughWords = (each: Enough, told: Told): string | undefined => {
  const finding = told.findings.find((one) => one.metric === each.metric)?.finding;
  if (finding !== 'no_difference_shown' && finding !== 'non_inferiority_not_shown') return undefined;
  if (each.needed !== undefined && each.needed > each.units) {
    return `To see a change of ${percent(each.target!)} in ${each.metric} ${units(each.needed)} units would be enough in the two arms; there are ${units(each.units)}.`;
  }
  if (each.detectable === undefined) return undefined;
  return `The ${units(each.units)} units of the two arms would have shown a change of ${percent(each.detectable)} in ${each.metric}.`;
};
