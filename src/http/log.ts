/** What the HTTP face tells the log: routes and outcomes, never bodies, keys or who listened to what. */

import { createHmac, randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { EngineError } from '#domain';

/** Takes one event; `event` is its name, e.g. http.request. */
export type HttpLog = (
  level: 'error' | 'warn' | 'info' | 'debug',
  event: string,
  fields: Readonly<Record<string, unknown>>,
) => void;

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

/** What every line about a request says. */
export const requestFields = (request: FastifyRequest): Record<string, unknown> => {
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
export const failureText = (error: EngineError, request: FastifyRequest): string => {
  const parts: string[] = [];
  for (let link: unknown = error; link instanceof Error && parts.length < 5; link = link.cause) {
    parts.push(link.stack ?? String(link));
  }
  const text = parts.join('\ncaused by ');
  const user = userOf(request);
  return user === null ? text : text.replaceAll(user, `user:${markOf(user)}`);
};
