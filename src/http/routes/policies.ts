/** What other policies would have earned on the slates in the log, and what their cards led to. */

import type { FastifyInstance } from 'fastify';
import { addEndpoint } from '../endpoint.ts';
import { toDownstream } from '../mappers/downstream.ts';
import { toPolicyReplay } from '../mappers/policy-replay.ts';
import type { RouteContext } from './context.ts';
import { addTextParser, momentOf, textOf } from './text-body.ts';

export const policyRoutes =
  ({ engine: { policies } }: RouteContext) =>
  async (scope: FastifyInstance): Promise<void> => {
    addTextParser(scope);
    addEndpoint(scope, 'downstream', async ({ query: { from, to, ...asked } }) =>
      toDownstream(await policies.downstream({ ...asked, from: momentOf(from), to: momentOf(to) })),
    );
    addEndpoint(scope, 'policyReplay', async ({ request, query: { from, to, reward, success, ...asked } }) => {
      const text = await textOf(request.body, 'policy');
      const range = { from: momentOf(from), to: momentOf(to) };
      return toPolicyReplay(await policies.replay({ ...asked, ...range, text, reward, success }));
    });
  };
