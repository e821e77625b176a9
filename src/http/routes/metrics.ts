/** Engagement metrics: cards, figures, absence curves, the life cycle. */

import type { FastifyInstance } from 'fastify';
import { METRIC_DIMENSIONS } from '#api';
import { EngineError } from '#domain';
import { addEndpoint } from '../endpoint.ts';
import { toIntents } from '../mappers/intents.ts';
import { toAbsenceCurves, toMetric, toMetricsReport, toPeriod } from '../mappers/metrics.ts';
import type { RouteContext } from './context.ts';

const wordsOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word, n, all) => word !== '' && all.indexOf(word) === n);

type Dimension = (typeof METRIC_DIMENSIONS)[number];

/** @throws {EngineError} invalid_request */
const dimensionsOf = (text: string): readonly Dimension[] =>
  wordsOf(text).map((word) => {
    const dimension = METRIC_DIMENSIONS.find((one) => one === word);
    if (dimension !== undefined) return dimension;
    throw new EngineError('invalid_request', `by ${JSON.stringify(word)}: expected ${METRIC_DIMENSIONS.join(', ')}`);
  });

export const metricsRoutes =
  ({ engine: { metrics } }: RouteContext) =>
  async (scope: FastifyInstance): Promise<void> => {
    addEndpoint(scope, 'metrics', async () => ({ metrics: metrics.list().map(toMetric) }));
    addEndpoint(scope, 'metricsReport', async ({ query }) => {
      const { from, to, level, judge, watch } = query;
      const asked = { metrics: wordsOf(query.metrics), by: dimensionsOf(query.by), from, to, level, judge, watch };
      return toMetricsReport(await metrics.report(asked));
    });
    addEndpoint(scope, 'absenceCurves', async ({ query: { by, from, to } }) =>
      toAbsenceCurves(await metrics.absence({ by: dimensionsOf(by), from, to })),
    );
    addEndpoint(scope, 'lifeCycle', async ({ query }) => {
      const { period, weeks, sql } = await metrics.lifeCycle(query);
      return { period: toPeriod(period), weeks: [...weeks], sql };
    });
    addEndpoint(scope, 'intents', async () => toIntents(metrics.intents()));
  };
