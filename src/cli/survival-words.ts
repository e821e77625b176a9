/** Curves and hazard ratios, for a person and as JSON. */

import type { CurveReport } from '#jobs';
import type { CoxFit } from '#stats';
import { estimateCells, estimateJson, shortNumber } from './numbers.ts';
import { columns } from './terminal.ts';

export const curvesJson = (report: CurveReport): object => ({
  groups: report.groups.map((group) => ({
    group: group.group,
    n: group.n,
    events: group.events,
    median: estimateJson(group.median),
    survival: group.survival.map(({ at, estimate }) => ({ at, ...estimateJson(estimate) })),
    restricted_mean: group.restrictedMean && estimateJson(group.restrictedMean),
  })),
  log_rank:
    report.logRank === null
      ? null
      : report.logRank.ok
        ? { ok: true, chi2: report.logRank.statistic, degrees: report.logRank.degrees, p: report.logRank.pValue }
        : { ok: false, reason: report.logRank.reason },
  differences: report.differences.map(({ group, estimate }) => ({ group, ...estimateJson(estimate) })),
});

export const describeCurves = ({ groups, logRank, differences }: CurveReport, level: number): string => {
  const interval = `${Math.round(level * 100)} % interval`;
  const rows = groups.flatMap((group) => [
    [`${group.group}: ${group.n} followed, ${group.events} ended`, '', ''],
    ['  median', ...estimateCells(group.median)],
    ...group.survival.map(({ at, estimate }) => [`  still there at ${at}`, ...estimateCells(estimate)]),
    ...(group.restrictedMean ? [['  mean within the horizon', ...estimateCells(group.restrictedMean)]] : []),
  ]);
  const first = groups[0]?.group ?? '';
  const compared = differences.map(({ group, estimate }) => [
    `${group} − ${first}, mean within the horizon`,
    ...estimateCells(estimate),
  ]);
  const lines = [columns([['', 'value', interval], ...rows, ...compared])];
  if (logRank?.ok) {
    lines.push(
      `log-rank: χ² = ${shortNumber(logRank.statistic)}, ${logRank.degrees} df, p = ${shortNumber(logRank.pValue)}`,
    );
  } else if (logRank) lines.push(`log-rank: none, ${logRank.reason.replaceAll('_', ' ')}`);
  return lines.join('\n');
};

export const coxJson = (fit: CoxFit): object =>
  fit.ok
    ? {
        ok: true,
        n: fit.n,
        events: fit.events,
        ties: fit.ties,
        variance: fit.variance,
        log_likelihood: fit.logLikelihood,
        null_log_likelihood: fit.nullLogLikelihood,
        coefficients: fit.coefficients.map(({ name, value, standardError, hazardRatio }) => ({
          name,
          value,
          standard_error: standardError,
          hazard_ratio: estimateJson(hazardRatio),
        })),
      }
    : { ok: false, reason: fit.reason };

export const describeCox = (fit: CoxFit, level: number): string => {
  if (!fit.ok) return `Cox: no fit, ${fit.reason.replaceAll('_', ' ')}`;
  const interval = `${Math.round(level * 100)} % interval`;
  return [
    `Cox on ${fit.n} units, ${fit.events} ends; ties ${fit.ties}, variance ${fit.variance}, log-likelihood ${fit.logLikelihood.toFixed(4)}`,
    columns([
      ['', 'coefficient', 'error', 'hazard ratio', interval],
      ...fit.coefficients.map(({ name, value, standardError, hazardRatio }) => [
        `  ${name}`,
        shortNumber(value),
        shortNumber(standardError),
        ...estimateCells(hazardRatio),
      ]),
    ]),
  ].join('\n');
};
