/**
 * One way to ask the engine for whoever runs a command: the wire contract. When a server holds the data folder it is
 * asked over HTTP; otherwise the engine is opened in this process and asked the same questions without a socket.
 */

import { Readable } from 'node:stream';
import { problemSchema } from '#api';
import { EngineError, ERRORS, type ErrorCode } from '#domain';
import { createKeyRing, createServer } from '#http';
import { readVersion } from '#version';
import type { EffectiveConfig } from './config.ts';
import { lockHolder } from './data-lock.ts';
import { type RunningEngine, startEngine } from './engine.ts';
import type { Log } from './log.ts';

export interface Question {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** A file, as it is read. */
  readonly body?: AsyncIterable<Uint8Array>;
}

export interface Connection {
  /** The engine in this process; null when a server is asked. */
  readonly local: RunningEngine | null;
  /** Where the server is; null for the engine in this process. */
  readonly address: string | null;
  /** The answer's JSON. @throws {EngineError} with the code of the problem. */
  ask<Answer>(question: Question): Promise<Answer>;
  /** The answer line by line, for NDJSON. */
  lines(question: Question): AsyncIterable<string>;
  close(): Promise<void>;
}

export interface ConnectOptions {
  readonly effective: EffectiveConfig;
  readonly log: Log;
  /** API key for a server that asks for one. */
  readonly key?: string | undefined;
}

/** @throws {EngineError} conflict when another process holds the data and serves nothing. */
export const connect = async (options: ConnectOptions): Promise<Connection> =>
  connectToServer(options) ?? toOwnEngine(options);

/** The server that holds the data; null when there is none. */
export const connectToServer = ({ effective, key }: Omit<ConnectOptions, 'log'>): Connection | null => {
  const address = lockHolder(effective.config.data)?.address;
  return address ? toServer(address, key) : null;
};

const urlOf = ({ path, query = {} }: Question): string => {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) params.set(name, String(value));
  return params.size === 0 ? path : `${path}?${params}`;
};

const toServer = (address: string, key: string | undefined): Connection => {
  const send = async (question: Question): Promise<Response> => {
    const { method = 'GET', body } = question;
    const init: RequestInit & { duplex?: 'half' } = { method, headers: key ? { authorization: `Bearer ${key}` } : {} };
    if (body !== undefined) {
      Object.assign(init, { body, duplex: 'half' });
      Object.assign(init.headers as object, { 'content-type': 'application/octet-stream' });
    }
    const response = await fetch(`${address}${urlOf(question)}`, init).catch((cause: unknown) => {
      throw new EngineError('unavailable', `the server at ${address} holds the data but does not answer`, { cause });
    });
    if (!response.ok) throw problemOf(response.status, await response.text());
    return response;
  };
  return {
    local: null,
    address,
    ask: async <Answer>(question: Question) => (await (await send(question)).json()) as Answer,
    async *lines(question) {
      const { body } = await send(question);
      if (body !== null) yield* splitLines(body);
    },
    close: async () => undefined,
  };
};

const toOwnEngine = async ({ effective, log }: ConnectOptions): Promise<Connection> => {
  const local = await startEngine({ config: effective.config, log, background: false });
  const server = await createServer({
    engine: local,
    keys: createKeyRing([]),
    log: () => undefined,
    version: readVersion(),
    webRoot: null,
    audioFolder: null,
    limits: { requestsPerMinute: 0 },
  });
  const send = async (question: Question, payloadAsStream: boolean) => {
    const { method = 'GET', body } = question;
    const response = await server.inject({
      method,
      url: urlOf(question),
      payloadAsStream,
      ...(body && { payload: Readable.from(body), headers: { 'content-type': 'application/octet-stream' } }),
    });
    if (response.statusCode >= 400) throw problemOf(response.statusCode, await textOf(response.stream()));
    return response;
  };
  return {
    local,
    address: null,
    ask: async <Answer>(question: Question) => (await send(question, false)).json() as Answer,
    async *lines(question) {
      yield* splitLines((await send(question, true)).stream());
    },
    close: async () => {
      await server.close();
      await local.stop();
    },
  };
};

const textOf = async (pieces: AsyncIterable<Uint8Array>): Promise<string> => {
  const read: Uint8Array[] = [];
  for await (const piece of pieces) read.push(piece);
  return Buffer.concat(read).toString('utf8');
};

async function* splitLines(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of pieces) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

const problemOf = (status: number, body: string): EngineError => {
  const problem = problemSchema.safeParse(parseJson(body));
  if (!problem.success) return new EngineError('internal', `the server answered ${status}: ${body.slice(0, 200)}`);
  const code = problem.data.code in ERRORS ? (problem.data.code as ErrorCode) : 'internal';
  return new EngineError(code, problem.data.detail, { fields: problem.data.errors });
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
