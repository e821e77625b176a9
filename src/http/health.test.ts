/** Whether the engine is ready, and what is counted. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { play } from './requests.contract.ts';
import { SMALL_LIMITS, startTestServer, type TestServer } from './test-server.contract.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ limits: SMALL_LIMITS });
});
afterAll(() => server.app.close());
beforeEach(() => server.forget());

describe('health', () => {
  it('is ready or not', async () => {
    expect((await server.ask('GET', '/health/live')).json).toEqual({ alive: true });
    expect((await server.ask('GET', '/health/ready')).status).toBe(200);
    const { readiness } = server.engine;
    server.engine.readiness = { ready: false, journal: 'failed', warehouse: 'away', models: 'ok' };
    const answer = await server.ask('GET', '/health/ready');
    server.engine.readiness = readiness;
    expect([answer.status, answer.json]).toEqual([
      503,
      { ready: false, journal: 'failed', warehouse: 'away', models: 'ok' },
    ]);
  });

  it('is counted', async () => {
    const counted = await startTestServer();
    await counted.ask('POST', '/v1/events', { payload: [play('m1'), play('m1'), 0] });
    await counted.ask('GET', '/v1/users/ada/home');
    await counted.ask('GET', '/v1/users/ada/radio');
    const { text, headers } = await counted.ask('GET', '/metrics');
    await counted.app.close();
    expect(headers['content-type']).toContain('text/plain');
    for (const line of [
      'ritornello_intake_entries_total{of="events",outcome="accepted"} 1',
      'ritornello_intake_entries_total{of="events",outcome="repeated"} 1',
      'ritornello_intake_entries_total{of="events",outcome="refused"} 1',
      'ritornello_slates_total{surface="home",fallback="none"} 1',
      'ritornello_cards_total{surface="home",explored="true"} 1',
      'ritornello_cards_total{surface="home",explored="false"} 1',
      'ritornello_journal_lag_records 7',
      'ritornello_answering_delay_seconds{quantile="0.99"} 0.002',
      'ritornello_answering_delay_seconds{quantile="1"} 0.008',
      'ritornello_http_request_duration_seconds_count{method="GET",route="/v1/users/:user_id/home",status="200"} 1',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
    expect(text).not.toContain('ada');
  });
});
