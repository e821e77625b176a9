/** The account of why. */

import type { FastifyInstance } from 'fastify';
import type { ItemId, SlateId } from '#domain';
import { addEndpoint } from '../endpoint.ts';
import { toWhy } from '../mappers/why.ts';
import type { RouteContext } from './context.ts';

export const slateRoutes =
  ({ engine }: RouteContext) =>
  async (scope: FastifyInstance): Promise<void> => {
    addEndpoint(scope, 'why', async ({ params }) =>
      toWhy(await engine.serving.why(params.slate_id as SlateId, params.item_id as ItemId)),
    );
  };
