/** From the data of an experiment to its report. */

import { createRng } from '#math';
import { crossFittedPrediction } from '#stats';
import { type Adjusted, adjustByCovariate, adjustByStrata } from './analysis/adjust.ts';
import { type ArmValues, armValues } from './analysis/arm-values.ts';
import { compareArms, type MetricResult } from './analysis/compare.ts';
import { type CutReport, cutReport, uncutSpec } from './analysis/cut.ts';
import type { Looks } from './analysis/looks.ts';
import type { MetricPlan } from './analysis/metric-plan.ts';
import { metricName } from './analysis/metric-spec.ts';
import { type TailReport, tailReport } from './analysis/outliers.ts';
import { type SliceReport, sliceEffects } from './analysis/slices.ts';
import { meanByUnit, type UnitData, wordByUnit } from './analysis/unit-data.ts';
import { type Allocation, allocate } from './decision/allocation.ts';
import { percent } from './decision/sentence.ts';
import { type Verdict, verdictFor } from './decision/verdict.ts';
import type { QualityCheck } from './quality/checks.ts';
import { checkNovelty } from './quality/novelty.ts';
import { checkPreExposure } from './quality/pre-exposure.ts';

export interface AnalysisPlan {
  readonly metrics: readonly MetricPlan[];
  readonly looks: Looks;
  /** Error of the whole decision, two-sided. */
  readonly alpha: number;
  /** One minus the power of the whole decision. */
  readonly beta: number;
  /** Columns from before the treatment; one is CUPED, several are CUPAC. */
  readonly covariates?: readonly string[];
  /** Column of words to post-stratify by. */
  readonly strata?: string;
  /** Columns of words whose parts are told one by one. */
  readonly slices?: readonly string[];
  /** Column of numbers that orders the rows of a unit in time, for novelty. */
  readonly time?: string;
  /** Names of the checks to be made; all without it. */
  readonly checks?: readonly string[];
  /** Relative effect on success metrics worth finding. */
  readonly target?: number;
}

export interface ReportedMetric extends MetricResult {
  /** When a few units carry the mean. */
  readonly tail?: TailReport;
  /** When a cut was declared: what it changed. */
  readonly cut?: CutReport;
}

export interface ExperimentReport {
  readonly arms: readonly { readonly arm: string; readonly units: number }[];
  readonly allocation: Allocation;
  readonly metrics: readonly ReportedMetric[];
  readonly checks: readonly QualityCheck[];
  readonly slices: readonly SliceReport[];
  readonly verdicts: readonly Verdict[];
}

/**
 * Analyses each metric in each arm against the first arm. `checks` are those that were made on the data before they came
 * here (sample ratio, units in several arms). Deterministic. O(rows · metrics).
 */
export const analyze = (data: UnitData, plan: AnalysisPlan, checks: readonly QualityCheck[]): ExperimentReport => {
  const allocation = allocate(plan.metrics, plan.alpha, plan.beta, data.arms.length - 1);
  const adjusted = plan.metrics.map((metric) => ({ metric, ...adjust(data, metric, plan) }));
  const results = adjusted.map(({ metric, values }) => resultOf(data, metric, values, plan, allocation));
  const allChecks = [...checks, ...furtherChecks(data, plan, results)].filter(
    ({ check }) => plan.checks === undefined || plan.checks.includes(check.replace('_exposed', '')),
  );
  const verdicts = data.arms.slice(1).map((arm) =>
    verdictFor(arm, {
      control: data.arms[0]!,
      metrics: results,
      checks: allChecks,
      allocation,
      ...(plan.target !== undefined && { target: plan.target }),
    }),
  );
  const slices = (plan.slices ?? []).flatMap((column) =>
    adjusted.flatMap(({ metric, sliced }) =>
      data.arms
        .slice(1)
        .map((_, index) => sliceEffects(data, metricName(metric.spec), sliced, column, index + 1, plan.alpha)),
    ),
  );
  return { arms: armSizes(data), allocation, metrics: results, checks: allChecks, slices, verdicts };
};

const armSizes = (data: UnitData): { arm: string; units: number }[] => {
  const sizes = data.arms.map(() => 0);
  for (const arm of data.armOf) sizes[arm]! += 1;
  return data.arms.map((arm, index) => ({ arm, units: sizes[index]! }));
};

interface AdjustedMetric {
  readonly values: Adjusted;
  /** Before strata, within which an arm's units are centred: what differs between slices would be gone. */
  readonly sliced: ArmValues;
}

const adjust = (data: UnitData, metric: MetricPlan, plan: AnalysisPlan): AdjustedMetric => {
  const plain = armValues(data, metric.spec);
  const covariate = covariateFor(data, plain, plan.covariates ?? []);
  const byCovariate = covariate && adjustByCovariate(data, plain, covariate);
  const sliced: Adjusted = byCovariate ?? { ...plain, varianceLeft: 1 };
  const byStrata = plan.strata === undefined ? undefined : adjustByStrata(data, sliced, wordByUnit(data, plan.strata));
  const values = byStrata ? { ...byStrata, varianceLeft: byStrata.varianceLeft * sliced.varianceLeft } : sliced;
  return { values, sliced };
};

const FOLDS = 5;
/** Below this a prediction has nothing to learn from, and would move the means at random. */
const LEAST_UNITS = 50;

/**
 * One covariate as it is; several as a prediction of the metric from them that no unit has been learned from, none with
 * fewer than 50 units.
 */
const covariateFor = (data: UnitData, values: ArmValues, columns: readonly string[]): Float64Array | undefined => {
  const byUnit = columns.map((column) => meanByUnit(data, column));
  if (byUnit.length < 2) return byUnit[0];
  if (data.armOf.length < LEAST_UNITS) return undefined;
  const rng = createRng('cupac folds');
  const folds = Uint8Array.from(values.influence, () => rng.int(FOLDS));
  const known = values.influence.map((moved) => (Number.isNaN(moved) ? 0 : moved));
  return crossFittedPrediction(known, byUnit, folds, FOLDS);
};

const resultOf = (
  data: UnitData,
  metric: MetricPlan,
  values: Adjusted,
  plan: AnalysisPlan,
  allocation: Allocation,
): ReportedMetric => {
  const alpha = metric.role === 'success' ? allocation.alphaSuccess : allocation.alphaGuardrail;
  const options = { looks: plan.looks, alpha, alphaWhole: plan.alpha, varianceLeft: values.varianceLeft };
  const tail = tailReport(data, metric.spec, armValues(data, metric.spec));
  const result = compareArms(data, metric, values, options);
  const spec = uncutSpec(metric.spec);
  if (spec === undefined) return { ...result, ...(tail && { tail }) };
  const { values: uncut } = adjust(data, { ...metric, spec }, plan);
  const whole = compareArms(data, { ...metric, spec }, uncut, { ...options, varianceLeft: uncut.varianceLeft });
  return { ...result, cut: cutReport(result, whole) };
};

const furtherChecks = (data: UnitData, plan: AnalysisPlan, results: readonly ReportedMetric[]): QualityCheck[] => {
  const checks: QualityCheck[] = [checkPreExposure(data, plan.covariates ?? [])];
  const { time } = plan;
  if (time !== undefined) {
    const means = plan.metrics.filter(({ spec }) => spec.kind === 'mean' || spec.kind === 'binary');
    checks.push(...means.map(({ spec }) => checkNovelty(data, spec, time)));
  }
  for (const { name, tail } of results) {
    if (tail)
      checks.push({ check: 'heavy_tail', state: 'warning', statistic: tail.largestShare, says: tailWords(name, tail) });
  }
  for (const { spec, supplySide } of plan.metrics) {
    if (supplySide) checks.push({ check: 'interference', state: 'warning', says: interferenceWords(metricName(spec)) });
  }
  return checks;
};

const tailWords = (name: string, tail: TailReport): string => {
  const { winsorized } = tail;
  const effect = winsorized.ok
    ? `the difference is then ${winsorized.value.toPrecision(3)} (${winsorized.interval.lower.toPrecision(3)} to ${winsorized.interval.upper.toPrecision(3)})`
    : `the difference is then unknown (${winsorized.reason})`;
  const shift = percent(tail.controlWinsorized / tail.controlMean - 1);
  return (
    `One unit of ${tail.arm} holds ${(100 * tail.largestShare).toFixed(0)} % of the variance of ${name} there. ` +
    `With values above the 99.9th percentile cut to it, ${effect}; cutting changes the control's mean by ${shift}. ` +
    `Declare ${name}:winsorized:0.999 beforehand next time.`
  );
};

const interferenceWords = (name: string): string =>
  `${name} is of things that the arms compete for: what one arm gives a creator or a show, the other takes, so the ` +
  `difference overstates the effect of a full launch. Randomize clusters or switch back and forth in time instead.`;
