/** Who may ask while there are no keys: this machine only, and no page of another site in its browser. */

import type { IncomingHttpHeaders } from 'node:http';
import { isIPv4 } from 'node:net';
import { EngineError } from '#domain';

/** Whether a host name (no port, IPv6 with or without brackets) always means this machine. */
export const isLoopback = (host: string): boolean => {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || name === '::1' || (isIPv4(name) && name.startsWith('127.'));
};

/**
 * Refuses to open the engine to others without keys.
 * @throws {EngineError} invalid_config saying what to do instead.
 */
export const assertSafeBind = (host: string, hasKeys: boolean): void => {
  if (hasKeys || isLoopback(host)) return;
  throw new EngineError(
    'invalid_config',
    `host "${host}" opens the engine to other machines, but there are no API keys: ` +
      'make a key first, or bind to 127.0.0.1',
    { fields: [{ field: 'host', reason: 'without keys only 127.0.0.1, ::1 or localhost is allowed' }] },
  );
};

/** Name of a Host header without its port. */
const hostName = (header: string): string => header.replace(/:\d*$/, '');

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

const refuse = (field: string, reason: string): never => {
  throw new EngineError('foreign_origin', reason, { fields: [{ field, reason }] });
};

/**
 * A page of another site may reach a loopback port in two ways: by a name of its own that resolves to 127.0.0.1 (then
 * Host is that name), or by a plain cross-site request (then Origin or Sec-Fetch-Site tell). Without keys nothing else
 * would stop it. Other ports of this machine are other sites too.
 * @throws {EngineError} foreign_origin
 */
export const assertOwnOrigin = (method: string, headers: IncomingHttpHeaders): void => {
  const host = headers.host ?? '';
  if (!isLoopback(hostName(host)))
    refuse('host', `Host "${host}" is not this machine: expected localhost or 127.0.0.1`);
  if (READING.has(method)) return;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    refuse('sec-fetch-site', `a ${String(site)} page may not change anything here`);
  }
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
    refuse('origin', `a page of ${origin} may not change anything here`);
  }
};
