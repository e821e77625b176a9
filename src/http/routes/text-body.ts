/** Bodies that are a page of text: definitions of success, documents of policies and worlds. */

import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { EngineError } from '#domain';

const MOST_BYTES = 256 * 1024;

/** Lets routes of this scope take application/octet-stream, and nothing else. */
export const addTextParser = (scope: FastifyInstance): void => {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('application/octet-stream', async (_request: unknown, file: Readable) => file);
};

/** The body as text; `what` it should be, for the message. @throws {EngineError} body_too_large, malformed_body */
export const textOf = async (body: unknown, what: string): Promise<string> => {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of (body as Readable | undefined) ?? []) {
    bytes += (piece as Uint8Array).length;
    if (bytes > MOST_BYTES) throw refused('body_too_large', `the ${what} is larger than ${MOST_BYTES} bytes`);
    pieces.push(piece as Uint8Array);
  }
  if (bytes === 0) {
    throw refused('malformed_body', `no ${what} was sent: send its YAML as the body, application/octet-stream`);
  }
  return Buffer.concat(pieces).toString('utf8');
};

const refused = (code: 'body_too_large' | 'malformed_body', reason: string): EngineError =>
  new EngineError(code, reason, { fields: [{ field: 'body', reason }] });

/** Epoch milliseconds of a day or time that the schema has checked. */
export const momentOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Date.parse(text);
