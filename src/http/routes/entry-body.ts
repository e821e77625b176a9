/** Bodies of events and items: read here entry by entry, so that no schema of the whole can refuse the good with the bad. */

import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { EngineError } from '#domain';
import { type Entries, readJsonEntries, readNdjsonEntries } from '../entries.ts';
import type { ServerLimits } from '../limits.ts';

/** Lets routes of this scope take JSON and NDJSON as `Entries`, and nothing else. */
export const addEntryParsers = (scope: FastifyInstance, limits: ServerLimits): void => {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: limits.bodyBytes },
    async (_request: FastifyRequest, body: Buffer) => readJsonEntries(body, limits),
  );
  scope.addContentTypeParser('application/x-ndjson', (_request: FastifyRequest, payload: IncomingMessage) =>
    readNdjsonEntries(payload, limits),
  );
};

/** The entries of a request. @throws {EngineError} malformed_body when no body was sent. */
export const entriesOf = (request: FastifyRequest): Entries => {
  const entries = request.body as Entries | undefined;
  if (entries !== undefined) return entries;
  const reason = 'no body was sent: expected JSON (an array or one object) or NDJSON';
  throw new EngineError('malformed_body', reason, { fields: [{ field: 'body', reason }] });
};
