/** Events that are sent: taken entry by entry, or refused whole. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { play, problem } from './requests.contract.ts';
import { SMALL_LIMITS, startTestServer, type TestServer } from './test-server.contract.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ limits: SMALL_LIMITS });
});
afterAll(() => server.app.close());
beforeEach(() => server.forget());

const NDJSON = { 'content-type': 'application/x-ndjson' };

describe('events', () => {
  it('are taken entry by entry: the good beside the bad', async () => {
    const { status, json } = await server.ask('POST', '/v1/events', {
      payload: [play('e1'), play('e2', { at: 'yesterday' }), 7, play('e1')],
    });
    expect(status).toBe(200);
    expect(json).toMatchObject({ accepted: 1, repeated: 1, refused: 2 });
    expect(json['results']).toMatchObject([
      { index: 0, outcome: 'accepted' },
      { index: 1, outcome: 'refused', errors: [{ field: 'at' }] },
      { index: 2, outcome: 'refused', errors: [{ field: '', reason: 'expected an object, got 7' }] },
      { index: 3, outcome: 'repeated' },
    ]);
    expect(server.engine.kept.has('ada/e1')).toBe(true);
  });

  it('come as NDJSON too, and a broken end costs only itself', async () => {
    const payload = `${JSON.stringify(play('n1'))}\n{"type":"play"\n${JSON.stringify(play('n2'))}\n{"type":"pl`;
    const { status, json } = await server.ask('POST', '/v1/events', { payload, headers: NDJSON });
    expect(status).toBe(200);
    expect(json).toMatchObject({ accepted: 2, refused: 2 });
    expect(json['results']).toMatchObject([{}, { index: 1, errors: [{ field: '' }] }, {}, { index: 3 }]);
  });

  it('that are all bad still get their receipts', async () => {
    const { status, json } = await server.ask('POST', '/v1/events', { payload: [{ type: 'play' }] });
    expect([status, json['refused']]).toEqual([200, 1]);
  });

  it.each([
    ['broken JSON', { payload: '[{', headers: { 'content-type': 'application/json' } }, 400, 'malformed_body', 'body'],
    ['no body', {}, 400, 'malformed_body', 'body'],
    [
      'text',
      { payload: 'x', headers: { 'content-type': 'text/plain' } },
      415,
      'unsupported_media_type',
      'content-type',
    ],
    ['no type', { payload: Buffer.from('x') }, 415, 'unsupported_media_type', 'content-type'],
    ['many entries', { payload: [1, 2, 3, 4, 5, 6] }, 413, 'body_too_large', 'body'],
    ['many bytes', { payload: [play('x'.repeat(3000))] }, 413, 'body_too_large', 'body'],
    ['many lines', { payload: '{}\n'.repeat(6), headers: NDJSON }, 413, 'body_too_large', 'body'],
    [
      'a packed body',
      { payload: '[]', headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' } },
      415,
      'unsupported_media_type',
      'content-encoding',
    ],
  ] as const)('with %s are refused whole', async (_, options, status, code, field) => {
    const answer = await server.ask('POST', '/v1/events', options as never);
    expect(answer.status).toBe(status);
    expect(problem(answer)).toMatchObject({ code, errors: [{ field }] });
  });

  it('keep working after a full disk: the code says so', async () => {
    const { engine, ask } = server;
    const { accept } = engine.intake;
    Object.assign(engine.intake, { accept: () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOSPC' })) });
    const answer = await ask('POST', '/v1/events', { payload: [play('d1')] });
    Object.assign(engine.intake, { accept });
    expect(answer.status).toBe(507);
    expect(problem(answer).code).toBe('disk_full');
  });
});
