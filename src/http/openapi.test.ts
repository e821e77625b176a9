import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS, type Endpoint } from '#api';
import { EVENT_KINDS } from '#domain';
import { startTestServer, type TestServer } from './test-server.contract.ts';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly { name: string; in: string; required?: boolean; schema: object }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: unknown }>> };
  readonly responses: Readonly<Record<string, { description: string; content: Record<string, { schema: object }> }>>;
  readonly security?: readonly Record<string, readonly string[]>[];
}
interface Description {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, object>>;
    readonly securitySchemes: Readonly<Record<string, { readonly type: string }>>;
  };
}

let server: TestServer;
let description: Description;
beforeAll(async () => {
  server = await startTestServer();
  description = (await server.ask('GET', '/openapi.json')).json as unknown as Description;
});
afterAll(() => server.app.close());

const operations = () =>
  Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

/** Every object inside a value, with the path to it. */
const inside = (value: unknown, path = '#'): [string, Record<string, unknown>][] => {
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value).flatMap(([key, member]) => inside(member, `${path}/${key}`));
  return Array.isArray(value) ? entries : [[path, value as Record<string, unknown>], ...entries];
};

const refOf = (name: string): string => `#/components/schemas/${name}`;

const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

describe('the description of the interface', () => {
  it('is OpenAPI 3.1 with all that the specification requires', () => {
    expect(description.openapi).toBe('3.1.0');
    expect(description.info).toMatchObject({ title: 'Ritornello', version: '0.1.0' });
    expect(operations().length).toBeGreaterThan(20);
    for (const { path, operation } of operations()) {
      const params = operation.parameters ?? [];
      const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect(params.filter((each) => each.in === 'path').map((each) => each.name)).toEqual(named);
      expect(params.every((each) => each.in === 'query' || each.required === true)).toBe(true);
      expect(new Set(params.map((each) => `${each.in} ${each.name}`)).size).toBe(params.length);
      for (const [status, answer] of Object.entries(operation.responses)) {
        expect(status).toMatch(/^([1-5]\d\d|default)$/);
        expect(answer.description).toMatch(/./);
        for (const [type, { schema }] of Object.entries(answer.content)) {
          expect(type).toMatch(/^application\/[\w+-]+$/);
          expect(schema).toBeTypeOf('object');
        }
      }
      for (const need of operation.security ?? []) {
        for (const scheme of Object.keys(need)) expect(description.components.securitySchemes).toHaveProperty(scheme);
      }
    }
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('holds only schemas of JSON Schema 2020-12', () => {
    const schemas = [
      ...inside(description.paths).filter(([at]) => /schema(\/|$)/.test(at)),
      ...inside(description.components.schemas),
    ];
    for (const [path, schema] of schemas) {
      // Names of properties are not keywords.
      if (/\/(properties|evidence|patternProperties)$/.test(path)) continue;
      const { type, required, enum: values, pattern, nullable, $ref } = schema;
      if (type !== undefined && typeof type !== 'object')
        expect([path, TYPES]).toEqual([path, expect.arrayContaining([type])]);
      if (required !== undefined) expect(Array.isArray(required)).toBe(true);
      if (values !== undefined) expect([path, (values as unknown[]).length > 0]).toEqual([path, true]);
      if (typeof pattern === 'string') expect(() => new RegExp(pattern, 'u')).not.toThrow();
      // OpenAPI 3.0 only.
      expect(nullable).toBeUndefined();
      if ($ref !== undefined) expect(Object.keys(description.components.schemas).map(refOf)).toContain($ref);
    }
  });

  it('is the contract, endpoint for endpoint, and health', () => {
    const described = operations().map(({ path, method }) => `${method.toUpperCase()} ${path}`);
    const contract = Object.values(ENDPOINTS).map(
      ({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`,
    );
    expect(described.toSorted()).toEqual([...contract, 'GET /health/live', 'GET /health/ready'].toSorted());
    for (const [name, endpoint] of Object.entries(ENDPOINTS) as [string, Endpoint][]) {
      const { operation } = operations().find((each) => each.operation.operationId === name)!;
      expect(operation.summary).toBe(endpoint.summary);
      expect(Object.keys(operation.responses)).toEqual([String(endpoint.status), 'default']);
      const problem = operation.responses['default']!.content;
      expect(Object.keys(problem)).toEqual(['application/problem+json']);
      const types = {
        entries: ['application/json', 'application/x-ndjson'],
        file: ['application/octet-stream'],
        json: ['application/json'],
      };
      const sent = endpoint.body === undefined ? [] : types[endpoint.body.kind];
      expect(Object.keys(operation.requestBody?.content ?? {})).toEqual(sent);
    }
  });

  it('tells what each kind of event holds', () => {
    const body = JSON.stringify(description.paths['/v1/events']?.['post']?.requestBody);
    expect(body).toContain('#/components/schemas/PostEventsEntry');
    const text = JSON.stringify(description.components.schemas['PostEventsEntry']);
    for (const kind of EVENT_KINDS) expect(text).toContain(`{"type":"string","const":"${kind}"}`);
    expect(text).toContain('ms_played');
  });

  it('says that fields with a default may be left out of a query', () => {
    const params = description.paths['/v1/users/{user_id}/home']?.['get']?.parameters;
    expect(params?.find(({ name }) => name === 'refresh')?.required).not.toBe(true);
  });
});

describe('the page to read it', () => {
  it('needs nothing from elsewhere', async () => {
    const page = await server.ask('GET', '/docs');
    expect(page.status).toBe(200);
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
    const links = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]!);
    expect(links.length).toBeGreaterThan(4);
    for (const link of links) {
      expect(link).toMatch(/^\/docs\/static\//);
      expect((await server.ask('GET', link)).status).toBe(200);
    }
    const start = await server.ask('GET', '/docs/static/swagger-initializer.js');
    expect(start.text).toContain('validatorUrl: null');
    expect((await server.ask('GET', '/docs/json')).json).toEqual(description);
  });
});
