/** Experiments: planned, started, judged; and the arm of a listener. */

import type { FastifyInstance } from 'fastify';
import { EngineError, type UserId } from '#domain';
import { addEndpoint, type Call } from '../endpoint.ts';
import type { ArmRequest } from '../engine.ts';
import { toAnalysis, toArm, toEntry, toPower } from '../mappers/experiment.ts';
import type { RouteContext } from './context.ts';

/** Documents are a page long. */
const MAX_DOCUMENT_BYTES = 65_536;
const TYPES = ['application/json', 'application/yaml', 'application/octet-stream', 'text/plain'];

export const experimentRoutes =
  ({ engine }: RouteContext) =>
  async (scope: FastifyInstance): Promise<void> => {
    const { experiments } = engine;
    scope.removeAllContentTypeParsers();
    for (const type of TYPES) {
      scope.addContentTypeParser(
        type,
        { parseAs: 'string', bodyLimit: MAX_DOCUMENT_BYTES },
        async (_: unknown, text: string) => text,
      );
    }
    addEndpoint(scope, 'experiments', async () => ({ experiments: experiments.list().map(toEntry) }));
    addEndpoint(scope, 'experiment', async ({ params }) => toEntry(experiments.get(params.experiment)));
    addEndpoint(scope, 'putExperiment', async ({ params, request }) =>
      toEntry(await experiments.put(params.experiment, textOf(request.body))),
    );
    addEndpoint(scope, 'startExperiment', async ({ params }) => toEntry(await experiments.start(params.experiment)));
    addEndpoint(scope, 'stopExperiment', async ({ params }) => toEntry(await experiments.stop(params.experiment)));
    addEndpoint(scope, 'experimentPower', async ({ params }) => toPower(await experiments.power(params.experiment)));
    addEndpoint(scope, 'experimentAnalysis', async ({ params }) =>
      toAnalysis(experiments.get(params.experiment).document, await experiments.analysis(params.experiment)),
    );
    addEndpoint(scope, 'arm', async ({ params, query }) =>
      toArm(experiments.arm(params.user_id as UserId, params.experiment, requestOf(query))),
    );
    addEndpoint(scope, 'expose', async ({ params, query }) =>
      toArm(await experiments.expose(params.user_id as UserId, params.experiment, requestOf(query))),
    );
  };

const requestOf = ({ session_id, device, surface, cluster }: Call<'arm'>['query']): ArmRequest => ({
  ...(session_id !== undefined && { sessionId: session_id }),
  ...(device !== undefined && { device }),
  ...(surface !== undefined && { surface }),
  ...(cluster !== undefined && { cluster }),
});

const textOf = (body: unknown): string => {
  if (typeof body === 'string' && body.trim() !== '') return body;
  const reason = 'no document was sent: send it as the body, YAML or JSON';
  throw new EngineError('malformed_body', reason, { fields: [{ field: 'body', reason }] });
};
