/** The whole engine on a folder, behind HTTP, in the process of the test: what is tested is what runs. */

import type { FastifyInstance } from 'fastify';
import { createEngine } from '#app';
import { createKeyRing, createServer } from '#http';

export interface WholeServer {
  readonly app: FastifyInstance;
  stop(): Promise<void>;
}

/** Failures of ours are told on standard error, so that a failed test says what broke. */
export const startWholeServer = async (data: string): Promise<WholeServer> => {
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
    },
  };
};
