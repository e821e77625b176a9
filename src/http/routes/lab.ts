/** The Lab: what can be tried and worlds of one's own, the run under way, the lives it left. */

import type { FastifyInstance } from 'fastify';
import { addEndpoint } from '../endpoint.ts';
import { toLab, toLabLife } from '../mappers/lab.ts';
import type { RouteContext } from './context.ts';
import { addTextParser, textOf } from './text-body.ts';

export const labRoutes =
  ({ engine: { lab } }: RouteContext) =>
  async (scope: FastifyInstance): Promise<void> => {
    addTextParser(scope);
    addEndpoint(scope, 'lab', async () => toLab(lab.state()));
    addEndpoint(scope, 'startLab', async ({ query }) => toLab(lab.start(query)));
    addEndpoint(scope, 'cancelLab', async () => toLab(lab.cancel()));
    addEndpoint(scope, 'keepLabWorld', async ({ request }) =>
      toLab(lab.keepWorld(await textOf(request.body, 'world'))),
    );
    addEndpoint(scope, 'removeLabWorld', async ({ params: { world } }) => toLab(lab.removeWorld(world)));
    addEndpoint(scope, 'labLife', async ({ query: { listener, week } }) => toLabLife(lab.life(listener, week)));
  };
