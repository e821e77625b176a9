import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ENDPOINTS, type Endpoint, type EndpointName, problemSchema } from '#api';
import { EngineError } from '#domain';
import { NOW, unknownUser } from './recording-engine.contract.ts';
import { startTestServer, type TestServer } from './test-server.contract.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ limits: { bodyBytes: 2000, bodyEntries: 5, importBytes: 100, urlLength: 600 } });
});
afterAll(() => server.app.close());
beforeEach(() => {
  server.engine.asked.length = 0;
  server.engine.received = 0;
  server.engine.failure = null;
  server.lines.length = 0;
});

const play = (id: string, more: object = {}) => ({
  type: 'play',
  event_id: id,
  user_id: 'ada',
  at: NOW,
  item_id: 'track:one',
  ...more,
});
const NDJSON = { 'content-type': 'application/x-ndjson' };
const problem = (answer: { headers: Record<string, unknown>; json: unknown }) => {
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  return problemSchema.parse(answer.json);
};

describe('every endpoint of the contract', () => {
  const EXAMPLES: Readonly<
    Partial<Record<EndpointName, { query?: string; payload?: string | object; type?: string }>>
  > = {
    postEvents: { payload: [] },
    putItems: { payload: [] },
    metricsReport: { query: '?metrics=skip_rate&by=intent' },
    putExperiment: { payload: 'name: weekly', type: 'application/yaml' },
    progress: { query: '?watch=me' },
    checkDefinition: { payload: 'name: x', type: 'application/octet-stream' },
    previewDefinition: { query: '?against=sleep_playlist', payload: 'name: x', type: 'application/octet-stream' },
    saveDefinition: { payload: 'name: x', type: 'application/octet-stream' },
    keepLabWorld: { payload: 'name: x', type: 'application/octet-stream' },
    policyReplay: { payload: 'exploration: 0', type: 'application/octet-stream' },
    putCorpus: { payload: 'x', type: 'application/octet-stream' },
    evaluateRuns: { payload: { qrels: 'a 0 x 1', run: 'a Q0 x 1 1 r', measures: ['map'] } },
    startImport: { query: '?file_name=a.csv', payload: 'x', type: 'application/octet-stream' },
  };
  const PARAMS: Readonly<Record<string, string>> = {
    user_id: 'ada',
    item_id: 'track%3Aone',
    slate_id: 'slate-1',
    import_id: 'import-1',
    experiment: 'weekly',
    name: 'sleep_playlist',
    world: 'mine',
  };

  it.each(Object.entries(ENDPOINTS) as [EndpointName, Endpoint][])(
    '%s answers as its schema says',
    async (name, endpoint) => {
      const { query = '', payload, type } = EXAMPLES[name] ?? {};
      const path = endpoint.path.replaceAll(/:(\w+)/g, (_, param: string) => PARAMS[param]!);
      const answer = await server.ask(endpoint.method, `${path}${query}`, {
        ...(payload !== undefined && { payload }),
        ...(type !== undefined && { headers: { 'content-type': type } }),
      });
      expect(answer.status).toBe(endpoint.status);
      expect(answer.headers['content-type']).toContain(endpoint.produces ?? 'application/json');
      const sent = endpoint.produces === undefined ? answer.json : answer.text;
      expect(endpoint.response.parse(sent)).toEqual(sent);
      expect(JSON.stringify(sent)).not.toMatch(/[a-z][A-Z]\w*":/);
    },
  );
});

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

describe('requests of listeners', () => {
  it('reach the engine in its own words', async () => {
    await server.ask('GET', '/v1/users/a%2Fb%20%C3%A9/home?refresh=true&time_zone=Europe/Berlin&device=web');
    await server.ask('GET', '/v1/users/ada/weekly');
    await server.ask('GET', '/v1/users/ada/radio?seed_item=track:one&session_id=s1&count=3');
    await server.ask('GET', '/v1/items/track:one?user_id=ada');
    await server.ask('GET', '/v1/studio/slates?surface=home&before=2026-11-24T06:00:00Z&user_id=ada');
    await server.ask('GET', '/v1/studio/users?query=ad&limit=2');
    expect(server.engine.asked).toEqual([
      ['home', 'a/b é', { refresh: true, timeZone: 'Europe/Berlin', device: 'web' }],
      ['weekly', 'ada', { length: 30 }],
      ['radio', 'ada', { count: 3, seedItem: 'track:one', sessionId: 's1' }],
      ['itemPage', 'track:one', 'ada'],
      ['slates', { limit: 50, userId: 'ada', surface: 'home', before: NOW }],
      ['users', 'ad', 2],
    ]);
  });

  it.each([
    ['/v1/users/ada/home?refresh=maybe', 'refresh'],
    ['/v1/users/ada/home?time_zone=Mars/Olympus', 'time_zone'],
    ['/v1/users/ada/weekly?length=0', 'length'],
    ['/v1/users/ada/weekly?length=1e999', 'length'],
    ['/v1/users/ada/radio?count=x', 'count'],
    ['/v1/users/ada/radio?count=1&count=2', 'count'],
    [`/v1/users/${'x'.repeat(201)}/home`, 'user_id'],
    ['/v1/users//home', 'user_id'],
    ['/v1/studio/slates?before=yesterday', 'before'],
    ['/v1/studio/slates?surface=hmoe', 'surface'],
    ['/v1/users/%FF/home', 'path'],
    [`/v1/users/ada/home?device=${'x'.repeat(600)}`, 'path'],
  ])('%s is refused naming %s', async (url, field) => {
    const answer = await server.ask('GET', url);
    expect(answer.status).toBe(400);
    const { code, errors } = problem(answer);
    expect(code).toBe('invalid_request');
    expect(errors).toMatchObject([{ field, reason: expect.stringMatching(/./) }]);
  });

  it('fail with the code of the engine', async () => {
    server.engine.failure = unknownUser();
    for (const url of ['/v1/users/ada/home', '/v1/users/ada/profile', '/v1/users/ada/export']) {
      const answer = await server.ask('GET', url);
      expect(answer.status).toBe(404);
      expect(problem(answer)).toMatchObject({ code: 'unknown_user', errors: [{ field: 'user_id' }] });
    }
  });

  it('export every row as a line', async () => {
    const { text } = await server.ask('GET', '/v1/users/ada/export');
    expect(text).toBe('{"type":"play","n":1}\n{"type":"play","n":2}\n');
  });

  it('break off an export that fails on the way, and say so in the log', async () => {
    const { exportUser } = server.engine.people;
    let closed = false;
    Object.assign(server.engine.people, {
      async *exportUser() {
        try {
          yield 'x'.repeat(70_000);
          throw new Error('the disk of ada is gone');
        } finally {
          closed = true;
        }
      },
    });
    const asked = server.app.inject('/v1/users/ada/export');
    await expect(asked).rejects.toThrow();
    Object.assign(server.engine.people, { exportUser });
    expect(closed).toBe(true);
    const failed = server.lines.find(({ event }) => event === 'http.failed');
    expect(failed?.event === 'http.failed' && failed.fields.error).toMatch(/the disk of user:[0-9a-f]{12} is gone/);
  });
});

describe('what goes wrong here', () => {
  it('says nothing of its cause, and logs it without the user', async () => {
    server.engine.failure = new Error('no row for ada', { cause: new Error('socket of ada broke') });
    const answer = await server.ask('GET', '/v1/users/ada/home', { headers: { 'x-request-id': 'trace-0001' } });
    expect(answer.status).toBe(500);
    expect(problem(answer)).toMatchObject({ code: 'internal', request_id: 'trace-0001', errors: [] });
    expect(answer.text).not.toContain('row');
    const failed = server.lines.find(({ event }) => event === 'http.failed');
    expect(failed).toMatchObject({ level: 'error', fields: { route: '/v1/users/:user_id/home', code: 'internal' } });
    expect(failed?.event === 'http.failed' && failed.fields.error).toContain('caused by Error: no row for user:');
    expect(JSON.stringify(server.lines)).not.toMatch(/\bada\b/);
  });

  it('of a warehouse that is away says when to come again', async () => {
    server.engine.failure = new EngineError('warehouse_unavailable', 'clickhouse at 10.0.0.1 refused');
    const answer = await server.ask('GET', '/v1/studio/overview');
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '1']);
    expect(answer.text).not.toContain('10.0.0.1');
  });

  it('of an answer that breaks the contract is our fault', async () => {
    const { overview } = server.engine.studio;
    Object.assign(server.engine.studio, {
      overview: async () => ({ ...(await overview()), listeners: Number.NaN }),
    });
    const answer = await server.ask('GET', '/v1/studio/overview');
    Object.assign(server.engine.studio, { overview });
    expect(problem(answer).code).toBe('internal');
  });
});

describe('paths and methods', () => {
  it('that are not there', async () => {
    const answer = await server.ask('GET', '/v1/nothing');
    expect(answer.status).toBe(404);
    expect(problem(answer)).toMatchObject({ code: 'not_found', errors: [{ field: 'path' }] });
  });

  it('that take other methods say which', async () => {
    for (const method of ['POST', 'PATCH', 'OPTIONS'] as const) {
      const answer = await server.ask(method, '/v1/users/ada', { payload: '', headers: { host: 'localhost' } });
      expect(answer.status).toBe(405);
      expect(answer.headers['allow']).toBe('DELETE');
      expect(problem(answer)).toMatchObject({ code: 'method_not_allowed', errors: [{ field: 'method' }] });
    }
  });

  it('without a body take an empty one', async () => {
    const headers = { 'content-type': 'application/json' };
    expect((await server.ask('POST', '/v1/studio/train', { headers })).status).toBe(202);
    expect((await server.ask('POST', '/v1/studio/train', { payload: {} })).status).toBe(202);
    expect((await server.ask('POST', '/v1/studio/train', { payload: 'x'.repeat(2000), headers })).status).toBe(413);
  });
});

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
