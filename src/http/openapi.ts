/** The description of the interface, made of the contract: /openapi.json, and /docs to read and try it. */

import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ENDPOINTS, type Endpoint, type EndpointBody, type EndpointName, problemSchema } from '#api';

const INTRODUCTION = [
  'Personalization and discovery for music and podcasts.',
  'Every answer that is not good is a problem (RFC 9457) with a stable `code`; docs/reference/errors.md lists them.',
  'Events and items are taken entry by entry: a bad one is refused with its index, field and reason, those beside it are taken.',
].join('\n\n');

/** The page needs nothing from elsewhere; its styles are set from script. */
const PAGE_POLICY = [
  "default-src 'self'",
  "img-src 'self' data:",
  "style-src 'self' 'unsafe-inline'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** A schema as JSON Schema 2020-12, which is what OpenAPI 3.1 speaks. */
const toJsonSchema = (schema: z.ZodType, io: 'input' | 'output'): object => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'any' });
  return json;
};

/** `postEvents` → PostEventsEntry. */
const entryName = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}Entry`;

/** Routes read bodies by themselves, so the description of bodies is made here. */
const requestBodyOf = (name: string, body: EndpointBody): object => {
  if (body.kind === 'file') {
    return {
      required: true,
      content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
    };
  }
  if (body.kind === 'json') {
    return { required: true, content: { 'application/json': { schema: toJsonSchema(body.schema, 'input') } } };
  }
  const entry = ref(entryName(name));
  return {
    required: true,
    content: {
      'application/json': { schema: { anyOf: [{ type: 'array', items: entry }, entry] } },
      'application/x-ndjson': { schema: entry },
    },
  };
};

const FAILURE = {
  description: 'A problem; `code` says which.',
  content: { 'application/problem+json': { schema: ref('Problem') } },
};

interface Operation {
  readonly operationId?: string;
  readonly responses?: object;
}

const complete = (operation: Operation): object => {
  const name = operation.operationId ?? '';
  const endpoint: Endpoint | undefined = name in ENDPOINTS ? ENDPOINTS[name as EndpointName] : undefined;
  return {
    ...operation,
    ...(endpoint?.body && { requestBody: requestBodyOf(name, endpoint.body) }),
    responses: { ...operation.responses, default: FAILURE },
  };
};

const entrySchemas = (): Record<string, object> => {
  const schemas: Record<string, object> = {};
  for (const [name, { body }] of Object.entries(ENDPOINTS) as [string, Endpoint][]) {
    if (body?.kind === 'entries') schemas[entryName(name)] = toJsonSchema(body.entry, 'input');
  }
  return schemas;
};

/** Adds to the description of the routes what they do not say themselves: bodies, and how they fail. */
const completeAll = (description: object): object => {
  const { paths, components } = description as {
    paths: Record<string, Record<string, Operation>>;
    components: object;
  };
  const completed = Object.entries(paths).map(([path, operations]) => {
    const methods = Object.entries(operations).map(([method, operation]) => [method, complete(operation)]);
    return [path, Object.fromEntries(methods)];
  });
  return {
    ...description,
    paths: Object.fromEntries(completed),
    components: { ...components, schemas: { ...entrySchemas(), Problem: toJsonSchema(problemSchema, 'output') } },
  };
};

/** Must be registered before the routes it describes. */
export const addOpenapi = async (app: FastifyInstance, version: string): Promise<void> => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Ritornello', version, description: INTRODUCTION },
      servers: [{ url: '/' }],
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key.' } } },
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => completeAll('openapiObject' in document ? document.openapiObject : {}),
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: PAGE_POLICY,
    uiConfig: { docExpansion: 'list', persistAuthorization: false, layout: 'BaseLayout' },
    theme: { title: 'Ritornello: the interface' },
  });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
};
