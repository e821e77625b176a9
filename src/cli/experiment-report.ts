/** A report of an experiment for people and for programs. */

import { type Estimate, effectReason } from '#domain';
import type { ExperimentFileReport } from '#jobs';
import { columns, styled } from './terminal.ts';

type Report = ExperimentFileReport;
type Metric = Report['metrics'][number];

export const describeReport = (report: Report, isTty: boolean): string => {
  const { data, allocation } = report;
  const left = [
    data.unitsNotExposed > 0 ? `${data.unitsNotExposed} units not exposed` : '',
    data.rowsWithoutUnit > 0 ? `${data.rowsWithoutUnit} rows without a unit` : '',
    data.rowsWithoutArm > 0 ? `${data.rowsWithoutArm} rows without an arm` : '',
  ].filter((text) => text !== '');
  const head = `${data.rows.toLocaleString('en-US')} rows, ${data.units.toLocaleString('en-US')} units: ${report.arms
    .map(({ arm, units }) => `${arm} ${units.toLocaleString('en-US')}`)
    .join(', ')}${left.length > 0 ? `; left out: ${left.join(', ')}` : ''}`;
  const errors =
    `alpha ${allocation.alpha}: ${round(allocation.alphaSuccess)} for each of ${allocation.successMetrics} success metrics, ` +
    `${allocation.alphaGuardrail} for each guardrail; beta ${round(allocation.beta)}: ${round(allocation.betaEach)} for each test`;
  const parts = [
    ...report.verdicts.map((verdict) => styled(verdict.sentence, 'bold', isTty)),
    head,
    ...report.metrics.map((metric) => describeMetric(metric, isTty)),
    ...report.slices.map(describeSlices),
    ['Checks', ...report.checks.map((check) => `  ${check.state.padEnd(12)} ${check.says}`)].join('\n'),
    errors,
  ];
  return parts.join('\n\n');
};

const describeMetric = (metric: Metric, isTty: boolean): string => {
  const title = `${styled(metric.name, 'bold', isTty)}  ${metric.plan.role}, ${metric.plan.better === 'up' ? 'higher' : 'lower'} is better${
    metric.varianceLeft < 1 ? `, variance left ${(100 * metric.varianceLeft).toFixed(1)} %` : ''
  }`;
  const level = `${round(100 * (1 - metric.alpha))} %`;
  const arms = metric.arms.map(({ arm, estimate }) => [`  ${arm}`, told(estimate), '', '']);
  const changes = metric.changes.map(({ arm, absolute, relative, test }) => [
    `  ${arm} against ${metric.arms[0]!.arm}`,
    told(absolute),
    `relative ${told(relative, (value) => `${(100 * value).toFixed(2)} %`)}`,
    `${test.ok ? `p = ${pValue(test.pValue)}` : effectReason(test.reason)}, intervals ${level}`,
  ]);
  const cut = metric.cut === undefined ? [] : [`  ${metric.cut.says}`];
  return [title, columns([...arms, ...changes]).replace(/ +$/gm, ''), ...cut].join('\n');
};

const describeSlices = (slices: Report['slices'][number]): string => {
  const title = `${slices.metric} by ${slices.column}, ${slices.arm}${
    slices.heterogeneity === undefined ? '' : `; the same everywhere: p = ${pValue(slices.heterogeneity)}`
  }`;
  const rows = slices.slices.map(({ slice, units, effect, shrunken, pValue: p }) => [
    `  ${slice}`,
    String(units),
    told(effect),
    `shrunken ${told(shrunken)}`,
    p === undefined ? '' : `adjusted p = ${pValue(p)}`,
  ]);
  const small = slices.tooSmall.length > 0 ? [`  too small to tell: ${slices.tooSmall.join(', ')}`] : [];
  return [title, columns(rows), ...small].join('\n');
};

const number = (value: number): string => (Number.isInteger(value) ? String(value) : value.toPrecision(4));

const told = (estimate: Estimate, write: (value: number) => string = number): string =>
  estimate.ok
    ? `${write(estimate.value)} (${write(estimate.interval.lower)} to ${write(estimate.interval.upper)})`
    : `unknown: ${effectReason(estimate.reason)}`;

const pValue = (p: number): string => (p < 1e-4 ? p.toExponential(1) : p.toFixed(4));
const round = (value: number): number => Number(value.toPrecision(4));

/** The report in wire names; whole precision. */
export const reportJson = (report: Report): object => ({
  data: {
    rows: report.data.rows,
    units: report.data.units,
    units_not_exposed: report.data.unitsNotExposed,
    rows_without_unit: report.data.rowsWithoutUnit,
    rows_without_arm: report.data.rowsWithoutArm,
    units_in_several_arms: report.data.unitsInSeveralArms,
  },
  arms: report.arms,
  allocation: {
    alpha: report.allocation.alpha,
    alpha_success: report.allocation.alphaSuccess,
    alpha_guardrail: report.allocation.alphaGuardrail,
    beta: report.allocation.beta,
    beta_each: report.allocation.betaEach,
    success_metrics: report.allocation.successMetrics,
    guardrails: report.allocation.guardrails,
  },
  checks: report.checks.map(({ check, state, statistic, pValue: p, says }) => ({
    check,
    state,
    statistic,
    p_value: p,
    says,
  })),
  metrics: report.metrics.map(metricJson),
  slices: report.slices.map(({ column, metric, arm, heterogeneity, slices, tooSmall }) => ({
    column,
    metric,
    arm,
    heterogeneity_p_value: heterogeneity,
    slices: slices.map(({ slice, units, effect, shrunken, pValue: p }) => ({
      slice,
      units,
      effect,
      shrunken,
      adjusted_p_value: p,
    })),
    too_small: tooSmall,
  })),
  verdicts: report.verdicts,
});

const metricJson = ({ name, plan, alpha, arms, changes, varianceLeft, tail, cut }: Metric): object => ({
  metric: name,
  role: plan.role,
  better: plan.better,
  margin: plan.margin,
  alpha,
  variance_left: varianceLeft,
  arms,
  changes: changes.map(({ arm, absolute, relative, absoluteUnadjusted, relativeUnadjusted, test }) => ({
    arm,
    absolute,
    relative,
    absolute_unadjusted: absoluteUnadjusted,
    relative_unadjusted: relativeUnadjusted,
    test: test.ok ? { ok: true, statistic: test.statistic, p_value: test.pValue, method: test.method } : test,
  })),
  tail: tail && {
    largest_share: tail.largestShare,
    arm: tail.arm,
    winsorized: tail.winsorized,
    control_mean: tail.controlMean,
    control_winsorized: tail.controlWinsorized,
  },
  cut: cut && {
    control_uncut: cut.controlUncut,
    control_cut: cut.controlCut,
    arms: cut.arms,
    says: cut.says,
  },
});
