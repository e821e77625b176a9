/** The compass: asked, and its corpus put. */

import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { EngineError } from '#domain';
import { addEndpoint } from '../endpoint.ts';
import { toCompass } from '../mappers/compass.ts';
import type { RouteContext } from './context.ts';

/** A corpus is read whole: 64 MiB are some 600,000 rows. */
const MOST_BYTES = 64 * 2 ** 20;

const textOf = async (file: Readable | undefined): Promise<string> => {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of file ?? []) {
    bytes += (piece as Uint8Array).length;
    if (bytes > MOST_BYTES) {
      const reason = `the corpus is larger than ${MOST_BYTES} bytes: nothing of it was taken`;
      throw new EngineError('body_too_large', reason, { fields: [{ field: 'body', reason }] });
    }
    pieces.push(piece as Uint8Array);
  }
  if (bytes > 0) return Buffer.concat(pieces).toString('utf8');
  const reason = 'no corpus was sent: send the table as the body, application/octet-stream';
  throw new EngineError('malformed_body', reason, { fields: [{ field: 'body', reason }] });
};

export const compassRoutes =
  ({ engine: { compass } }: RouteContext) =>
  async (scope: FastifyInstance): Promise<void> => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/octet-stream', async (_request: unknown, file: Readable) => file);
    addEndpoint(scope, 'compass', async ({ query: { outcome, quick } }) =>
      toCompass(
        await compass.overview({ ...(outcome !== undefined && { outcome }), ...(quick !== undefined && { quick }) }),
      ),
    );
    addEndpoint(scope, 'putCorpus', async ({ request, reply }) => {
      reply.header('connection', 'close');
      const { rows, experiments, metrics } = await compass.putCorpus(
        await textOf(request.body as Readable | undefined),
      );
      return { rows, experiments, metrics: [...metrics] };
    });
  };
