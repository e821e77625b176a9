/** A server over the recording engine, and short ways to ask it. */

import type { FastifyInstance, InjectOptions } from 'fastify';
import { createKeyRing, type KeyRecord } from './keys.ts';
import type { HttpLogLine } from './log.ts';
import { createRecordingEngine, type RecordingEngine } from './recording-engine.contract.ts';
import { createServer, type ServerDeps } from './server.ts';

/** Limits that a test reaches with little. */
export const SMALL_LIMITS = { bodyBytes: 2000, bodyEntries: 5, importBytes: 100, urlLength: 600 };

export interface TestServer {
  readonly app: FastifyInstance;
  readonly engine: RecordingEngine;
  readonly lines: HttpLogLine[];
  /** What was asked, received and logged is forgotten, and nothing fails any more: for the next test. */
  forget(): void;
  /** Status, headers and JSON body of one request. */
  ask(
    method: NonNullable<InjectOptions['method']>,
    url: string,
    options?: InjectOptions,
  ): Promise<{ status: number; headers: Record<string, unknown>; text: string; json: Record<string, never> }>;
}

export const startTestServer = async (
  deps: Partial<Omit<ServerDeps, 'engine' | 'keys' | 'log'>> & { readonly keys?: readonly KeyRecord[] } = {},
): Promise<TestServer> => {
  const engine = createRecordingEngine();
  const lines: HttpLogLine[] = [];
  const app = await createServer({
    version: '0.1.0',
    webRoot: null,
    audioFolder: null,
    ...deps,
    engine,
    keys: createKeyRing(deps.keys ?? []),
    log: (line) => lines.push(line),
  });
  return {
    app,
    engine,
    lines,
    forget() {
      engine.asked.length = 0;
      engine.received = 0;
      engine.failure = null;
      lines.length = 0;
    },
    async ask(method, url, options = {}) {
      const response = await app.inject({ ...options, method, url });
      const type = String(response.headers['content-type'] ?? '');
      const json = /json(;|$)/.test(type) && !type.includes('ndjson') && response.payload !== '' ? response.json() : {};
      return { status: response.statusCode, headers: response.headers, text: response.payload, json };
    },
  };
};
