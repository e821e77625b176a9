/** kill -9 during ingest under load: every acknowledged event is there once, none twice, and the start after it is quick. */

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWarehouseWriter, openDeadLetters } from '#ingest';
import { type Journal, openLmdbJournal } from '#journal';
import { createRng } from '#math';
import { openChdbWarehouse, type Query, type Warehouse } from '#warehouse';

// biome-ignore lint/style/noProcessEnv: how often to kill is the caller's choice; nothing else reads this.
const RUNS = Number(process.env['RITORNELLO_KILL_RUNS'] ?? 10);
/** Folders begin anew after so many kills, so that each still meets tables of some size. */
const KILLS_A_FOLDER = 10;
const OPEN_LIMIT_MS = 3000;

const EVENT_IDS: Query<Record<string, never>, { readonly event_id: string }> = {
  name: 'event_ids',
  description: 'Ids of all events that the load makes.',
  grain: 'event',
  sql: `
SELECT event_id FROM play
UNION ALL SELECT event_id FROM action
UNION ALL SELECT event_id FROM impression`,
  columns: { event_id: 'String' },
  example: {},
};

interface Killed {
  readonly acknowledged: readonly string[];
  /** Null when the kill came while it opened. */
  readonly openedInMs: number | null;
}

/** Starts the load and kills it after a time that begins when it is ready, or at once, to meet it while it opens. */
const killAfter = (folder: string, run: number, delayMs: number, from: 'ready' | 'spawn'): Promise<Killed> =>
  new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['scripts/run-source.mjs', 'test/end-to-end/kill-child.ts', folder, String(run)],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let out = '';
    let errors = '';
    let isTimed = from === 'spawn';
    if (isTimed) setTimeout(() => child.kill('SIGKILL'), delayMs);
    child.stdout.on('data', (chunk) => {
      out += chunk;
      if (isTimed || !out.includes('\n')) return;
      isTimed = true;
      setTimeout(() => child.kill('SIGKILL'), delayMs);
    });
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    child.on('close', (code, signal) => {
      if (signal !== 'SIGKILL') return reject(new Error(`the child ended by itself with ${code}: ${errors}`));
      // What follows the last line end was not said to the end.
      const [ready, ...lines] = out.slice(0, Math.max(0, out.lastIndexOf('\n'))).split('\n');
      resolve({
        acknowledged: lines.join(' ').split(' ').filter(Boolean),
        openedInMs: ready ? Number(ready.split(' ')[1]) : null,
      });
    });
  });

/** Each event id in the warehouse or the journal, with the number of records of it. */
const countIds = async (warehouse: Warehouse, journal: Journal): Promise<Map<string, number>> => {
  const tables = new Set<string>();
  const counts = new Map<string, number>();
  for (const { event_id } of await warehouse.query(EVENT_IDS, {})) {
    tables.add(event_id);
    counts.set(event_id, (counts.get(event_id) ?? 0) + 1);
  }
  // What was inserted and not yet trimmed is in both: the writer will not insert it again, so it counts once.
  for (const { eventId } of await journal.read(1, 10_000_000)) {
    if (!tables.has(eventId)) counts.set(eventId, (counts.get(eventId) ?? 0) + 1);
  }
  return counts;
};

/** Opens the data as a start would, looks, lets the writer finish, and looks again. */
const check = async (data: string, acknowledged: ReadonlySet<string>): Promise<void> => {
  const journal = await openLmdbJournal({ path: join(data, 'journal') });
  const warehouse = await openChdbWarehouse({ path: join(data, 'warehouse') });
  const clock = { now: () => Date.now() };
  const deadLetters = await openDeadLetters({ path: join(data, 'dead-letters'), clock });
  try {
    assertOnce(await countIds(warehouse, journal), acknowledged);
    await createWarehouseWriter({ journal, warehouse, deadLetters, clock }).flush();
    expect(journal.status().bytes).toBe(0);
    assertOnce(await countIds(warehouse, journal), acknowledged);
    expect(deadLetters.count()).toBe(0);
  } finally {
    await warehouse.close();
    await journal.close();
  }
};

const assertOnce = (counts: ReadonlyMap<string, number>, acknowledged: ReadonlySet<string>): void => {
  expect([...acknowledged].filter((id) => !counts.has(id))).toEqual([]);
  expect([...counts].filter(([, count]) => count !== 1)).toEqual([]);
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kill-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it(`keeps every acknowledged event once over ${RUNS} kills`, { timeout: RUNS * 60_000 }, async () => {
  const rng = createRng('kill');
  const opened: number[] = [];
  let total = 0;
  for (let run = 0; run < RUNS; ) {
    const data = join(folder, String(run));
    const acknowledged = new Set<string>();
    for (let kill = 0; kill < KILLS_A_FOLDER && run < RUNS; kill++, run++) {
      const from = rng.next() < 0.2 ? 'spawn' : 'ready';
      const killed = await killAfter(data, run, Math.floor(rng.next() * 1500), from);
      for (const id of killed.acknowledged) acknowledged.add(id);
      if (killed.openedInMs !== null) opened.push(killed.openedInMs);
    }
    total += acknowledged.size;
    await check(data, acknowledged);
  }
  process.stderr.write(
    `kills ${RUNS}, acknowledged ${total}, slowest start ${Math.max(...opened)} ms of ${opened.length}\n`,
  );
  expect(total).toBeGreaterThan(RUNS * 100);
  expect(Math.max(...opened)).toBeLessThan(OPEN_LIMIT_MS);
});
