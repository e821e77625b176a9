/** Runs that are sent to be judged. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { problem } from './requests.contract.ts';
import { SMALL_LIMITS, startTestServer, type TestServer } from './test-server.contract.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ limits: SMALL_LIMITS });
});
afterAll(() => server.app.close());
beforeEach(() => server.forget());

describe('runs to judge', () => {
  it('are asked for by name, field by field', async () => {
    const asked = { qrels: 'a 0 x 1', run: 'a Q0 x 1 1 r', other: 'a Q0 y 1 1 r', measures: ['map'], test: 't' };
    await server.ask('POST', '/v1/studio/evaluation/runs', { payload: asked });
    expect(server.engine.asked.at(-1)).toEqual(['judge', { ...asked, level: 1 }]);
    const answer = await server.ask('POST', '/v1/studio/evaluation/runs', { payload: { run: '', measures: [] } });
    expect(answer.status).toBe(400);
    expect(problem(answer).errors.map(({ field }) => field)).toEqual(['qrels', 'run', 'measures']);
    const broken = await server.ask('POST', '/v1/studio/evaluation/runs', {
      payload: '{',
      headers: { 'content-type': 'application/json' },
    });
    expect(problem(broken)).toMatchObject({ status: 400, code: 'malformed_body' });
  });
});
