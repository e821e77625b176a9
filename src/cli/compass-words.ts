/** Answers of the compass, for a person and as JSON. */

import { type CompassContext, contextName, type Flag, type Validation } from '#experiments';
import type { CardsAnswer, SurrogateReport, ValidationAnswer, WeightsAnswer } from '#jobs';
import { estimateCells, estimateJson, shortNumber } from './numbers.ts';
import { columns } from './terminal.ts';

const noiseWords = (from: string): string =>
  from === 'taken for independent'
    ? 'errors of metrics taken for independent: give --noise or A/A tests'
    : `error correlations ${from === 'given' ? 'as given' : 'from A/A tests'}`;

const flagWords = (flag: Flag): string => {
  switch (flag.kind) {
    case 'up_while_outcome_down':
      return `went up while the outcome went down in ${flag.experiments.length}: ${flag.experiments.slice(0, 3).join(', ')}${flag.experiments.length > 3 ? ', …' : ''}`;
    case 'easy_to_move_says_little':
      return 'easy to move, says little';
    case 'points_the_other_way':
      return 'points the other way: up is worse';
  }
};

export const cardsJson = ({ experiments, noise, cards }: CardsAnswer): object => ({
  experiments,
  noise,
  cards: cards.map((card) => ({
    metric: card.metric,
    outcome: card.outcome,
    sensitivity: estimateJson(card.sensitivity),
    mean_absolute_z: card.meanAbsoluteZ,
    false_alarms: estimateJson(card.falseAlarms),
    direction_agreement: estimateJson(card.directionAgreement),
    latency_days: card.latencyDays,
    slope: estimateJson(card.slope),
    plain_slope: card.plainSlope,
    surrogacy: estimateJson(card.surrogacy),
    beats_direct_below: card.beatsDirectBelow,
    drift: card.drift.ok
      ? {
          ok: true,
          before: estimateJson(card.drift.before),
          after: estimateJson(card.drift.after),
          difference: estimateJson(card.drift.difference),
          moved: card.drift.moved,
        }
      : card.drift,
    flags: card.flags,
  })),
});

export const describeCards = ({ experiments, noise, cards }: CardsAnswer): string =>
  [
    `${experiments} experiments; ${noiseWords(noise)}`,
    ...cards.map((card) => {
      const { beatsDirectBelow: beats, drift } = card;
      const rows = [
        ['moves beyond noise', ...estimateCells(card.sensitivity)],
        ['false alarms in A/A tests', ...estimateCells(card.falseAlarms)],
        ['moves with the outcome', ...estimateCells(card.directionAgreement)],
        [`${card.outcome} a unit of it`, ...estimateCells(card.slope)],
        ['  without taking out noise', card.plainSlope === null ? '–' : shortNumber(card.plainSlope), ''],
        ['tells of the long-term effect', ...estimateCells(card.surrogacy)],
        ['beats the outcome below', beats.ok ? `${Math.round(beats.units)} units` : beats.reason, ''],
        ['can be read after', card.latencyDays === null ? 'unknown' : `${card.latencyDays} days`, ''],
        [
          'slope since last validation',
          ...(drift.ok
            ? [drift.moved ? 'moved' : 'stands', estimateCells(drift.difference)[1]]
            : ['–', drift.reason.replaceAll('_', ' ')]),
        ],
      ];
      const flags = card.flags.map((flag) => `\n  ! ${flagWords(flag)}`).join('');
      return `\n${card.metric}\n${columns(rows.map(([first, ...rest]) => [`  ${first}`, ...rest]))}${flags}`;
    }),
  ].join('\n');

export const weightsJson = ({ experiments, noise, proxies, sizes }: WeightsAnswer): object => ({
  experiments,
  noise,
  proxies,
  sizes: sizes.map(({ n, weights, shares, correlation, direct }) => ({ n, weights, shares, correlation, direct })),
});

export const describeWeights = ({ experiments, noise, proxies, sizes }: WeightsAnswer): string =>
  [
    `${experiments} experiments; ${noiseWords(noise)}`,
    'Share of each metric in the proxy, by units of the test; correlation with the true long-term effect beside that of the outcome itself',
    columns([
      ['units', ...proxies, 'proxy', 'outcome'],
      ...sizes.map(({ n, shares, correlation, direct }) => [
        String(n),
        ...proxies.map((_, at) => (shares === null ? '–' : shares[at]!.toFixed(3))),
        correlation === null ? '–' : correlation.toFixed(3),
        direct.toFixed(3),
      ]),
    ]),
  ].join('\n');

const validationFields = ({ experiments, agreement, recall, precision, contradictions }: Validation): object => ({
  experiments,
  agreement: estimateJson(agreement),
  recall: estimateJson(recall),
  precision: estimateJson(precision),
  contradictions: estimateJson(contradictions),
});

export const validationJson = ({ experiments, noise, proxy, single, disagreements }: ValidationAnswer): object => ({
  experiments,
  noise,
  proxy: validationFields(proxy),
  single: single.map(({ metric, validation }) => ({ metric, ...validationFields(validation) })),
  disagreements: disagreements.map(({ experiment, z, worse, mean }) => ({
    experiment,
    z,
    probability_worse: worse,
    expected_effect: mean,
  })),
});

export const describeValidation = ({ experiments, noise, proxy, single, disagreements }: ValidationAnswer): string => {
  const cells = ({ agreement, recall, precision, contradictions }: Validation) =>
    [agreement, recall, precision, contradictions].map((each) => estimateCells(each).join(' '));
  return [
    `${experiments} experiments, each left out in turn; ${noiseWords(noise)}`,
    columns([
      ['decides by', 'agrees', 'recall', 'precision', 'contradicts'],
      ['proxy of all', ...cells(proxy)],
      ...single.map(({ metric, validation }) => [`${metric} alone`, ...cells(validation)]),
    ]),
    ...(disagreements.length === 0
      ? []
      : [
          'Help the quick metric, hurt the outcome:',
          columns(
            disagreements.map(({ experiment, z, worse }) => [
              `  ${experiment}`,
              `z ${z.toFixed(1)}`,
              `${(100 * worse).toFixed(1)} % worse`,
            ]),
          ),
        ]),
  ].join('\n');
};

export const compassJson = (contexts: readonly CompassContext[]): object => ({
  contexts: contexts.map(({ context, n, rows, recommended, none, reason }) => ({
    context,
    n,
    recommended,
    none,
    reason,
    metrics: rows.map((row) => ({
      metric: row.metric,
      weight: row.weight,
      to_outcome: estimateJson(row.toOutcome),
      to_online: estimateJson(row.toOnline),
      sign_agreement: estimateJson(row.signAgreement),
      regret: estimateJson(row.regret),
      invalid: row.invalid,
    })),
  })),
});

export const describeCompass = (contexts: readonly CompassContext[]): string =>
  contexts
    .map(({ context, n, rows, recommended, none, reason }) => {
      const head = `${contextName(context)}: ${recommended ?? 'no measure'} (${n} experiments${reason ? `, ${reason.replaceAll('_', ' ')}` : `, none of them ${none.toFixed(3)}`})`;
      if (rows.length === 0) return head;
      const cells = rows.map((row) => [
        `  ${row.metric}${row.invalid ? ' (not valid here)' : ''}`,
        row.weight.toFixed(3),
        ...[row.toOutcome, row.toOnline, row.signAgreement, row.regret].map((each) => estimateCells(each)[0]),
      ]);
      return `${head}\n${columns([['  measure', 'weight', 'to outcome', 'to online', 'same sign', 'regret'], ...cells])}`;
    })
    .join('\n');

export const surrogateJson = ({ people, rSquared, weights, effects }: SurrogateReport): object => ({
  people,
  r_squared: rSquared,
  weights,
  effects: effects.map(({ arm, effect }) => ({ arm, ...estimateJson(effect) })),
});

export const describeSurrogate = ({ people, rSquared, weights, effects }: SurrogateReport): string =>
  [
    `Index of ${people} people; tells ${(100 * rSquared).toFixed(1)} % of the outcome between them`,
    columns(weights.map(({ surrogate, weight }) => [`  ${surrogate}`, shortNumber(weight)])),
    columns(effects.map(({ arm, effect }) => [`long-term effect of ${arm}`, ...estimateCells(effect)])),
  ].join('\n');
