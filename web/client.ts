/** The one way to the server: typed by the contract's table of endpoints, answers checked against its schemas. */

import type { z } from 'zod';
import { ENDPOINTS, type Endpoint, type EndpointName } from '#api';
import { apiKey } from './api-key.ts';
import { asksForKey, brokenContract, ProblemError, problemOf, unreachable } from './problem.ts';

type Spec<N extends EndpointName> = (typeof ENDPOINTS)[N];
type Keys<N extends EndpointName, Part extends string> =
  Spec<N> extends Record<Part, infer S extends z.ZodObject> ? keyof z.input<S> : never;

export type Answer<N extends EndpointName> = z.output<Spec<N>['response']>;

export interface Call<N extends EndpointName> {
  readonly params?: Readonly<Record<Keys<N, 'params'>, string>>;
  readonly query?: Readonly<Partial<Record<Keys<N, 'query'>, string | number | boolean | undefined>>>;
  /** Sent as JSON, except a Blob: sent as it is. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** Let the request outlive the page: for what is sent while leaving. */
  readonly keepalive?: boolean;
}

/** Path and query of an endpoint; parameters are escaped, undefined query values left out. */
export const pathOf = (
  path: string,
  params: Readonly<Record<string, string>> = {},
  query: Readonly<Record<string, string | number | boolean | undefined>> = {},
): string => {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`no value for :${name} of ${path}`);
    return encodeURIComponent(value);
  });
  const given = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]));
  return given.length === 0 ? filled : `${filled}?${new URLSearchParams(given)}`;
};

const requestOf = (endpoint: Endpoint, { body, signal, keepalive }: Call<EndpointName>): RequestInit => {
  const headers = new Headers({ accept: endpoint.produces ?? 'application/json' });
  const key = apiKey.read();
  if (key !== null) headers.set('authorization', `Bearer ${key}`);
  if (body instanceof Blob) headers.set('content-type', 'application/octet-stream');
  else if (body !== undefined) headers.set('content-type', 'application/json');
  return {
    method: endpoint.method,
    headers,
    ...(body !== undefined && { body: body instanceof Blob ? body : JSON.stringify(body) }),
    ...(signal && { signal }),
    ...(keepalive && { keepalive }),
  };
};

const send = async (url: string, init: RequestInit): Promise<Response> => {
  try {
    return await fetch(url, init);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new ProblemError(unreachable(), { cause });
  }
};

const bodyOf = async (response: Response): Promise<unknown> => {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** @throws {ProblemError} for every answer that is not a good one of the agreed form. */
export const call = async <N extends EndpointName>(name: N, request: Call<N> = {}): Promise<Answer<N>> => {
  const endpoint: Endpoint = ENDPOINTS[name];
  const response = await send(pathOf(endpoint.path, request.params, request.query), requestOf(endpoint, request));
  const body = endpoint.produces && response.ok ? await response.text() : await bodyOf(response);
  if (!response.ok) {
    const problem = problemOf(response.status, body);
    if (asksForKey(problem)) apiKey.ask();
    throw new ProblemError(problem);
  }
  const parsed = endpoint.response.safeParse(body);
  if (parsed.success) return parsed.data as Answer<N>;
  const detail = parsed.error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.')} ${issue.message}`)
    .join('; ');
  throw new ProblemError(brokenContract(`${endpoint.method} ${endpoint.path}`, detail, response.status));
};
