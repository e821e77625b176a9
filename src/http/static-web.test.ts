import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './test-server.contract.ts';

const PAGE = { accept: 'text/html,*/*' };

describe('the web application', () => {
  let server: TestServer;
  const root = mkdtempSync(join(tmpdir(), 'ritornello-web-'));
  beforeAll(async () => {
    mkdirSync(join(root, 'web', 'assets'), { recursive: true });
    writeFileSync(join(root, 'web', 'index.html'), '<!doctype html><title>app</title>');
    writeFileSync(join(root, 'web', 'assets', 'main-abc123.js'), 'export {};');
    writeFileSync(join(root, 'secret.txt'), 'secret');
    server = await startTestServer({ webRoot: join(root, 'web') });
  });
  afterAll(async () => {
    await server.app.close();
    rmSync(root, { recursive: true });
  });

  it('is given at the root and at every path of its own', async () => {
    for (const path of ['/', '/listen', '/studio/slates/abc?x=1']) {
      const { status, text, headers } = await server.ask('GET', path, { headers: PAGE });
      expect([path, status, text]).toEqual([path, 200, '<!doctype html><title>app</title>']);
      expect(headers['cache-control']).toBe('no-cache');
      expect(headers['content-security-policy']).toContain("script-src 'self'");
      expect(headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
    }
  });

  it('may keep the files whose name holds their hash', async () => {
    const { headers, status } = await server.ask('GET', '/assets/main-abc123.js');
    expect([status, headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
    expect(headers['content-type']).toContain('javascript');
  });

  it('never answers for the interface, nor for what is no page', async () => {
    for (const path of ['/v1/nothing', '/v1', '/health/nothing', '/docs/nothing', '/metrics/x']) {
      expect([path, (await server.ask('GET', path, { headers: PAGE })).status]).toEqual([path, 404]);
    }
    expect((await server.ask('GET', '/assets/gone.js')).json['code']).toBe('not_found');
    expect((await server.ask('POST', '/listen', { headers: PAGE })).status).toBe(404);
  });

  it('gives nothing from outside its folder', async () => {
    for (const path of ['/../secret.txt', '/assets/..%2f..%2fsecret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt']) {
      const { text, status } = await server.ask('GET', path);
      expect([path, text.includes('secret"') || text === 'secret', status >= 400]).toEqual([path, false, true]);
    }
  });
});

describe('without the web application', () => {
  it('a page says how to build it', async () => {
    const server = await startTestServer({ webRoot: '/nowhere' });
    const { status, text } = await server.ask('GET', '/', { headers: PAGE });
    expect(status).toBe(200);
    expect(text).toContain('npm run build');
    await server.app.close();
  });
});
