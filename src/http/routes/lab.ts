/** The Lab: what can be tried, the run under way, the lives it left. */

import type { FastifyInstance } from 'fastify';
import { addEndpoint } from '../endpoint.ts';
import { toLab, toLabLife } from '../wire/lab.ts';
import type { RouteContext } from './context.ts';

export const labRoutes =
  ({ engine: { lab } }: RouteContext) =>
  async (scope: FastifyInstance): Promise<void> => {
    addEndpoint(scope, 'lab', async () => toLab(lab.state()));
    addEndpoint(scope, 'startLab', async ({ query }) => toLab(lab.start(query)));
    addEndpoint(scope, 'cancelLab', async () => toLab(lab.cancel()));
    addEndpoint(scope, 'labLife', async ({ query: { listener, week } }) => toLabLife(lab.life(listener, week)));
  };
