/** An entry of the wire contract → a route: method, path, schemas and role come from #api and nowhere else. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { ENDPOINTS, type Endpoint, type EndpointName } from '#api';

type Output<
  Name extends EndpointName,
  Part extends 'params' | 'query' | 'response',
> = (typeof ENDPOINTS)[Name] extends {
  readonly [Key in Part]: infer Schema extends z.ZodType;
}
  ? z.output<Schema>
  : undefined;

/** A request that has been checked against its schemas. */
export interface Call<Name extends EndpointName> {
  readonly params: Output<Name, 'params'>;
  readonly query: Output<Name, 'query'>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

const JSON_TYPE = 'application/json; charset=utf-8';

/** `/v1/users/:user_id/home` → users. */
const groupOf = (path: string): string => path.split('/')[2]!;

/** Everything of a route but its handler. */
export const routeOf = (name: EndpointName) => {
  const endpoint: Endpoint = ENDPOINTS[name];
  const { method, path, role, summary, params, query, response, produces, status } = endpoint;
  return {
    method,
    url: path,
    config: { role },
    schema: {
      operationId: name,
      summary,
      description: `Role: ${role}.`,
      tags: [groupOf(path)],
      security: [{ key: [] }],
      ...(params && { params }),
      ...(query && { querystring: query }),
      response: {
        [status]: produces === undefined ? response : { content: { [produces]: { schema: response } } },
      },
    },
  };
};

const callOf = <Name extends EndpointName>(request: FastifyRequest, reply: FastifyReply): Call<Name> => ({
  params: request.params as Output<Name, 'params'>,
  query: request.query as Output<Name, 'query'>,
  request,
  reply,
});

/** Adds the route; what the handler resolves with is checked against the contract when it is sent. */
export const addEndpoint = <Name extends EndpointName>(
  app: FastifyInstance,
  name: Name,
  handle: (call: Call<Name>) => Promise<Output<Name, 'response'>>,
): void => {
  const { status } = ENDPOINTS[name];
  app.route({
    ...routeOf(name),
    handler: async (request, reply) => reply.code(status).send(await handle(callOf<Name>(request, reply))),
  });
};

/**
 * As `addEndpoint`, for answers that were put together field by field to the type of the contract and come as JSON: they go
 * as they are. To check a home costs more than to write it; tests hold that such answers are what the contract says.
 */
export const addWrittenEndpoint = <Name extends EndpointName>(
  app: FastifyInstance,
  name: Name,
  handle: (call: Call<Name>) => Promise<Uint8Array>,
): void => {
  const { status } = ENDPOINTS[name];
  app.route({
    ...routeOf(name),
    handler: async (request, reply) => {
      const json = await handle(callOf<Name>(request, reply));
      return reply.code(status).type(JSON_TYPE).send(json);
    },
  });
};

/** Adds a route whose handler sends by itself: text made by hand, or a stream. */
export const addRawEndpoint = <Name extends EndpointName>(
  app: FastifyInstance,
  name: Name,
  handle: (call: Call<Name>) => Promise<FastifyReply>,
): void => {
  app.route({ ...routeOf(name), handler: (request, reply) => handle(callOf<Name>(request, reply)) });
};
