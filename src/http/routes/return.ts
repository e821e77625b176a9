/** Who comes back. */

import type { FastifyInstance } from 'fastify';
import { addEndpoint } from '../endpoint.ts';
import { toDiversity } from '../mappers/diversity.ts';
import { toEstimate } from '../mappers/metrics.ts';
import type { RouteContext } from './context.ts';

export const returnRoutes =
  ({ engine: { returns } }: RouteContext) =>
  async (scope: FastifyInstance): Promise<void> => {
    addEndpoint(scope, 'returnRates', async ({ query: { by, horizon, level, from, to } }) => {
      const report = await returns.report({ by, horizon, level, ...(from && { from }), ...(to && { to }) });
      return {
        by: report.by,
        horizon: report.horizon,
        users: report.users,
        rows: report.rows.map(({ weekOf, week, returned }) => ({
          week_of: weekOf,
          week,
          returned: toEstimate(returned),
        })),
        sql: report.sql,
      };
    });
    addEndpoint(scope, 'diversityReturn', async ({ query: { horizon, level, experiment } }) =>
      toDiversity(await returns.diversity({ horizon, level, ...(experiment !== undefined && { experiment }) })),
    );
  };
