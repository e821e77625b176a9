/** The analysis of an experiment that this engine runs, for people. */

import type { EffectEstimate, ExperimentAnalysis } from '#api';
import { effectReason } from '#domain';
import { columns, styled } from './terminal.ts';

export const describeAnalysis = (analysis: ExperimentAnalysis, isTty: boolean): string => {
  const units = analysis.arms.map(({ arm, exposed }) => `${arm} ${exposed.toLocaleString('en-US')}`).join(', ');
  const exposed = analysis.arms.reduce((sum, arm) => sum + arm.exposed, 0);
  const parts = [
    ...(analysis.advice === null ? [] : [styled(analysis.advice, 'bold', isTty)]),
    ...analysis.verdicts.map(({ sentence }) => styled(sentence, 'bold', isTty)),
    `${exposed.toLocaleString('en-US')} of ${analysis.planned_units.toLocaleString('en-US')} planned units exposed: ${units}`,
    ...analysis.metrics.map((metric) =>
      [
        `${styled(metric.metric, 'bold', isTty)}  ${metric.role}, ${metric.better === 'up' ? 'higher' : 'lower'} is better`,
        columns([
          ...metric.arms.map(({ arm, estimate }) => [`  ${arm}`, told(estimate, (value) => value.toPrecision(4))]),
          ...metric.changes.map(({ arm, relative }) => [
            `  ${arm} against ${metric.arms[0]!.arm}`,
            told(relative, (value) => `${(100 * value).toFixed(2)} %`),
          ]),
        ]),
        ...(metric.cut === null ? [] : [`  ${metric.cut.says}`]),
      ].join('\n'),
    ),
    ...(analysis.randomization.length > 0 ? [describeRandomization(analysis)] : []),
    ...analysis.slices.filter(({ slices }) => slices.length > 1).map(describeSlices),
    ...(analysis.allocation === null ? [] : [describeAllocation(analysis.allocation)]),
    ['Checks', ...analysis.checks.map(({ state, says }) => `  ${state.padEnd(12)} ${says}`)].join('\n'),
  ];
  if (analysis.metrics.length === 0) parts.push('No metrics yet: every arm needs two exposed units.');
  return parts.join('\n\n');
};

/** How the error and the power of the decision are divided among its metrics. */
const describeAllocation = (of: NonNullable<ExperimentAnalysis['allocation']>): string =>
  `alpha ${of.alpha}: ${round(of.alpha_success)} for each success metric, ${round(of.alpha_guardrail)} for each guardrail; ` +
  `beta ${round(of.beta)}: ${round(of.beta_each)} for each test`;

const round = (value: number): number => Number(value.toPrecision(4));

const describeRandomization = ({ randomization }: ExperimentAnalysis): string =>
  [
    'By the draws of arms that could have been made',
    ...randomization.map(({ metric, arm, effect, p_value: p, periods, draws, exact }) => {
      const how = `${periods} periods, ${exact ? 'all' : 'a sample of'} ${draws.toLocaleString('en-US')} draws`;
      return `  ${metric}, ${arm}: ${told(effect, (value) => value.toPrecision(4))}${p === null ? '' : `, p = ${p.toFixed(4)}`}; ${how}`;
    }),
  ].join('\n');

const describeSlices = ({ metric, column, arm, heterogeneity, slices }: ExperimentAnalysis['slices'][number]): string =>
  [
    `${metric} by ${column}, ${arm}${heterogeneity === null ? '' : `; the same everywhere: p = ${heterogeneity.toFixed(4)}`}`,
    columns(
      slices.map(({ slice, units, effect, shrunken }) => [
        `  ${slice}`,
        String(units),
        told(effect, (value) => value.toPrecision(4)),
        `shrunken ${told(shrunken, (value) => value.toPrecision(4))}`,
      ]),
    ),
  ].join('\n');

const told = (estimate: EffectEstimate, write: (value: number) => string): string =>
  estimate.ok
    ? `${write(estimate.value)} (${write(estimate.interval.lower)} to ${write(estimate.interval.upper)})`
    : `unknown: ${effectReason(estimate.reason)}`;
