/** For those who watch it: alive, ready, counters. */

import type { FastifyInstance } from 'fastify';
import { livenessSchema, readinessSchema } from '#api';
import type { RouteContext } from './context.ts';

/** Watchers ask often and from many places; they are not counted against the limit of requests. */
const UNLIMITED = { rateLimit: false } as const;
const tags = ['health'];

export const healthRoutes =
  ({ engine, metrics }: RouteContext) =>
  async (scope: FastifyInstance): Promise<void> => {
    scope.route({
      method: 'GET',
      url: '/health/live',
      config: UNLIMITED,
      schema: { operationId: 'live', summary: 'The process answers.', tags, response: { 200: livenessSchema } },
      handler: async () => ({ alive: true }),
    });
    scope.route({
      method: 'GET',
      url: '/health/ready',
      config: UNLIMITED,
      schema: {
        operationId: 'ready',
        summary: 'Whether requests can be answered; 503 with the same body when not.',
        tags,
        response: { 200: readinessSchema, 503: readinessSchema },
      },
      handler: async (_request, reply) => {
        const { ready, journal, warehouse, models } = await engine.health.readiness();
        return reply.code(ready ? 200 : 503).send({ ready, journal, warehouse, models });
      },
    });
    scope.route({
      method: 'GET',
      url: '/metrics',
      config: { ...UNLIMITED, role: 'admin' },
      schema: { hide: true },
      handler: async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()),
    });
  };
