/** A report of off-policy evaluation, for people and for machines. */

import type { Estimate } from '#domain';
import type { PolicyReport } from '#evaluation';
import type { LogPolicyReport } from '#jobs';
import { columns, styled } from './terminal.ts';

/** Names of the wire: snake_case; an infinite parameter is the text "Infinity", which JSON has no number for. */
export const policyJson = (report: PolicyReport | LogPolicyReport): object => ({
  rounds: report.n,
  logged_value: report.logged,
  estimates: report.estimates.map(({ name, parameter, tried, bootstrap, delta, bernstein }) => ({
    estimator: name,
    ...(parameter && {
      parameter: { name: parameter.name, value: jsonNumber(parameter.value), tuned: parameter.tuned },
    }),
    value: bootstrap.ok ? bootstrap.value : null,
    bootstrap,
    delta,
    bernstein,
    ...(tried.length > 0 && {
      tried: tried.map((one) => ({
        parameter: jsonNumber(one.parameter),
        value: one.value,
        half_width: one.halfWidth,
      })),
    }),
  })),
  diagnostics: {
    effective_size: report.diagnostics.effectiveSize,
    largest_weight: report.diagnostics.largestWeight,
    largest_share: report.diagnostics.largestShare,
    zero_share: report.diagnostics.zeroShare,
    rewarded_rounds: report.diagnostics.rewardedRounds,
    mean_weight: {
      value: report.diagnostics.meanWeight.value,
      z: report.diagnostics.meanWeight.z ?? null,
      p_value: report.diagnostics.meanWeight.pValue ?? null,
    },
    overlap:
      report.diagnostics.overlap?.map((one) => ({
        action: one.action,
        logged_share: one.loggedShare,
        target_share: one.targetShare,
        effective_size: one.effectiveSize,
        largest_weight: one.largestWeight,
      })) ?? null,
  },
  trust: report.trust,
  ...('regression' in report && {
    reward_model: {
      kind: 'logistic regression, cross-fitted',
      features: report.regression.features,
      log_loss: report.regression.logLoss,
      log_loss_of_mean: report.regression.logLossOfMean,
      converged: report.regression.fits.every((fit) => fit.converged),
    },
  }),
});

const jsonNumber = (value: number): number | string => (Number.isFinite(value) ? value : String(value));

export const describePolicy = (report: PolicyReport | LogPolicyReport, isTty: boolean): string => {
  const { diagnostics, trust } = report;
  const table = columns([
    ['estimator', 'parameter', 'value', 'bootstrap', 'delta', 'Bernstein'],
    ...report.estimates.map(({ name, parameter, bootstrap, delta, bernstein }) => [
      name,
      parameter === undefined ? '' : `${parameter.name}=${parameter.value}${parameter.tuned ? ' (SLOPE)' : ''}`,
      bootstrap.ok ? digits(bootstrap.value) : '',
      told(bootstrap),
      told(delta),
      told(bernstein),
    ]),
  ]);
  const logged = report.logged.ok ? `${digits(report.logged.value)} ${told(report.logged)}` : report.logged.reason;
  const { meanWeight } = diagnostics;
  const weights = [
    `weights: worth ${digits(diagnostics.effectiveSize)} of ${report.n} rounds`,
    `largest ${digits(diagnostics.largestWeight)} (${digits(100 * diagnostics.largestShare)} % of all)`,
    `mean ${digits(meanWeight.value)}${meanWeight.z === undefined ? '' : `, z = ${digits(meanWeight.z)} from 1`}`,
  ].join('; ');
  return [
    `${report.n} rounds; the policy that logged them earned ${logged}`,
    ...('regression' in report ? [describeModel(report)] : []),
    '',
    table,
    '',
    weights,
    styled(trust.sentence, 'bold', isTty),
  ].join('\n');
};

const describeModel = ({ regression }: LogPolicyReport): string => {
  const gain = regression.logLoss < regression.logLossOfMean ? 'better than' : 'no better than';
  const loss = `${digits(regression.logLoss)} nats a round against ${digits(regression.logLossOfMean)}`;
  return `reward model: ${regression.features} features, on rounds it had not seen ${gain} the mean (${loss})`;
};

/** The interval, or why there is none. */
export const told = (estimate: Estimate): string =>
  estimate.ok
    ? `[${digits(estimate.interval.lower)}, ${digits(estimate.interval.upper)}]`
    : estimate.reason.replaceAll('_', ' ');

/** Four significant digits, without an exponent where that is short. */
export const digits = (value: number): string => {
  const text = String(Number(value.toPrecision(4)));
  return text.includes('e') ? value.toPrecision(4) : text;
};
