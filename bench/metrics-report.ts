/**
 * A report by intent × device on 10 million plays: median and slowest of several, and what it took to get there (plays
 * written to the warehouse, sessions derived from them). Embedded engine, an empty folder.
 *
 *   tsx --conditions=ritornello-source bench/metrics-report.ts --json [--plays 10000000] [--users 60000] [--rounds 7]
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DAY_MS, DEVICES, fixedClock, HOUR_MS, toTimestamp } from '#domain';
import { deriveSessions, metricsReport } from '#jobs';
import { createRng } from '#math';
import { openChdbWarehouse, type Warehouse } from '#warehouse';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    plays: { type: 'string', default: '10000000' },
    users: { type: 'string', default: '60000' },
    rounds: { type: 'string', default: '7' },
  },
});
const PLAYS = Number(values.plays);
const USERS = Number(values.users);
const ROUNDS = Number(values.rounds);
const DAYS = 28;
const NOW = Date.parse('2026-06-01T00:00:00Z');
const ITEMS = 20_000;
const SOURCES = ['user_collection', 'editorial', 'radio', 'search', 'autoplay', 'personalized_playlist', 'catalogue'];

const rng = createRng('bench metrics');
let sequence = 0;

const playLine = (user: number, device: string, source: string, place: number, at: number): string => {
  const skipped = rng.next() < 0.35;
  const played = skipped ? rng.int(30_000) : 180_000;
  const time = toTimestamp(at);
  return (
    `{"sequence":${++sequence},"event_id":"e${sequence}","user_id":"u${user}","at":"${time}",` +
    `"received_at":"${time}","utc_offset_min":60,"device":"${device}","item_id":"track:${rng.int(ITEMS)}",` +
    `"ms_played":${played},"duration_ms":200000,"reason_end":"${skipped ? 'fwdbtn' : 'trackdone'}","skipped":${skipped},` +
    `"source":"${source}","user_initiated":${place === 0},"extra":"{}"}`
  );
};

/** Sessions of some eight plays until there are as many plays as asked for. */
const fill = async (warehouse: Warehouse): Promise<void> => {
  let lines: string[] = [];
  const flush = async (): Promise<void> => {
    await warehouse.insert('play', lines);
    lines = [];
  };
  while (sequence < PLAYS) {
    const user = rng.int(USERS);
    const device = DEVICES[rng.int(DEVICES.length)] ?? 'other';
    const source = SOURCES[rng.int(SOURCES.length)] ?? 'radio';
    let at = NOW - DAYS * DAY_MS + Math.floor(rng.next() * (DAYS * DAY_MS - 4 * HOUR_MS));
    const length = 1 + rng.int(15);
    for (let place = 0; place < length && sequence < PLAYS; place++) {
      lines.push(playLine(user, device, source, place, at));
      at += 185_000;
    }
    if (lines.length >= 200_000) await flush();
  }
  await flush();
};

const seconds = async (run: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await run();
  return (performance.now() - began) / 1000;
};
const rounded = (value: number): number => Number(value.toFixed(3));

const folder = mkdtempSync(join(tmpdir(), 'bench-metrics-'));
const warehouse = await openChdbWarehouse({ path: folder });
try {
  const written = await seconds(() => fill(warehouse));
  const clock = fixedClock(NOW + DAY_MS);
  let sessions = 0;
  const derived = await seconds(async () => {
    ({ sessions } = await deriveSessions({ warehouse, clock }));
  });
  const request = {
    metrics: [
      'skip_rate',
      'minutes_per_user[7d]',
      'plays_per_session',
      'keeps_per_session',
      'active_days_per_user[28d]',
    ],
    by: ['intent', 'device'] as const,
  };
  const judging = { definitions: [], now: Date.now(), intents: null };
  let figures = 0;
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    times.push(
      await seconds(async () => {
        figures = (await metricsReport(warehouse, request, judging)).figures.length;
      }),
    );
  }
  const returns = await seconds(() =>
    metricsReport(
      warehouse,
      { metrics: ['return_rate[7d]', 'absence_hours[median]'], by: ['intent', 'device'] },
      judging,
    ),
  );
  times.sort((a, b) => a - b);
  const result = {
    plays: PLAYS,
    users: USERS,
    sessions,
    metrics: request.metrics,
    figures,
    report_seconds: {
      median: rounded(times[times.length >> 1] ?? 0),
      slowest: rounded(times.at(-1) ?? 0),
      rounds: ROUNDS,
    },
    return_and_absence_seconds: rounded(returns),
    write_seconds: rounded(written),
    derive_seconds: rounded(derived),
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
}
