/**
 * Events per second over HTTP, durable: batches of 500 plays, each answered when it is on disk.
 * The server runs in a process of its own, started here on an empty folder, or is given with --url.
 *
 *   npx tsx --conditions=ritornello-source bench/ingest-http.ts [--url http://127.0.0.1:8787] [--batches 400] [--connections 4] [--ndjson] [--json]
 */

import { Agent, request } from 'node:http';
import { cpus } from 'node:os';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { startBenchServer } from './worlds/server.ts';

const BATCH = 500;
const USERS = 5000;
const ITEMS = 50_000;
const WARM_UP_BATCHES = 20;
/** 2026-01-01T00:00Z. */
const FIRST_MS = 1_767_225_600_000;

export interface IngestOptions {
  readonly url: string;
  readonly batches: number;
  readonly connections: number;
  readonly ndjson: boolean;
  /** Part of every event id, so that a second run on the same server sends new events. */
  readonly run: string;
}

export interface IngestResult {
  readonly events: number;
  readonly eventsPerSecond: number;
  /** Time of one batch from sending to answer, in milliseconds. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly bytesPerEvent: number;
}

const playOf = (run: string, number: number): object => ({
  type: 'play',
  event_id: `${run}-${number}`,
  user_id: `bench-user-${number % USERS}`,
  at: FIRST_MS + number * 10,
  item_id: `track:bench-${(number * 7919) % ITEMS}`,
  ms_played: 60_000 + (number % 120_000),
  duration_ms: 180_000,
  device: 'mobile',
  source: 'radio',
  session_id: `session-${Math.floor(number / 20)}`,
});

const bodyOf = (run: string, batch: number, ndjson: boolean): Buffer => {
  const plays = Array.from({ length: BATCH }, (_, index) => playOf(run, batch * BATCH + index));
  return Buffer.from(ndjson ? plays.map((play) => JSON.stringify(play)).join('\n') : JSON.stringify(plays));
};

/** Sends one body and checks that all of it was accepted. */
const post = (url: string, body: Buffer, type: string, agent: Agent): Promise<void> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': type, 'content-length': body.length };
    const sent = request(`${url}/v1/events`, { method: 'POST', agent, headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => {
        const text = Buffer.concat(pieces).toString('utf8');
        if (text.startsWith(`{"accepted":${BATCH},`)) resolve();
        else reject(new Error(`expected ${BATCH} accepted events, got ${response.statusCode}: ${text.slice(0, 300)}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/** Bodies are made before the clock starts: the making of them is no part of what is measured. */
export const measureIngest = async ({
  url,
  batches,
  connections,
  ndjson,
  run,
}: IngestOptions): Promise<IngestResult> => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const type = ndjson ? 'application/x-ndjson' : 'application/json';
  const bodies = Array.from({ length: WARM_UP_BATCHES + batches }, (_, batch) => bodyOf(run, batch, ndjson));
  for (const body of bodies.splice(0, WARM_UP_BATCHES)) await post(url, body, type, agent);

  const times: number[] = [];
  const queue = bodies.values();
  const began = performance.now();
  const sender = async (): Promise<void> => {
    for (const body of queue) {
      const sentAt = performance.now();
      await post(url, body, type, agent);
      times.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: connections }, sender));
  const seconds = (performance.now() - began) / 1000;
  agent.destroy();
  times.sort((a, b) => a - b);
  const events = batches * BATCH;
  return {
    events,
    eventsPerSecond: events / seconds,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    bytesPerEvent: bodies.reduce((sum, body) => sum + body.length, 0) / events,
  };
};

/** As `measureIngest`, on a server of its own that is gone afterwards. */
export const measureOwnServer = async (options: Omit<IngestOptions, 'url'>): Promise<IngestResult> => {
  const server = await startBenchServer();
  try {
    return await measureIngest({ ...options, url: server.url });
  } finally {
    await server.stop();
  }
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      batches: { type: 'string', default: '400' },
      connections: { type: 'string', default: '4' },
      ndjson: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const options = {
    batches: Number(values.batches),
    connections: Number(values.connections),
    ndjson: values.ndjson,
    run: `run-${process.pid}-${Math.round(performance.timeOrigin)}`,
  };
  const result = await (values.url === undefined
    ? measureOwnServer(options)
    : measureIngest({ ...options, url: values.url }));
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length };
  if (values.json) console.log(JSON.stringify({ ...result, ...machine }));
  else {
    const { events, eventsPerSecond, p50Ms, p99Ms } = result;
    console.log(
      `${events} events in batches of ${BATCH}: ${Math.round(eventsPerSecond)} events/s, ` +
        `batch p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms (${machine.cores} × ${machine.cpu}, ${machine.node})`,
    );
  }
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
