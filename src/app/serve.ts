/** The engine behind HTTP, with its web pages. */

import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EngineError } from '#domain';
import { assertSafeBind, createKeyRing, createServer, type HttpLog } from '#http';
import { startPolicyShell } from '#threads';
import { readVersion } from '#version';
import type { EffectiveConfig } from './config.ts';
import { startEngine } from './engine.ts';
import { tuneHeaps } from './heaps.ts';
import { readKeys } from './keys-file.ts';
import { bind } from './listen.ts';
import type { Log } from './log.ts';
import type { Config } from './settings.ts';

export interface Served {
  /** http://host:port, as a person would open it. */
  readonly address: string;
  /** Answers what is in flight, keeps what is acknowledged, closes everything. */
  stop(): Promise<void>;
}

/** @throws {EngineError} invalid_config when others could reach it and there are no keys · conflict */
export const serve = async ({ config, origins }: EffectiveConfig, log: Log): Promise<Served> => {
  const keys = createKeyRing(readKeys(config));
  assertSafeBind(config.host, keys.size > 0);
  tuneHeaps();
  startPolicyShell();
  const engine = await startEngine({ config, log, background: true });
  try {
    const server = await createServer({
      engine,
      keys,
      log: httpLog(log),
      limits: limitsOf(config),
      version: readVersion(),
      webRoot: webRoot(),
      audioFolder: audioFolder(config),
    });
    const { host, port } = config;
    const bound = await bind(server, { host, port, asked: origins.port !== 'default' });
    if (port !== 0 && bound.port !== port) log('http.port_taken', { port, used: bound.port });
    engine.announce(bound.address);
    log('http.listening', { address: bound.address });
    return {
      address: bound.address,
      stop: async () => {
        await server.close();
        await engine.stop();
      },
    };
  } catch (error) {
    await engine.stop();
    throw error;
  }
};

const limitsOf = (config: Config) => ({
  bodyBytes: config.bodyLimitBytes,
  bodyEntries: config.batchLimit,
  importBytes: config.importLimitBytes,
  requestsPerMinute: config.rateLimit,
});

/** dist/web, beside the compiled app; from the sources, what the last build left in dist. */
const webRoot = (): string | null => {
  const places = ['../web', '../../dist/web'].map((place) => fileURLToPath(new URL(place, import.meta.url)));
  return places.find((place) => existsSync(`${place}/index.html`)) ?? null;
};

/** @throws {EngineError} invalid_config when the folder named is not there. */
const audioFolder = ({ audioFolder: folder }: Config): string | null => {
  if (folder === null) return null;
  const path = resolve(folder);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return path;
  throw new EngineError('invalid_config', `audio_folder: ${path} is not a folder: expected one that holds audio files`);
};

const httpLog =
  (log: Log): HttpLog =>
  ({ level, event, fields }) =>
    log.other(level, event, fields);
