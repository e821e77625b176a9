/** What the server answers of itself: failures inside, and paths and methods that are not there. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EngineError } from '#domain';
import { problem } from './requests.contract.ts';
import { SMALL_LIMITS, startTestServer, type TestServer } from './test-server.contract.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ limits: SMALL_LIMITS });
});
afterAll(() => server.app.close());
beforeEach(() => server.forget());

describe('what goes wrong here', () => {
  it('says nothing of its cause, and logs it without the user', async () => {
    server.engine.failure = new Error('no row for ada', { cause: new Error('socket of ada broke') });
    const answer = await server.ask('GET', '/v1/users/ada/home', { headers: { 'x-request-id': 'trace-0001' } });
    expect(answer.status).toBe(500);
    expect(problem(answer)).toMatchObject({ code: 'internal', request_id: 'trace-0001', errors: [] });
    expect(answer.text).not.toContain('row');
    const failed = server.lines.find(({ event }) => event === 'http.failed');
    expect(failed).toMatchObject({ level: 'error', fields: { route: '/v1/users/:user_id/home', code: 'internal' } });
    expect(failed?.event === 'http.failed' && failed.fields.error).toContain('caused by Error: no row for user:');
    expect(JSON.stringify(server.lines)).not.toMatch(/\bada\b/);
  });

  it('of a warehouse that is away says when to come again', async () => {
    server.engine.failure = new EngineError('warehouse_unavailable', 'clickhouse at 10.0.0.1 refused');
    const answer = await server.ask('GET', '/v1/studio/overview');
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '1']);
    expect(answer.text).not.toContain('10.0.0.1');
  });

  it('of an answer that breaks the contract is our fault', async () => {
    const { overview } = server.engine.studio;
    Object.assign(server.engine.studio, {
      overview: async () => ({ ...(await overview()), listeners: Number.NaN }),
    });
    const answer = await server.ask('GET', '/v1/studio/overview');
    Object.assign(server.engine.studio, { overview });
    expect(problem(answer).code).toBe('internal');
  });
});

describe('paths and methods', () => {
  it('that are not there', async () => {
    const answer = await server.ask('GET', '/v1/nothing');
    expect(answer.status).toBe(404);
    expect(problem(answer)).toMatchObject({ code: 'not_found', errors: [{ field: 'path' }] });
  });

  it('that take other methods say which', async () => {
    for (const method of ['POST', 'PATCH', 'OPTIONS'] as const) {
      const answer = await server.ask(method, '/v1/users/ada', { payload: '', headers: { host: 'localhost' } });
      expect(answer.status).toBe(405);
      expect(answer.headers['allow']).toBe('DELETE');
      expect(problem(answer)).toMatchObject({ code: 'method_not_allowed', errors: [{ field: 'method' }] });
    }
  });

  it('without a body take an empty one', async () => {
    const headers = { 'content-type': 'application/json' };
    expect((await server.ask('POST', '/v1/studio/train', { headers })).status).toBe(202);
    expect((await server.ask('POST', '/v1/studio/train', { payload: {} })).status).toBe(202);
    expect((await server.ask('POST', '/v1/studio/train', { payload: 'x'.repeat(2000), headers })).status).toBe(413);
  });
});
