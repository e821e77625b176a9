/** A run as it was written: the log as the engine would have it, and the truth beside it. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DAY_MS, EngineError, type EpochMs, type ListenerEvent, parseEvent, parseItem } from '#domain';
import { type EditorialPool, poolPurposes } from '#units';
import type { CatalogueItem } from '../../success/catalogue-items.ts';
import { type Timeline, timelineOf } from '../../success/timeline.ts';
import { EVENTS_FILE, ORACLE_FILE } from '../run-files.ts';
import { readTruth, rowsOf, type Truth } from './read-truth.ts';

export interface ScoredRun {
  /** One a listener, sessions derived and intents guessed by the rules alone. */
  readonly timelines: readonly Timeline[];
  readonly truth: Truth;
  readonly first: EpochMs;
  /** Of the run. */
  readonly days: number;
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
  for await (const wire of rowsOf<object>(join(folder, 'items.ndjson'))) {
    const item = itemOf(wire);
    items.set(item.item_id, item);
  }
  const truth = await readTruth(join(folder, ORACLE_FILE));
  const followed = new Set([...truth.listeners.keys()].sort().slice(0, most));
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
    truth,
    first,
    days: Math.max(1, Math.round((last - first) / DAY_MS)),
  };
};

/** As the warehouse keeps it: its type is in its id. */
const itemOf = (wire: object): CatalogueItem => {
  const read = parseItem(wire, 0);
  if (!read.ok) throw new EngineError('invalid_data', 'items.ndjson has an item that is not valid', read);
  const { itemId, type, artistId = null, albumId = null, tags = [], durationMs = null, releasedOn = null } = read.item;
  return {
    item_id: itemId,
    type,
    artist_id: artistId,
    album_id: albumId,
    tags,
    duration_ms: durationMs,
    released_on: releasedOn,
  };
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
