import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS, type Endpoint, type EndpointName, ROLES, type Role } from '#api';
import { mintKey } from './keys.ts';
import { startTestServer, type TestServer } from './test-server.contract.ts';

const KEYS = Object.fromEntries(ROLES.map((role) => [role, mintKey(role, `the ${role}`)])) as Record<
  Role,
  ReturnType<typeof mintKey>
>;
const bearer = (role: Role) => ({ authorization: `Bearer ${KEYS[role].key}` });

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ keys: Object.values(KEYS).map(({ record }) => record) });
});
afterAll(() => server.app.close());

describe('with keys', () => {
  const cases = (Object.entries(ENDPOINTS) as [EndpointName, Endpoint][]).map(
    ([name, { method, path, role }]) => [name, method, path.replaceAll(/:\w+/g, 'x'), role] as const,
  );

  it.each(cases)('%s (%s %s) is open to %s and admin alone', async (_, method, path, needed) => {
    for (const role of ROLES) {
      const { status, json } = await server.ask(method, path, { headers: bearer(role) });
      const refused = json['code'] === 'forbidden' && status === 403;
      expect([role, refused]).toEqual([role, role !== needed && role !== 'admin']);
    }
    expect((await server.ask(method, path)).json).toMatchObject({ status: 401, code: 'missing_key' });
  });

  it('the counters are for the admin, health and the description for all', async () => {
    expect((await server.ask('GET', '/metrics')).status).toBe(401);
    expect((await server.ask('GET', '/metrics', { headers: bearer('serve') })).status).toBe(403);
    expect((await server.ask('GET', '/metrics', { headers: bearer('admin') })).status).toBe(200);
    for (const path of ['/health/live', '/health/ready', '/openapi.json', '/docs']) {
      expect((await server.ask('GET', path)).status).toBe(200);
    }
  });

  it.each(['Bearer wrong', 'Bearer ', 'Basic eDp5', 'nonsense', `Bearer ${'x'.repeat(5000)}`])(
    'the header "%.20s" is not known',
    async (authorization) => {
      const { status, json, headers } = await server.ask('GET', '/v1/studio/status', { headers: { authorization } });
      expect([status, json['code'], headers['www-authenticate']]).toEqual([401, 'unknown_key', 'Bearer']);
      expect(json['errors']).toMatchObject([{ field: 'authorization' }]);
    },
  );

  it('the body of who has none is not read', async () => {
    const answer = await server.ask('POST', '/v1/events', {
      payload: '[{',
      headers: { ...bearer('serve'), 'content-type': 'application/json' },
    });
    expect(answer.json['code']).toBe('forbidden');
  });

  it('the status tells that a key is needed, and the log names keys but never holds them', async () => {
    const { json } = await server.ask('GET', '/v1/studio/status', { headers: bearer('serve') });
    expect(json['needs_key']).toBe(true);
    const log = JSON.stringify(server.lines);
    expect(log).toContain('the serve');
    for (const { key, record } of Object.values(KEYS)) {
      expect(log).not.toContain(key);
      expect(log).not.toContain(record.sha256);
    }
  });

  it('other names of the machine are fine', async () => {
    const headers = { ...bearer('serve'), host: 'music.example', origin: 'https://elsewhere.example' };
    expect((await server.ask('GET', '/v1/studio/status', { headers })).status).toBe(200);
  });
});

describe('without keys', () => {
  it('this machine may do all, pages of other sites nothing', async () => {
    const open = await startTestServer();
    expect((await open.ask('GET', '/v1/studio/status')).json['needs_key']).toBe(false);
    const rebound = await open.ask('GET', '/v1/users/ada/profile', { headers: { host: 'evil.example' } });
    expect([rebound.status, rebound.json['code']]).toEqual([403, 'foreign_origin']);
    const foreign = await open.ask('DELETE', '/v1/users/ada', { headers: { origin: 'http://evil.example' } });
    expect([foreign.status, foreign.json['code']]).toEqual([403, 'foreign_origin']);
    expect(open.engine.asked.map(([name]) => name)).toEqual(['status']);
    expect((await open.ask('DELETE', '/v1/users/ada')).status).toBe(200);
    await open.app.close();
  });
});

describe('the limit of requests', () => {
  it('counts by key, tells when to come again, and spares the watchers', async () => {
    const keys = Object.values(KEYS).map(({ record }) => record);
    const narrow = await startTestServer({ keys, limits: { requestsPerMinute: 3 } });
    const status = (role: Role) => narrow.ask('GET', '/v1/studio/status', { headers: bearer(role) });
    for (let request = 0; request < 3; request++) expect((await status('serve')).status).toBe(200);
    const refused = await status('serve');
    expect([refused.status, refused.json['code']]).toEqual([429, 'rate_limited']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await status('admin')).status).toBe(200);
    for (let request = 0; request < 5; request++) expect((await narrow.ask('GET', '/health/live')).status).toBe(200);
    const nowhere = [];
    for (let request = 0; request < 5; request++) nowhere.push((await narrow.ask('GET', '/v1/nothing')).status);
    expect(nowhere).toEqual([404, 404, 404, 429, 429]);
    await narrow.app.close();
  });
});
