/** Units assembled from the event tables: what definitions read when they are asked of the warehouse. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import { DAY_MS, type EpochMs, toTimestamp } from '#domain';
import { type Definition, readsPast, type Unit, type UnitKind } from '#success';
import { type IntentModel, poolPurposes } from '#units';
import { queries, type WarehouseRows } from '#warehouse';
import { readCatalogueItems } from './catalogue-items.ts';
import type { Cut } from './cut.ts';
import { CUTS, toUnit } from './cut-units.ts';
import { LISTENERS_A_QUERY, listenerLogs } from './listener-logs.ts';
import { isPlay, type Surroundings, type Timeline, timelineOf } from './timeline.ts';

export interface AssembleOptions {
  readonly kind: UnitKind;
  /** What units are about, e.g. journeys with a show; anything unless told. */
  readonly itemTypes?: readonly string[] | undefined;
  /** Units that begin in [from, to). */
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly horizonMs: number;
  /** Whether what came before is asked for; otherwise usual units are none, and first plays and what is familiar unknown. */
  readonly past: boolean;
  /** Listeners at most, those with the latest events that such units begin with first. */
  readonly listeners: number;
  /** These listeners alone. */
  readonly userIds: readonly string[] | undefined;
  /** Up to when events are known. */
  readonly now: EpochMs;
  /** What was learned of intents; null: the rules alone. */
  readonly intents: IntentModel | null;
  /** Called for every listener that is done. */
  readonly onProgress?: ListenersDone | undefined;
}

export type ListenersDone = (progress: {
  readonly done: number;
  readonly total: number;
  readonly unit: 'listeners';
}) => void;

/** Earlier units that show what is usual. */
const EARLIER = 50;
/** How far back a log is read for what is new and what is usual. */
const PAST_MS = 365 * DAY_MS;
/** And without these: a fortnight wears a favourite out [skipsOf], and a session may have gone on for days. */
const NEAR_MS = 21 * DAY_MS;

/** Of whom events are looked for: what a unit of each kind begins with. */
const BEGINS_WITH: Readonly<Record<UnitKind, { readonly kinds: readonly string[]; readonly surfaces?: string[] }>> = {
  session: { kinds: ['play', 'action', 'impression', 'search', 'dialogue'] },
  play: { kinds: ['play'] },
  search: { kinds: ['search'] },
  dialogue: { kinds: ['dialogue'] },
  impression: { kinds: ['impression'] },
  list: { kinds: ['slate'], surfaces: ['weekly_discovery'] },
  journey: { kinds: ['play'] },
};

/** What definitions of one kind of unit need to be told. What is later than its own horizon none reads: the longest serves all. */
export const neededBy = (
  definitions: readonly [Definition, ...Definition[]],
): Pick<AssembleOptions, 'kind' | 'itemTypes' | 'horizonMs' | 'past'> => ({
  kind: definitions[0].unit,
  itemTypes: definitions.every(({ cells }) => cells.item_type !== undefined)
    ? definitions.flatMap(({ cells }) => cells.item_type ?? [])
    : undefined,
  horizonMs: Math.max(...definitions.map(({ horizonMs }) => horizonMs)),
  past: definitions.some(readsPast),
});

/** Listener by listener, of each in order of time. */
export const assembleUnits = async (warehouse: WarehouseRows, options: AssembleOptions): Promise<readonly Unit[]> => {
  const units: Unit[] = [];
  for await (const batch of unitBatches(warehouse, options)) units.push(...batch);
  return units;
};

/** The same some listeners at a time, for those who need not keep all; a listener's stand in one batch. */
export async function* unitBatches(
  warehouse: WarehouseRows,
  options: AssembleOptions,
): AsyncGenerator<readonly Unit[], void, undefined> {
  const { kind, past, from, to, horizonMs, now, intents } = options;
  const ids = options.userIds ?? (await activeIn(warehouse, options));
  if (ids.length === 0) return;
  let done = 0;
  // A journey begins with a first play, which may lie far back.
  const since = from - (past || kind === 'journey' ? PAST_MS : NEAR_MS);
  const itemOf = await readCatalogueItems(warehouse);
  const pools = poolPurposes(await warehouse.query(queries.pools, {}));
  const around: Surroundings = {
    itemOf,
    poolPurposeOf: (itemId) => pools.get(itemId) ?? '',
    intentModel: intents,
    past,
    until: now,
  };
  // A batch is handed on when no answer of the warehouse is still being read.
  for (let place = 0; place < ids.length; place += LISTENERS_A_QUERY) {
    const some = ids.slice(place, place + LISTENERS_A_QUERY);
    const units: Unit[] = [];
    for await (const [userId, events] of listenerLogs(warehouse, some, since, to + horizonMs + 1)) {
      units.push(...unitsIn(timelineOf(userId, events, around), options));
      options.onProgress?.({ done: ++done, total: ids.length, unit: 'listeners' });
      // What answers is not held up for longer than one log takes.
      await nextTurn();
    }
    yield units;
  }
}

const activeIn = async (
  warehouse: WarehouseRows,
  { kind, from, to, listeners }: AssembleOptions,
): Promise<readonly string[]> => {
  const { kinds, surfaces = [] } = BEGINS_WITH[kind];
  const params = { from: toTimestamp(from), to: toTimestamp(to), limit: listeners, kinds, surfaces };
  return (await warehouse.query(queries.listenersActive, params)).map(({ user_id }) => user_id);
};

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
    if (around.past) pasts.push({ start: cut.start, past: pastOf(cut) });
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
