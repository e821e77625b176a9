/** Requests that nobody means well: random methods, paths, headers and bodies around the real interface. */

import fc from 'fast-check';
import { ENDPOINTS } from '#api';
import { badEntry, goodBody } from './fuzz-events.ts';

export interface FuzzRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'];
const PATHS = [
  ...Object.values(ENDPOINTS).map(({ path }) => path),
  '/health/ready',
  '/openapi.json',
  '/',
  '/docs/',
  '/docs/json',
];
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
const query = fc
  .array(fc.tuple(fc.constantFrom(...QUERY_NAMES), wild), { maxLength: 4 })
  .map((pairs) => (pairs.length === 0 ? '' : `?${pairs.map(([name, value]) => `${name}=${value}`).join('&')}`));

const path = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .tuple(fc.constantFrom(...PATHS), fc.array(wild, { minLength: 2, maxLength: 2 }))
      .map(([shape, parts]) => {
        let next = 0;
        return shape.replaceAll(/:\w+/g, () => parts[next++] ?? 'x');
      }),
  },
  { weight: 1, arbitrary: fc.webPath().map((each) => `/${each}`) },
);

const CONTENT_TYPES = [
  'application/json',
  'application/x-ndjson',
  'application/octet-stream',
  'application/json; charset=utf-16',
  'text/plain',
  'multipart/form-data',
  'application/x-www-form-urlencoded',
  'nonsense',
  '',
];
const headers = fc
  .tuple(
    fc.constantFrom(...CONTENT_TYPES),
    fc.record(
      {
        accept: fc.constantFrom('text/html', '*/*', 'x'),
        authorization: fc.constantFrom('Bearer x', 'Basic eDp5', ''),
        'content-encoding': fc.constantFrom('gzip', 'identity', 'br'),
        'x-request-id': fc.stringMatching(/^[ -~]{0,80}$/),
        expect: fc.constant('nothing'),
        origin: fc.constantFrom('http://evil.example', 'null', 'http://localhost:80'),
        host: fc.constantFrom('evil.example', 'localhost', '127.0.0.1:1'),
        'sec-fetch-site': fc.constantFrom('cross-site', 'same-origin', 'none'),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([type, others]): Record<string, string> => (type === '' ? others : { ...others, 'content-type': type }));

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
  .record({ method: fc.constantFrom(...METHODS), path, query, headers, body })
  .filter(({ method, path: asked }) => !LEFT_OUT.has(`${method} ${asked}`))
  .map(({ method, path: asked, query: rest, headers: sent, body: payload }) => ({
    method,
    url: `${asked}${rest}`,
    headers: sent,
    body: payload,
  }));
