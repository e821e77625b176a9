/** Events in. */

import type { FastifyInstance } from 'fastify';
import { addRawEndpoint } from '../endpoint.ts';
import { toReceipts } from '../receipts.ts';
import type { RouteContext } from './context.ts';
import { addEntryParsers, entriesOf } from './entry-body.ts';

/** The answer is made as text by hand: checking 500 receipts of our own against a schema costs more than parsing them. */
export const eventRoutes =
  ({ engine, limits, metrics }: RouteContext) =>
  async (scope: FastifyInstance): Promise<void> => {
    addEntryParsers(scope, limits);
    addRawEndpoint(scope, 'postEvents', async ({ request, reply }) => {
      const entries = entriesOf(request);
      const receipts = toReceipts(entries, await engine.intake.accept(entries.good));
      metrics.countIntake('events', receipts);
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(receipts));
    });
  };
