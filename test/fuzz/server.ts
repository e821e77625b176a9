/** The whole engine on an empty folder, behind HTTP: what is fuzzed is what runs. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { createEngine } from '#app';
import { createKeyRing, createServer } from '#http';

export interface FuzzServer {
  readonly app: FastifyInstance;
  stop(): Promise<void>;
}

/** Failures of ours are told on standard error, so that a failed test says what broke. */
export const startFuzzServer = async (): Promise<FuzzServer> => {
  const data = mkdtempSync(join(tmpdir(), 'ritornello-fuzz-'));
  const engine = await createEngine({ data, autoTrain: false });
  const app = await createServer({
    engine,
    keys: createKeyRing([]),
    log: ({ event, fields }) => {
      if (event === 'http.failed') console.error(fields);
    },
    version: '0.0.0',
    webRoot: null,
    audioFolder: null,
  });
  return {
    app,
    async stop() {
      await app.close();
      await engine.stop();
      rmSync(data, { recursive: true });
    },
  };
};
