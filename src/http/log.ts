/** What the HTTP face tells the log: routes and outcomes, never bodies, keys or who listened to what. */

import { createHmac, randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { EngineError, ErrorCode } from '#domain';

/** What every line about a request says. */
export interface RequestFields {
  readonly request_id: string;
  readonly method: string;
  /** Pattern of the route, never the path itself; `none` when there is none. */
  readonly route: string;
  /** Name of the key that asked. */
  readonly key?: string;
  /** Mark of the listener it was about. */
  readonly user?: string;
}

export type HttpLogLine =
  | {
      readonly event: 'http.request';
      /** debug: answered; info: refused, or failed and told of in a line of its own. */
      readonly level: 'debug' | 'info';
      readonly fields: RequestFields & { readonly status: number; readonly ms: number };
    }
  | {
      readonly event: 'http.failed';
      readonly level: 'error';
      readonly fields: RequestFields & { readonly code: ErrorCode; readonly error: string };
    };

export type HttpLog = (line: HttpLogLine) => void;

/** New with each start: within a run the same person has the same mark, and nobody can look the mark up later. */
const salt = randomBytes(16);

const markOf = (userId: string): string => createHmac('sha256', salt).update(userId).digest('hex').slice(0, 12);

const userOf = (request: FastifyRequest): string | null => {
  for (const part of [request.params, request.query]) {
    const userId = (part as { user_id?: unknown } | undefined)?.user_id;
    if (typeof userId === 'string' && userId !== '') return userId;
  }
  return null;
};

const routeOf = (request: FastifyRequest): string => request.routeOptions.url ?? 'none';

export const requestFields = (request: FastifyRequest): RequestFields => {
  const user = userOf(request);
  return {
    request_id: request.id,
    method: request.method,
    route: routeOf(request),
    ...(request.caller?.kind === 'key' && { key: request.caller.name }),
    ...(user !== null && { user: markOf(user) }),
  };
};

/** The stack of what was thrown and of its causes, with the user of the request replaced by their mark. */
const failureText = (error: EngineError, request: FastifyRequest): string => {
  const parts: string[] = [];
  for (let link: unknown = error; link instanceof Error && parts.length < 5; link = link.cause) {
    parts.push(link.stack ?? String(link));
  }
  const text = parts.join('\ncaused by ');
  const user = userOf(request);
  return user === null ? text : text.replaceAll(user, `user:${markOf(user)}`);
};

/** Tells what failed on our side, with its cause. */
export const logFailure = (log: HttpLog, error: EngineError, request: FastifyRequest): void => {
  const fields = { ...requestFields(request), code: error.code, error: failureText(error, request) };
  log({ event: 'http.failed', level: 'error', fields });
};
