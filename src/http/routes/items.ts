/** The catalogue: items in, and one item's page. */

import type { FastifyInstance } from 'fastify';
import type { ItemId, UserId } from '#domain';
import { addEndpoint, addRawEndpoint } from '../endpoint.ts';
import { toItemPage } from '../mappers/item-page.ts';
import { toReceipts } from '../receipts.ts';
import type { RouteContext } from './context.ts';
import { addEntryParsers, entriesOf } from './entry-body.ts';

export const itemRoutes =
  ({ engine, limits, metrics }: RouteContext) =>
  async (scope: FastifyInstance): Promise<void> => {
    addEntryParsers(scope, limits);
    addRawEndpoint(scope, 'putItems', async ({ request, reply }) => {
      const entries = entriesOf(request);
      const receipts = toReceipts(entries, await engine.intake.acceptItems(entries.good));
      metrics.countIntake('items', receipts);
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(receipts));
    });
    addEndpoint(scope, 'item', async ({ params, query }) => {
      const user = query.user_id === undefined ? null : (query.user_id as UserId);
      return toItemPage(await engine.serving.itemPage(params.item_id as ItemId, user));
    });
  };
