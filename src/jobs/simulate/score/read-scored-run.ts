/** A run as it was written: the log as the engine would have it, and the truth beside it. */

import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DAY_MS, EngineError, type EpochMs, type Intent, type ListenerEvent, parseEvent } from '#domain';
import { type EditorialPool, poolPurposes } from '#units';
import { type CatalogueItem, type Timeline, timelineOf } from '../../success/timeline.ts';
import { EVENTS_FILE, ORACLE_FILE } from '../run-files.ts';

export interface ScoredRun {
  /** One a listener, sessions derived and intents guessed by the rules alone. */
  readonly timelines: readonly Timeline[];
  /** True utility of plays, by `playKey`. */
  readonly playUtility: ReadonlyMap<string, number>;
  /** True intent of plays, likewise. */
  readonly playIntent: ReadonlyMap<string, Intent>;
  /** Sum of the true utility of sessions by listener. */
  readonly utility: ReadonlyMap<string, number>;
  /** Of the run. */
  readonly days: number;
}

export const playKey = (userId: string, eventId: string): string => `${userId} ${eventId}`;

interface OracleLine {
  readonly oracle: 'play' | 'session' | 'examination' | 'day';
  readonly user_id: string;
  readonly event_id: string;
  readonly utility: number;
  readonly intent: Intent;
}

/**
 * Reads the folder of one policy. Listeners beyond `most` are left out, the first ones by id stay.
 * @throws {EngineError} unreadable_file when the folder is not one of a run, invalid_data for a line that is not what it may be.
 */
export const readScoredRun = async (folder: string, most: number): Promise<ScoredRun> => {
  for (const name of [EVENTS_FILE, ORACLE_FILE, 'items.ndjson']) {
    if (existsSync(join(folder, name))) continue;
    throw new EngineError(
      'unreadable_file',
      `no ${name} in ${folder}: expected the folder of a policy as ritornello simulate --out writes it`,
    );
  }
  const items = new Map<string, CatalogueItem>();
  for await (const item of rowsOf<CatalogueItem>(join(folder, 'items.ndjson'))) items.set(item.item_id, item);
  const { playUtility, playIntent, utility } = await readTruth(join(folder, ORACLE_FILE));
  const followed = new Set([...utility.keys()].sort().slice(0, most));
  const { events, pools, first, last } = await readEvents(join(folder, EVENTS_FILE), followed);
  const purposes = poolPurposes(pools);
  const around = {
    itemOf: (itemId: string) => items.get(itemId),
    poolPurposeOf: (itemId: string) => purposes.get(itemId) ?? '',
    intentModel: null,
    past: true,
    until: last,
  };
  return {
    timelines: [...events].map(([userId, own]) => timelineOf(userId, own, around)),
    playUtility,
    playIntent,
    utility,
    days: Math.max(1, Math.round((last - first) / DAY_MS)),
  };
};

const readTruth = async (path: string) => {
  const playUtility = new Map<string, number>();
  const playIntent = new Map<string, Intent>();
  const utility = new Map<string, number>();
  for await (const line of rowsOf<OracleLine>(path)) {
    if (line.oracle === 'play') {
      playUtility.set(playKey(line.user_id, line.event_id), line.utility);
      playIntent.set(playKey(line.user_id, line.event_id), line.intent);
    } else if (line.oracle === 'session') {
      utility.set(line.user_id, (utility.get(line.user_id) ?? 0) + line.utility);
    }
  }
  return { playUtility, playIntent, utility };
};

const readEvents = async (path: string, followed: ReadonlySet<string>) => {
  const events = new Map<string, ListenerEvent[]>();
  const pools: EditorialPool[] = [];
  let first: EpochMs = Number.POSITIVE_INFINITY;
  let last: EpochMs = Number.NEGATIVE_INFINITY;
  for await (const wire of rowsOf<{ readonly at: number; readonly user_id: string; readonly type: string }>(path)) {
    first = Math.min(first, wire.at);
    last = Math.max(last, wire.at);
    if (!followed.has(wire.user_id) && wire.type !== 'editor') continue;
    const read = parseEvent(wire, wire.at);
    if (!read.ok)
      throw new EngineError('invalid_data', `${path} has an event that is not valid`, { fields: read.fields });
    const { event } = read;
    if (event.kind === 'editor') {
      pools.push({ title: event.title ?? null, purpose: event.purpose ?? null, items: event.items ?? [] });
      continue;
    }
    const own = events.get(event.userId);
    if (own === undefined) events.set(event.userId, [event]);
    else own.push(event);
  }
  return { events, pools, first, last };
};

async function* rowsOf<Row>(path: string): AsyncGenerator<Row> {
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line !== '') yield JSON.parse(line) as Row;
  }
}
