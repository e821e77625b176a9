/** The description of the interface, made of the contract: /openapi.json, and /docs to read and try it. */

import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, FastifySchema } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { ENDPOINTS, type Endpoint, problemSchema } from '#api';

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

const failure = {
  description: 'A problem; `code` says which.',
  content: { 'application/problem+json': { schema: problemSchema } },
};

const FILE: FastifySchema['body'] = { type: 'string', format: 'binary' };

/** What routes leave out because they read bodies by themselves. */
const bodyOf = (endpoint: Endpoint | undefined): FastifySchema =>
  endpoint?.body === undefined
    ? {}
    : { consumes: [...endpoint.body.types], ...(endpoint.body.schema && { body: endpoint.body.schema }) };

const describe: typeof jsonSchemaTransform = (document) => {
  const name = 'route' in document ? document.route.config?.endpoint : undefined;
  const endpoint: Endpoint | undefined = name === undefined ? undefined : ENDPOINTS[name];
  const schema = document.schema as FastifySchema | undefined;
  if (schema === undefined || schema.hide === true) return jsonSchemaTransform(document);
  const response = { ...(schema.response as object), default: failure };
  const described = jsonSchemaTransform({ ...document, schema: { ...schema, ...bodyOf(endpoint), response } });
  if (endpoint?.body === undefined || endpoint.body.schema !== undefined) return described;
  return { ...described, schema: { ...(described.schema as object), body: FILE } };
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
    transform: describe,
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: PAGE_POLICY,
    uiConfig: { docExpansion: 'list', persistAuthorization: false },
    theme: { title: 'Ritornello: the interface' },
  });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
};
