/** Units assembled from the event tables: what definitions read when they are asked of the warehouse. */

import { DAY_MS, type EpochMs, type EventKind, fromRow, type ListenerEvent, toTimestamp } from '#domain';
import type { Unit, UnitKind } from '#success';
import { type IntentModel, poolPurposes } from '#units';
import { queries, type Warehouse } from '#warehouse';
import type { Cut } from './cut.ts';
import { CUTS, toUnit } from './cut-units.ts';
import { type CatalogueItem, isPlay, type Surroundings, type Timeline, timelineOf } from './timeline.ts';

export interface AssembleOptions {
  readonly kind: UnitKind;
  /** What units are about, e.g. journeys with a show; anything unless told. */
  readonly itemTypes?: readonly string[] | undefined;
  /** Units that begin in [from, to). */
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly horizonMs: number;
  /** Listeners at most, those with the latest events first. */
  readonly listeners: number;
  /** These listeners alone, in this order. */
  readonly userIds: readonly string[] | undefined;
  /** Up to when events are known. */
  readonly now: EpochMs;
  /** What was learned of intents; null: the rules alone. */
  readonly intents: IntentModel | null;
}

/** Listeners whose logs are in memory at a time. */
const TOGETHER = 25;
/** Earlier units that show what is usual. */
const EARLIER = 50;
/** How far back a log is read for what is new and what is usual. */
const BACK_MS = 365 * DAY_MS;

/** In order of listener and time. */
export const assembleUnits = async (warehouse: Warehouse, options: AssembleOptions): Promise<readonly Unit[]> => {
  const units: Unit[] = [];
  for await (const batch of unitBatches(warehouse, options)) units.push(...batch);
  return units;
};

/** The same a few listeners at a time, for those who need not keep all; a listener's stand in one batch. */
export async function* unitBatches(
  warehouse: Warehouse,
  options: AssembleOptions,
): AsyncGenerator<readonly Unit[], void, undefined> {
  const { from, to, listeners, now, intents } = options;
  const ids = options.userIds ?? (await activeIn(warehouse, from, to, listeners));
  if (ids.length === 0) return;
  const items = new Map(
    (await warehouse.query(queries.catalogue, {})).map((item): [string, CatalogueItem] => [item.item_id, item]),
  );
  const pools = poolPurposes(await warehouse.query(queries.pools, {}));
  const around: Surroundings = {
    itemOf: (itemId) => items.get(itemId),
    poolPurposeOf: (itemId) => pools.get(itemId) ?? '',
    intentModel: intents,
    until: now,
  };
  for (let place = 0; place < ids.length; place += TOGETHER) {
    const logs = await readLogs(warehouse, ids.slice(place, place + TOGETHER), options);
    yield [...logs].flatMap(([userId, events]) => unitsOf(userId, events, options, around));
  }
}

const activeIn = async (
  warehouse: Warehouse,
  from: EpochMs,
  to: EpochMs,
  limit: number,
): Promise<readonly string[]> => {
  const params = { from: toTimestamp(from), to: toTimestamp(to), limit };
  return (await warehouse.query(queries.listenersActive, params)).map(({ user_id }) => user_id);
};

const readLogs = async (
  warehouse: Warehouse,
  ids: readonly string[],
  { from, to, horizonMs }: AssembleOptions,
): Promise<ReadonlyMap<string, readonly ListenerEvent[]>> => {
  const logs = new Map<string, ListenerEvent[]>();
  const params = { user_ids: ids, since: toTimestamp(from - BACK_MS), until: toTimestamp(to + horizonMs + 1) };
  for await (const rows of warehouse.stream(queries.listenerLog, params)) {
    for (const { kind, user_id, row } of rows) {
      const event = fromRow(kind as EventKind, JSON.parse(row) as Record<string, unknown>);
      const held = logs.get(user_id);
      if (held === undefined) logs.set(user_id, [event]);
      else held.push(event);
    }
  }
  return logs;
};

const unitsOf = (
  userId: string,
  events: readonly ListenerEvent[],
  options: AssembleOptions,
  around: Surroundings,
): readonly Unit[] => unitsIn(timelineOf(userId, events, around), options);

/** Units of one listener, in order of time. */
export const unitsIn = (
  timeline: Timeline,
  { kind, itemTypes, from, to, horizonMs }: Pick<AssembleOptions, 'kind' | 'itemTypes' | 'from' | 'to' | 'horizonMs'>,
): readonly Unit[] => {
  const { around } = timeline;
  const typeOf = ({ itemId, itemType }: Cut): string | undefined =>
    (itemId === undefined ? undefined : around.itemOf(itemId)?.type) ?? itemType;
  const cuts = CUTS[kind](timeline, horizonMs).filter(
    (cut) => itemTypes === undefined || itemTypes.includes(typeOf(cut) ?? ''),
  );
  // What is usual with shows says nothing of artists.
  const pastsOf = new Map<string | undefined, { readonly start: EpochMs; readonly past: object }[]>();
  const units: Unit[] = [];
  for (const cut of cuts.toSorted((a, b) => a.start - b.start)) {
    const type = typeOf(cut);
    const pasts = pastsOf.get(type) ?? [];
    pastsOf.set(type, pasts);
    if (cut.start >= from && cut.start < to) {
      const earlier = pasts
        .slice(-EARLIER)
        .map(({ start, past }) => ({ ...past, at: start - cut.start })) as unknown as Unit['usual']['units'];
      units.push(toUnit(kind, cut, horizonMs, earlier, timeline));
    }
    pasts.push({ start: cut.start, past: pastOf(cut) });
  }
  return units;
};

const pastOf = ({ start, end, inside, fields }: Cut): object => {
  const plays = inside.filter(isPlay);
  return {
    duration_ms: end - start,
    listened_ms: plays.every(({ msPlayed }) => msPlayed !== undefined)
      ? plays.reduce((sum, { msPlayed = 0 }) => sum + msPlayed, 0)
      : undefined,
    plays: plays.length,
    skips: plays.filter(({ skipped }) => skipped === true).length,
    actions: inside.filter((event) => event.kind === 'action').length,
    surface: fields['surface'],
    intent: fields['intent'],
  };
};
