/** What the cards of logged slates earned: plays of them, or the success of what they led to. */

import { DAY_MS, type EpochMs, fromTimestamp } from '#domain';
import { type Definition, nameOf, type Unit, type UnitOutcome } from '#success';
import type { IntentModel } from '#units';
import { type Query, queries, streamRows, type WarehouseRows } from '#warehouse';
import { neededBy, unitBatches } from '../success/assemble-units.ts';
import { runInTurns } from '../success/run-definition.ts';

export type PolicyLogRow = typeof queries.policyLog extends Query<infer _Params, infer Row> ? Row : never;

/** A card earns 1 when it was played, or listened to for half a minute; or the value of its success, in [0, 1]. */
export type PolicyReward = 'played' | 'listened_30s' | Definition;

export interface SlateRewards {
  /** As reports name it. */
  readonly name: string;
  /** Of the card; undefined while the slate is younger than the horizon, since it may still earn. */
  of(slateId: string, itemId: string): number | undefined;
  /** Of the last card, for what only the slate as a whole can earn. */
  ofWhole(slateId: string): number;
  /** Units credited to a card or a slate, and those of them of which success is unknown: these earn nothing. */
  readonly units: number;
  readonly unknown: number;
}

const LISTENED_MS = 30_000;
/** What a slate led to begins at most so long before and after it. */
const AROUND_MS = 7 * DAY_MS;
/** Neither occurs in an id that the engine makes. */
const SEPARATOR = '\n';

export interface RewardSource {
  readonly warehouse: WarehouseRows;
  /** Up to when events are known. */
  readonly now: EpochMs;
  /** What was learned of intents; null: the rules alone. */
  readonly intents: IntentModel | null;
}

/** `rows` are all slates that are looked at. */
export const rewardsOf = async (
  rows: readonly PolicyLogRow[],
  reward: PolicyReward,
  source: RewardSource,
): Promise<SlateRewards> =>
  typeof reward === 'string' ? rewardsOfPlays(rows, reward) : rewardsOfSuccess(rows, reward, source);

const rewardsOfPlays = (rows: readonly PolicyLogRow[], reward: 'played' | 'listened_30s'): SlateRewards => {
  const earned = new Set<string>();
  for (const { slate_id, items, ms_played } of rows) {
    items.forEach((item, n) => {
      if (reward === 'played' || ms_played[n]! >= LISTENED_MS) earned.add(slate_id + SEPARATOR + item);
    });
  }
  return {
    name: reward,
    of: (slateId, itemId) => (earned.has(slateId + SEPARATOR + itemId) ? 1 : 0),
    ofWhole: () => 0,
    units: earned.size,
    unknown: 0,
  };
};

/** Candidates make a row large: each is read by itself, with room for others between them. */
export const policyLogRows = async (
  warehouse: WarehouseRows,
  asked: (typeof queries.policyLog)['example'],
): Promise<readonly PolicyLogRow[]> => {
  const rows: PolicyLogRow[] = [];
  for await (const some of streamRows(warehouse, queries.policyLog, asked)) rows.push(...some);
  return rows;
};

/**
 * An impression is credited to its card, a list to its slate, every other unit to the card that its first play from a
 * slate came from. A card with several units earns the best of them. Units of which success is unknown earn nothing.
 */
const rewardsOfSuccess = async (
  rows: readonly PolicyLogRow[],
  definition: Definition,
  source: RewardSource,
): Promise<SlateRewards> => {
  const { now } = source;
  const best = new Map<string, number>();
  const young = new Set<string>();
  const slates = new Map(rows.map((row) => [row.slate_id, fromTimestamp(row.at)]));
  for (const [slateId, at] of slates) if (at + definition.horizonMs > now) young.add(slateId);
  const cardOf = cardFinder(rows);
  let units = 0;
  let unknown = 0;
  const credit = (unit: Unit, { value, mature }: UnitOutcome): void => {
    const key = cardOf(unit);
    if (key === undefined || !slates.has(slateOf(key))) return;
    if (!mature) young.add(slateOf(key));
    units++;
    if (value === null) unknown++;
    else best.set(key, Math.max(best.get(key) ?? 0, value));
  };
  for await (const batch of unitBatches(source.warehouse, assemblyOf(rows, definition, source))) {
    const outcomes = await runInTurns(definition, batch);
    outcomes.forEach((outcome, n) => void credit(batch[n]!, outcome));
  }
  return {
    name: nameOf(definition),
    of: (slateId, itemId) => (young.has(slateId) ? undefined : (best.get(slateId + SEPARATOR + itemId) ?? 0)),
    ofWhole: (slateId) => best.get(slateId) ?? 0,
    units,
    unknown,
  };
};

const assemblyOf = (rows: readonly PolicyLogRow[], definition: Definition, { now, intents }: RewardSource) => {
  const times = rows.map(({ at }) => fromTimestamp(at));
  const from = times.reduce((least, at) => Math.min(least, at), now) - AROUND_MS;
  const to = times.reduce((most, at) => Math.max(most, at), from) + AROUND_MS;
  const userIds = [...new Set(rows.map(({ user_id }) => user_id))];
  return { ...neededBy([definition]), from, to, listeners: userIds.length, userIds, now, intents };
};

/** Of the unit's key: slate, then card where there is one. */
const slateOf = (key: string): string => key.split(SEPARATOR, 1)[0]!;

const cardFinder = (rows: readonly PolicyLogRow[]): ((unit: Unit) => string | undefined) => {
  const named = new Map<string, string>();
  for (const { slate_id, user_id, impressions, seen } of rows) {
    named.set(`list ${user_id}/${slate_id}`, slate_id);
    impressions.forEach((eventId, n) => {
      named.set(`impression ${user_id}/${eventId}`, slate_id + SEPARATOR + seen[n]!);
    });
  }
  return (unit) => {
    if (unit.kind === 'list' || unit.kind === 'impression') return named.get(`${unit.kind} ${unit.unit_id}`);
    const play = unit.plays.find(({ slate_id }) => slate_id !== undefined && slate_id !== null);
    return play === undefined ? undefined : play.slate_id + SEPARATOR + play.item_id;
  };
};
