import { expect, it } from 'vitest';
import { METRIC_KINDS, parseMetric, standardMetrics, varianceWords } from '#metrics';

const POLARITY = { up: 'more is better', down: 'less is better', free: 'neither is claimed' } as const;

const FAMILY = {
  involvement: 'Involvement: how much is listened to',
  interaction: 'Interaction: what people do while listening',
  contribution: 'Contribution: what people keep and refuse',
  inter_session: 'Between sessions: whether people come back',
  long_term: 'The long run',
  success: 'Success: whether it did what it was for',
} as const;

const card = (kind: (typeof METRIC_KINDS)[number]): string[] => {
  const name = kind.parameter === undefined ? kind.base : `${kind.base}[${kind.parameter.standard}]`;
  const metric = parseMetric(name);
  return [
    `### ${metric.name}`,
    `${metric.question} In ${metric.unit}.`,
    '',
    `- Numerator: ${metric.numerator}.`,
    `- Denominator: ${metric.denominator}.`,
    `- Window: ${metric.window}.`,
    ...(kind.parameter === undefined ? [] : [`- Parameter: ${kind.parameter.allowed}.`]),
    `- Interval: ${varianceWords(metric.recipe)}.`,
    `- Reading: ${POLARITY[metric.polarity]}.`,
    ...metric.exceptions.map(({ intents, devices, polarity, because }) => {
      const where = [...(intents ?? []), ...(devices ?? [])].join(', ');
      return `  - ${where}: ${POLARITY[polarity]}, because ${because}.`;
    }),
    ...metric.failureModes.map((text) => `- It misleads: ${text}`),
    '',
  ];
};

const page = (): string =>
  [
    '# Metrics',
    '',
    'The card of each metric, made of the code. `ritornello metrics report --metrics NAME` tells its figures;',
    '[the concepts](../concepts/metrics.md) say how figures, intervals and polarity are meant.',
    '',
    ...Object.entries(FAMILY).flatMap(([family, title]) => [
      `## ${title}`,
      '',
      ...METRIC_KINDS.filter((kind) => kind.family === family).flatMap(card),
    ]),
  ]
    .join('\n')
    .trimEnd();

it('the reference of metrics is the one made of the catalogue', async () => {
  await expect(`${page()}\n`).toMatchFileSnapshot('../../docs/reference/metrics.md');
});

it('every metric has a family that the page shows', () => {
  const families = new Set(METRIC_KINDS.map(({ family }) => family));
  expect([...families].sort()).toEqual(Object.keys(FAMILY).sort());
  expect(standardMetrics(['sleep_playlist'])).toHaveLength(METRIC_KINDS.length);
});
