/** Who asks, and whether the route is open to them. */

import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Role } from '#api';
import { EngineError } from '#domain';
import type { KeyRing } from './keys.ts';
import { assertOwnOrigin } from './loopback.ts';

/** `open`: there are no keys, everybody on this machine may do everything. */
export type Caller =
  | { readonly kind: 'open' }
  | { readonly kind: 'key'; readonly role: Role; readonly name: string }
  | { readonly kind: 'refused'; readonly code: 'missing_key' | 'unknown_key'; readonly reason: string };

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller;
  }
  interface FastifyContextConfig {
    /** Role that the route asks for; without one it is open to all. */
    role?: Role;
  }
}

const BEARER = /^Bearer +([\w.~+/=-]{1,200})$/i;

const identify = (ring: KeyRing, header: string | undefined): Caller => {
  if (ring.size === 0) return { kind: 'open' };
  if (header === undefined) {
    return { kind: 'refused', code: 'missing_key', reason: 'the header Authorization is missing' };
  }
  const key = BEARER.exec(header)?.[1];
  const record = key === undefined ? null : ring.verify(key);
  if (record === null) return { kind: 'refused', code: 'unknown_key', reason: 'the key sent is not known here' };
  return { kind: 'key', role: record.role, name: record.name };
};

/** `admin` may do all; `ingest` writes and reads nothing; `serve` reads and writes nothing. */
const assertRole = (caller: Caller, needed: Role): void => {
  if (caller.kind === 'open') return;
  if (caller.kind === 'refused') throw new EngineError(caller.code, caller.reason);
  if (caller.role === needed || caller.role === 'admin') return;
  throw new EngineError('forbidden', `the key has the role ${caller.role}; this needs ${needed} or admin`);
};

/** By what requests are counted against the limit: the key where it is known, else the address. */
export const callerName = (request: FastifyRequest): string =>
  request.caller.kind === 'key' ? `key:${request.caller.name}` : `address:${request.ip}`;

/**
 * Identifies first (`onRequest`), so that limits count by key, and checks the role before the body is read
 * (`preParsing`), so that nobody can make us read without a key.
 */
export const addAccess = (app: FastifyInstance, ring: KeyRing): void => {
  app.decorateRequest('caller');
  app.addHook('onRequest', async (request) => {
    request.caller = identify(ring, request.headers.authorization);
    if (ring.size === 0) assertOwnOrigin(request.method, request.headers);
  });
  app.addHook('preParsing', async (request) => {
    const { role } = request.routeOptions.config;
    if (role !== undefined) assertRole(request.caller, role);
  });
};
