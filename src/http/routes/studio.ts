/** For those who run it: what is in here, what was decided, training, the playground. */

import type { FastifyInstance } from 'fastify';
import type { SlateId, UserId } from '#domain';
import { toTimeOrNull } from '#wire';
import { addEndpoint } from '../endpoint.ts';
import { toDecision, toSlateRow } from '../mappers/decision.ts';
import { toOverview } from '../mappers/overview.ts';
import { toStatus } from '../mappers/status.ts';
import type { RouteContext } from './context.ts';

const addViews = (scope: FastifyInstance, { engine, needsKey }: RouteContext): void => {
  const { studio } = engine;
  addEndpoint(scope, 'status', async () => toStatus(await studio.status(), needsKey));
  addEndpoint(scope, 'overview', async () => toOverview(await studio.overview()));
  addEndpoint(scope, 'users', async ({ query }) => {
    const users = await studio.users(query.query, query.limit);
    return {
      users: users.map(({ userId, plays, lastAt }) => ({ user_id: userId, plays, last_at: toTimeOrNull(lastAt) })),
    };
  });
  addEndpoint(scope, 'slates', async ({ query }) => {
    const { limit, user_id, surface, before } = query;
    const { slates, sql } = await studio.slates({
      limit,
      ...(user_id !== undefined && { userId: user_id as UserId }),
      ...(surface !== undefined && { surface }),
      ...(before !== undefined && { before: Date.parse(before) }),
    });
    return { slates: slates.map(toSlateRow), sql };
  });
  addEndpoint(scope, 'decision', async ({ params }) => toDecision(await studio.decision(params.slate_id as SlateId)));
};

const addWork = (scope: FastifyInstance, { engine, needsKey }: RouteContext): void => {
  const { work } = engine;
  addEndpoint(scope, 'progress', async ({ query: { watch } }) => ({ progress: work.progressOf(watch) }));
  addEndpoint(scope, 'train', async () => toStatus(await work.train(), needsKey));
  addEndpoint(scope, 'makePlayground', async () => toStatus(await work.makePlayground(), needsKey));
  addEndpoint(scope, 'removePlayground', async () => toStatus(await work.removePlayground(), needsKey));
};

export const studioRoutes =
  (context: RouteContext) =>
  async (scope: FastifyInstance): Promise<void> => {
    addViews(scope, context);
    addWork(scope, context);
  };
