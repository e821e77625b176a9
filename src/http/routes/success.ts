/** Definitions of success: the map, one of them, outcomes of units, and what the editor asks before it keeps a version. */

import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { EngineError } from '#domain';
import { addEndpoint } from '../endpoint.ts';
import {
  toCheckAnswer,
  toDefinitionPage,
  toDefinitionRow,
  toOutcomes,
  toPreview,
  toSuccessMap,
} from '../wire/success.ts';
import type { RouteContext } from './context.ts';

/** A definition is a page of text. */
const MOST_BYTES = 256 * 1024;

const textOf = async (body: unknown): Promise<string> => {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of (body as Readable | undefined) ?? []) {
    bytes += (piece as Uint8Array).length;
    if (bytes > MOST_BYTES) throw refused('body_too_large', `the definition is larger than ${MOST_BYTES} bytes`);
    pieces.push(piece as Uint8Array);
  }
  if (bytes === 0)
    throw refused('malformed_body', 'no definition was sent: send its YAML as the body, application/octet-stream');
  return Buffer.concat(pieces).toString('utf8');
};

const refused = (code: 'body_too_large' | 'malformed_body', reason: string): EngineError =>
  new EngineError(code, reason, { fields: [{ field: 'body', reason }] });

const momentOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Date.parse(text));

export const successRoutes =
  ({ engine: { success } }: RouteContext) =>
  async (scope: FastifyInstance): Promise<void> => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/octet-stream', async (_request: unknown, file: Readable) => file);

    addEndpoint(scope, 'success', async () => toSuccessMap(success.map()));
    addEndpoint(scope, 'successDefinition', async ({ params }) => toDefinitionPage(success.page(params.name)));
    addEndpoint(scope, 'successOutcomes', async ({ params, query: { from, to, user_id: userId, ...asked } }) =>
      toOutcomes(
        await success.outcomes({ ...asked, userId, name: params.name, from: momentOf(from), to: momentOf(to) }),
      ),
    );
    addEndpoint(scope, 'checkDefinition', async ({ request }) =>
      toCheckAnswer(success.check(await textOf(request.body))),
    );
    addEndpoint(scope, 'previewDefinition', async ({ request, query: { from, to, user_id: userId, ...asked } }) => {
      const text = await textOf(request.body);
      return toPreview(await success.preview({ ...asked, userId, text, from: momentOf(from), to: momentOf(to) }));
    });
    addEndpoint(scope, 'saveDefinition', async ({ request }) =>
      toDefinitionRow(success.save(await textOf(request.body))),
    );
  };
