/** Runs judged and compared; leaderboards of test collections. */

import type { FastifyInstance } from 'fastify';
import { evaluateRunsSchema } from '#api';
import { EngineError } from '#domain';
import { addEndpoint } from '../endpoint.ts';
import { toBrowsing, toCollectionReport, toJudgedRuns } from '../mappers/evaluation.ts';
import type { RouteContext } from './context.ts';
import { momentOf } from './text-body.ts';

/** @throws {EngineError} malformed_body, naming the field that is wrong. */
const requestOf = (body: unknown) => {
  const parsed = evaluateRunsSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.') || 'body', reason: message }));
  throw new EngineError('malformed_body', fields.map(({ field, reason }) => `${field}: ${reason}`).join('; '), {
    fields,
  });
};

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = `the body is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw new EngineError('malformed_body', reason, { cause, fields: [{ field: 'body', reason }] });
  }
};

export const evaluationRoutes =
  ({ engine: { evaluation }, limits }: RouteContext) =>
  async (scope: FastifyInstance): Promise<void> => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'string', bodyLimit: limits.bodyBytes },
      async (_request: unknown, body: string) => parsedJson(body),
    );
    addEndpoint(scope, 'evaluateRuns', async ({ request }) =>
      toJudgedRuns(await evaluation.judge(requestOf(request.body))),
    );
    addEndpoint(scope, 'browsing', async ({ query: { surface, along, from, to, least_visits } }) => {
      const range = { from: momentOf(from), to: momentOf(to) };
      return toBrowsing(await evaluation.browsing({ surface, along, ...range, leastVisits: least_visits }));
    });
    addEndpoint(scope, 'collections', async () => ({ collections: [...(await evaluation.collections())] }));
    addEndpoint(scope, 'collection', async ({ params }) =>
      toCollectionReport(await evaluation.collection(params.name)),
    );
  };
