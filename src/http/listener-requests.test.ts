/** Requests of listeners: how they reach the engine, are refused, fail and export. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { unknownUser } from './listener-answers.contract.ts';
import { NOW, problem } from './requests.contract.ts';
import { SMALL_LIMITS, startTestServer, type TestServer } from './test-server.contract.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ limits: SMALL_LIMITS });
});
afterAll(() => server.app.close());
beforeEach(() => server.forget());

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
