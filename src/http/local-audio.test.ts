import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mintKey } from './keys.ts';
import { startTestServer, type TestServer } from './test-server.contract.ts';

describe('audio files of this machine', () => {
  const root = mkdtempSync(join(tmpdir(), 'ritornello-audio-'));
  const folder = join(root, 'music');
  let server: TestServer;
  beforeAll(async () => {
    mkdirSync(join(folder, 'An Artist'), { recursive: true });
    writeFileSync(join(folder, 'An Artist', 'A Song.mp3'), '0123456789');
    writeFileSync(join(folder, '.hidden.mp3'), 'hidden');
    writeFileSync(join(root, 'secret.txt'), 'secret');
    server = await startTestServer({ audioFolder: folder });
  });
  afterAll(async () => {
    await server.app.close();
    rmSync(root, { recursive: true });
  });

  it('are given whole and in ranges, so that a player can seek', async () => {
    const whole = await server.ask('GET', '/audio/An%20Artist/A%20Song.mp3');
    expect([whole.status, whole.text, whole.headers['content-type']]).toEqual([200, '0123456789', 'audio/mpeg']);
    const part = await server.ask('GET', '/audio/An%20Artist/A%20Song.mp3', { headers: { range: 'bytes=2-4' } });
    expect([part.status, part.text, part.headers['content-range']]).toEqual([206, '234', 'bytes 2-4/10']);
  });

  it('are not listed; nothing hidden and nothing outside the folder is given', async () => {
    for (const path of ['', 'An%20Artist/', '.hidden.mp3', 'gone.mp3', '../secret.txt', '..%2fsecret.txt']) {
      const { status, text } = await server.ask('GET', `/audio/${path}`);
      expect([path, status >= 400, text.includes('A Song')]).toEqual([path, true, false]);
    }
  });

  it('need the key that answers need', async () => {
    const { key, record } = mintKey('serve', 'player');
    const guarded = await startTestServer({ audioFolder: folder, keys: [record] });
    const path = '/audio/An%20Artist/A%20Song.mp3';
    expect((await guarded.ask('GET', path)).status).toBe(401);
    expect((await guarded.ask('GET', path, { headers: { authorization: `Bearer ${key}` } })).text).toBe('0123456789');
    await guarded.app.close();
  });

  it('do not exist while no folder is named', async () => {
    const without = await startTestServer();
    expect((await without.ask('GET', '/audio/An%20Artist/A%20Song.mp3')).status).toBe(404);
    await without.app.close();
  });
});
