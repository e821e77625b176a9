/** History files in: the body is the file, passed on as it arrives. */

import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { EngineError, type UserId } from '#domain';
import { addEndpoint } from '../endpoint.ts';
import { toImportJob } from '../mappers/import-job.ts';
import type { RouteContext } from './context.ts';

/** The file in pieces, as long as it is no larger than allowed. */
async function* bounded(file: Readable, limit: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of file) {
    bytes += (piece as Uint8Array).length;
    if (bytes > limit) {
      const reason = `the file is larger than ${limit} bytes: nothing of it was imported`;
      throw new EngineError('body_too_large', reason, { fields: [{ field: 'body', reason }] });
    }
    yield piece as Uint8Array;
  }
}

const notThere = (): never => {
  const reason = 'no file was sent: send it as the body, application/octet-stream';
  throw new EngineError('malformed_body', reason, { fields: [{ field: 'body', reason }] });
};

export const importRoutes =
  ({ engine, limits }: RouteContext) =>
  async (scope: FastifyInstance): Promise<void> => {
    const { work } = engine;
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/octet-stream', async (_request: unknown, file: Readable) => file);

    addEndpoint(scope, 'startImport', async ({ query, request, reply }) => {
      const file = (request.body as Readable | undefined) ?? notThere();
      const { format, file_name, user_id } = query;
      // Until the file has been read to its end the connection cannot be used again.
      reply.header('connection', 'close');
      const job = await work.startImport(bounded(file, limits.importBytes), {
        fileName: file_name,
        userId: user_id as UserId,
        ...(format !== undefined && { format }),
      });
      return toImportJob(job);
    });
    addEndpoint(scope, 'imports', async () => ({ imports: work.imports().map(toImportJob) }));
    addEndpoint(scope, 'import', async ({ params }) => {
      const job = work.imports().find(({ importId }) => importId === params.import_id);
      if (job !== undefined) return toImportJob(job);
      const reason = `there is no import "${params.import_id}" in this run`;
      throw new EngineError('not_found', reason, { fields: [{ field: 'import_id', reason }] });
    });
  };
