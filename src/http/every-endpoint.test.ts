/** Every endpoint of the contract answers as its schema says. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ENDPOINTS, type Endpoint, type EndpointName } from '#api';
import { SMALL_LIMITS, startTestServer, type TestServer } from './test-server.contract.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ limits: SMALL_LIMITS });
});
afterAll(() => server.app.close());
beforeEach(() => server.forget());

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
