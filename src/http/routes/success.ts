/** Definitions of success: the map, one of them, outcomes of units, and what the editor asks before it keeps a version. */

import type { FastifyInstance } from 'fastify';
import { addEndpoint } from '../endpoint.ts';
import {
  toCheckAnswer,
  toDefinitionPage,
  toDefinitionRow,
  toOutcomes,
  toPreview,
  toSuccessMap,
} from '../mappers/success.ts';
import type { RouteContext } from './context.ts';
import { addTextParser, momentOf, textOf } from './text-body.ts';

export const successRoutes =
  ({ engine: { success } }: RouteContext) =>
  async (scope: FastifyInstance): Promise<void> => {
    addTextParser(scope);
    addEndpoint(scope, 'success', async () => toSuccessMap(await success.map()));
    addEndpoint(scope, 'successDefinition', async ({ params }) => toDefinitionPage(success.page(params.name)));
    addEndpoint(
      scope,
      'successOutcomes',
      async ({ params, query: { from, to, user_id: userId, each_label: eachLabel, ...asked } }) =>
        toOutcomes(
          await success.outcomes({
            ...asked,
            userId,
            eachLabel,
            name: params.name,
            from: momentOf(from),
            to: momentOf(to),
          }),
        ),
    );
    addEndpoint(scope, 'checkDefinition', async ({ request }) =>
      toCheckAnswer(await success.check(await textOf(request.body, 'definition'))),
    );
    addEndpoint(scope, 'previewDefinition', async ({ request, query: { from, to, user_id: userId, ...asked } }) => {
      const text = await textOf(request.body, 'definition');
      return toPreview(await success.preview({ ...asked, userId, text, from: momentOf(from), to: momentOf(to) }));
    });
    addEndpoint(scope, 'saveDefinition', async ({ request }) =>
      toDefinitionRow(await success.save(await textOf(request.body, 'definition'))),
    );
  };
