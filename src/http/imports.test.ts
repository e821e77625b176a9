/** Files that are sent to be imported. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { problem } from './requests.contract.ts';
import { SMALL_LIMITS, startTestServer, type TestServer } from './test-server.contract.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ limits: SMALL_LIMITS });
});
afterAll(() => server.app.close());
beforeEach(() => server.forget());

describe('imports', () => {
  const headers = { 'content-type': 'application/octet-stream' };

  it('pass the file on as it is', async () => {
    const url = '/v1/studio/imports?file_name=s.csv&format=lastfm&user_id=ada';
    const { status, json } = await server.ask('POST', url, { payload: Buffer.alloc(80), headers });
    expect([status, json['import_id'], server.engine.received]).toEqual([202, 'import-1', 80]);
    expect(server.engine.asked).toEqual([['startImport', { fileName: 's.csv', userId: 'ada', format: 'lastfm' }]]);
  });

  it('are bounded, named and not empty', async () => {
    const large = await server.ask('POST', '/v1/studio/imports?file_name=x', { payload: Buffer.alloc(101), headers });
    expect(problem(large)).toMatchObject({ code: 'body_too_large', errors: [{ field: 'body' }] });
    const nameless = await server.ask('POST', '/v1/studio/imports', { payload: 'x', headers });
    expect(problem(nameless).errors).toMatchObject([{ field: 'file_name' }]);
    expect(problem(await server.ask('POST', '/v1/studio/imports?file_name=x')).code).toBe('malformed_body');
    const json = await server.ask('POST', '/v1/studio/imports?file_name=x', { payload: {} });
    expect(problem(json).code).toBe('unsupported_media_type');
    expect(problem(await server.ask('GET', '/v1/studio/imports/other')).errors).toMatchObject([{ field: 'import_id' }]);
  });
});
