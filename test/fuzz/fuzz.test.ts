import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Overview, problemSchema, receiptsSchema } from '#api';
import { startWholeServer, type WholeServer } from '../whole-server.ts';
import { badEntry, goodBody, type Json } from './events.ts';
import { type FuzzRequest, wildRequest } from './requests.ts';

const SEED = 20_261_124;
const WILD = 7000;
const BATCHES = 2500;
const RAW = 500;
const USERS = 25;
const AT_ONCE = 8;

const data = mkdtempSync(join(tmpdir(), 'ritornello-fuzz-'));
let server: WholeServer;
beforeAll(async () => {
  server = await startWholeServer(data);
});
afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true });
});

/** Some at once: a server is not asked one thing after the other, and much of a request is waiting. */
const someAtOnce = async <T>(all: readonly T[], ask: (one: T) => Promise<void>): Promise<void> => {
  const left = all.values();
  const askOn = async (): Promise<void> => {
    for (const one of left) await ask(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, askOn));
};

type Response = Awaited<ReturnType<FastifyInstance['inject']>>;

/** Nothing of ours failed, and what was refused says which field and why. */
const assertSane = (response: Response, asked: string): void => {
  if (response.statusCode >= 500) expect.fail(`${response.statusCode} for ${asked}: ${response.payload.slice(0, 300)}`);
  if (response.statusCode < 400 || response.payload === '') return;
  const type = String(response.headers['content-type']);
  if (!type.startsWith('application/problem+json')) expect.fail(`${type} for ${asked}`);
  const { status, code, errors, detail } = problemSchema.parse(response.json());
  const named = errors.length > 0 && errors.every(({ field, reason }) => field !== '' && reason !== '');
  expect({ asked, status, named, told: detail !== '' && code !== 'internal' }).toEqual({
    asked,
    status: response.statusCode,
    named: true,
    told: true,
  });
};

const show = ({ method, url, headers, body }: FuzzRequest): string =>
  `${method} ${url.slice(0, 200)} ${JSON.stringify(headers)} ${body?.toString('latin1').slice(0, 200)}`;

describe('10,000 requests that nobody means well', () => {
  it(`${WILD} wild ones: no failure of ours, every refusal names field and reason`, { timeout: 600_000 }, async () => {
    const statuses = new Map<number, number>();
    const requests = fc.sample(wildRequest, { seed: SEED, numRuns: WILD });
    const askOne = async (request: FuzzRequest): Promise<void> => {
      const response = await server.app.inject({
        method: request.method as 'GET',
        url: request.url,
        headers: { ...request.headers },
        ...(request.body !== null && { payload: request.body }),
      });
      assertSane(response, show(request));
      statuses.set(response.statusCode, (statuses.get(response.statusCode) ?? 0) + 1);
    };
    await someAtOnce(requests, askOne);
    // The requests reached all kinds of answers: a fuzz that only ever meets one has tested one.
    const met = [200, 400, 403, 404, 405, 413, 415].filter((status) => statuses.has(status));
    expect(met).toEqual([200, 400, 403, 404, 405, 413, 415]);
  });

  it(`${BATCHES} batches of good and bad: each good one is acknowledged and kept once`, {
    timeout: 600_000,
  }, async () => {
    const entry = fc.oneof(
      { weight: 2, arbitrary: goodBody.map((body) => ({ good: true as const, body })) },
      { weight: 1, arbitrary: badEntry.map((body) => ({ good: false as const, body })) },
    );
    const batch = fc.record({
      entries: fc.array(entry, { minLength: 1, maxLength: 6 }),
      lines: fc.boolean(),
      truncated: fc.boolean(),
    });
    const sent = new Map<string, Set<string>>();
    let number = 0;
    await someAtOnce(fc.sample(batch, { seed: SEED, numRuns: BATCHES }), async ({ entries, lines, truncated }) => {
      const wire = entries.map(({ good, body }) => {
        if (!good) return body;
        const userId = `good-${number % USERS}`;
        const eventId = `e/${number} é`;
        number += 1;
        sent.set(userId, (sent.get(userId) ?? new Set()).add(eventId));
        return { ...(body as Json), user_id: userId, event_id: eventId };
      });
      const cut = lines && truncated;
      const text = lines ? wire.map((each) => JSON.stringify(each)).join('\n') : JSON.stringify(wire);
      const response = await server.app.inject({
        method: 'POST',
        url: '/v1/events',
        headers: { 'content-type': lines ? 'application/x-ndjson' : 'application/json' },
        payload: cut ? `${text}\n{"type":"play","user_id":"go` : text,
      });
      expect([response.statusCode, text.slice(0, response.statusCode === 200 ? 0 : 500)]).toEqual([200, '']);
      const { results } = receiptsSchema.parse(response.json());
      const wanted = entries.map(({ good }) => (good ? 'accepted' : 'refused'));
      const outcomes = results.map(({ outcome }) => outcome);
      const wrong = results.filter(({ index, outcome }) => outcome !== [...wanted, 'refused'][index]);
      expect(wrong.map(({ index, errors }) => ({ errors, entry: JSON.stringify(wire[index]) }))).toEqual([]);
      expect(outcomes).toEqual(cut ? [...wanted, 'refused'] : wanted);
      for (const { outcome, errors } of results) {
        if (outcome === 'refused') expect(errors?.every(({ reason }) => reason !== '')).toBe(true);
      }
    });
    expect(sent.size).toBe(USERS);
    await expect.poll(() => lag(), { timeout: 120_000, interval: 500 }).toBe(0);
    for (const [userId, eventIds] of sent) {
      const exported = await server.app.inject({ method: 'GET', url: `/v1/users/${userId}/export` });
      const rows = exported.payload
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { event_id?: string });
      const kept = rows.flatMap(({ event_id }) => (event_id?.startsWith('e/') ? [event_id] : []));
      expect(kept.toSorted()).toEqual([...eventIds].toSorted());
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it(`${RAW} on a socket that are hardly HTTP: an answer or a closed connection, and the server lives`, {
    timeout: 600_000,
  }, async () => {
    await server.app.listen({ host: '127.0.0.1', port: 0 });
    const address = server.app.server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const request =
      'POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n[]';
    const bytes = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 300 }).map((each) => Buffer.from(each)),
      fc.tuple(fc.nat(request.length - 1), fc.nat(255)).map(([place, byte]) => {
        const changed = Buffer.from(request);
        changed[place] = byte;
        return changed;
      }),
      fc.nat(request.length - 1).map((length) => Buffer.from(request.slice(0, length))),
    );
    for (const each of fc.sample(bytes, { seed: SEED, numRuns: RAW })) {
      const heard = await speak(port, each);
      if (heard !== '') expect(heard).toMatch(/^HTTP\/1\.1 (200|202|400|403|404|405|413|415) /);
    }
    const alive = await fetch(`http://127.0.0.1:${port}/health/live`);
    expect(await alive.json()).toEqual({ alive: true });
  });
});

/** Records that the warehouse does not have yet. */
const lag = async (): Promise<number> => {
  const response = await server.app.inject('/v1/studio/overview');
  return (response.json() as Overview).freshness.lag_records;
};

/** Sends the bytes, ends the sending side, and gives what comes until the connection is closed. */
const speak = (port: number, bytes: Buffer): Promise<string> =>
  new Promise((resolve) => {
    let heard = '';
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: false }, () => socket.end(bytes));
    socket.on('data', (piece) => {
      heard += piece.toString('latin1');
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve(heard));
  });
