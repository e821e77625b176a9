/** Requests that nobody means well: random methods, paths, headers and bodies around the real interface. */

import fc from 'fast-check';
import { ENDPOINTS } from '#api';
import { badEntry, goodBody } from './events.ts';

export interface FuzzRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'];
const OTHERS = ['/health/ready', '/openapi.json', '/', '/docs/', '/docs/json', '/metrics'];
/** Erasing rewrites tables, a third of a second each: its path is asked for with other methods, and seldom with its own. */
const ENDPOINT_TARGETS = Object.entries(ENDPOINTS).map(([name, { method, path }]) => ({
  method: name === 'eraseUser' ? 'GET' : method,
  path,
}));
const TARGETS = [...ENDPOINT_TARGETS, ...OTHERS.map((path) => ({ method: 'GET', path }))];
/** Work that changes the world under the test or takes long; other tests ask for it. */
const LEFT_OUT = new Set(['POST /v1/studio/playground', 'DELETE /v1/studio/playground', 'POST /v1/studio/train']);

const wild = fc.oneof(
  fc.constantFrom(
    '',
    '%',
    '%00',
    '%ff%fe',
    '..',
    '../../etc/passwd',
    '__proto__',
    'constructor',
    '1e999',
    '-1',
    'NaN',
    '%F0%9F%8E%B5',
    'x'.repeat(250),
    'y'.repeat(3000),
  ),
  fc.string({ maxLength: 30 }).map(encodeURIComponent),
  fc.string({ unit: 'binary', maxLength: 10 }).map(encodeURIComponent),
);

const QUERY_NAMES = [
  'refresh',
  'time_zone',
  'device',
  'length',
  'count',
  'seed_item',
  'session_id',
  'user_id',
  'query',
  'limit',
  'surface',
  'before',
  'format',
  'file_name',
  '__proto__',
  'a[b]',
];
const PLAUSIBLE = ['true', '5', 'home', 'track:one', 'Europe/Berlin', 'plays', 'x.csv', '2026-01-01T00:00:00Z'];
const query = fc
  .array(fc.tuple(fc.constantFrom(...QUERY_NAMES), fc.oneof(wild, fc.constantFrom(...PLAUSIBLE))), { maxLength: 4 })
  .map((pairs) => (pairs.length === 0 ? '' : `?${pairs.map(([name, value]) => `${name}=${value}`).join('&')}`));

/** So seldom that most requests come through to what they ask for. */
const seldom = <T>(percent: number, arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 100 - percent, arbitrary: fc.constant(undefined) }, { weight: percent, arbitrary });

/** Mostly a path of ours with its own method, its parts filled at random. */
const target = fc
  .tuple(
    fc.constantFrom(...TARGETS),
    fc.tuple(wild, wild),
    seldom(20, fc.constantFrom(...METHODS)),
    seldom(5, fc.webPath()),
  )
  .map(([{ method, path }, parts, otherMethod, otherPath]) => {
    let next = 0;
    const filled = path.replaceAll(/:\w+/g, () => parts[next++] ?? 'x');
    return { method: otherMethod ?? method, path: otherPath === undefined ? filled : `/${otherPath}` };
  });

const TAKEN = ['application/json', 'application/x-ndjson', 'application/octet-stream'];
const NOT_TAKEN = ['application/json; charset=utf-16', 'text/plain', 'multipart/form-data', 'nonsense', ''];
const headers = fc
  .record({
    'content-type': fc.oneof(
      { weight: 7, arbitrary: fc.constantFrom(...TAKEN) },
      { weight: 3, arbitrary: fc.constantFrom(...NOT_TAKEN, undefined) },
    ),
    accept: seldom(30, fc.constantFrom('text/html', '*/*', 'x')),
    authorization: seldom(10, fc.constantFrom('Bearer x', 'Basic eDp5', '')),
    'content-encoding': seldom(3, fc.constantFrom('gzip', 'identity', 'br')),
    'x-request-id': seldom(10, fc.stringMatching(/^[ -~]{0,80}$/)),
    expect: seldom(2, fc.constant('nothing')),
    origin: seldom(3, fc.constantFrom('http://evil.example', 'null', 'http://localhost:80')),
    host: seldom(3, fc.constantFrom('evil.example', 'localhost', '127.0.0.1:1')),
    'sec-fetch-site': seldom(3, fc.constantFrom('cross-site', 'same-origin', 'none')),
  })
  .map(
    (all): Record<string, string> =>
      Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Record<string, string>,
  );

const entries = fc.array(fc.oneof(goodBody, badEntry), { maxLength: 4 });
const broken = fc
  .tuple(
    fc.oneof(
      entries.map((list) => JSON.stringify(list)),
      entries.map((list) => list.map((each) => JSON.stringify(each)).join('\n')),
    ),
    fc.nat(),
    fc.nat(255),
    fc.boolean(),
  )
  .map(([whole, place, byte, cut]) => {
    const bytes = Buffer.from(whole);
    if (bytes.length === 0) return bytes;
    const position = place % bytes.length;
    if (cut) return bytes.subarray(0, position);
    bytes[position] = byte;
    return bytes;
  });

const body = fc.oneof(
  fc.constant(null),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.json({ noUnicodeString: false } as never).map((json) => Buffer.from(json)),
  broken,
  fc
    .constantFrom(
      '',
      'null',
      '0',
      '"x"',
      '{}',
      '[]',
      '[[]]',
      '{"length":1e9}',
      '[1e999]',
      '{"__proto__":{"x":1}}',
      `${'['.repeat(5000)}${']'.repeat(5000)}`,
      '{"a":'.repeat(3000),
      '\uFEFF[]',
      '[{"type":"play"},]',
    )
    .map((each) => Buffer.from(each)),
);

export const wildRequest: fc.Arbitrary<FuzzRequest> = fc
  .record({ target, query, headers, body })
  .filter((each) => !LEFT_OUT.has(`${each.target.method} ${each.target.path}`))
  .map((each) => ({
    method: each.target.method,
    url: `${each.target.path}${each.query}`,
    headers: each.headers,
    body: each.body,
  }));
