/** A world over HTTP: what it posts is in the server's log, what the server answers is what its listeners met. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Overview } from '#api';
import { createEngine } from '#app';
import { createKeyRing, createServer } from '#http';
import { chooseWorld, simulate } from '#jobs';

it('lives through a world that a server serves, and leaves every event in its log', async () => {
  const data = mkdtempSync(join(tmpdir(), 'ritornello-simulate-'));
  const engine = await createEngine({ data: join(data, 'server'), autoTrain: false });
  const app = await createServer({
    engine,
    keys: createKeyRing([]),
    log: () => undefined,
    version: '0.0.0',
    webRoot: null,
    audioFolder: null,
  });
  try {
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    const folder = join(data, 'run');
    const result = await simulate({
      document: chooseWorld({ world: 'small', listeners: 6, seed: 5 }),
      days: 2,
      start: Date.UTC(2026, 0, 5),
      policy: 'engine',
      folder,
      throughHttp: { url },
    });
    const lines = readFileSync(join(folder, 'events.ndjson'), 'utf8').trimEnd().split('\n');
    const posted = lines.map((line) => JSON.parse(line) as { readonly type: string; readonly slate_id?: string });
    expect(posted).toHaveLength(result.events);
    const overview = (await app.inject('/v1/studio/overview')).json<Overview>();
    const rows = (kind: string) => overview.events.find((each) => each.kind === kind)?.rows;
    for (const kind of ['play', 'impression', 'editor']) {
      expect(rows(kind)).toBe(posted.filter((event) => event.type === kind).length);
    }
    // Every page looked at is a slate of the server's.
    const seen = new Set(posted.filter((event) => event.type === 'impression').map((event) => event.slate_id));
    expect(seen.size).toBeGreaterThan(3);
    for (const slate of seen) {
      expect((await app.inject(`/v1/studio/slates/${slate}`)).statusCode).toBe(200);
    }
  } finally {
    await app.close();
    await engine.stop();
    rmSync(data, { recursive: true });
  }
});
