/** Another policy replayed against the engine's own slates: what would they have earned? */

import { type EpochMs, toTimestamp } from '#domain';
import { evaluateSlates, type SlateReport, toSlateRounds } from '#evaluation';
import { createRng } from '#math';
import type { PolicyChange } from '#policy';
import { createTurns } from '#threads';
import type { IntentModel } from '#units';
import { queries, type WarehouseRows } from '#warehouse';
import { type ItemOf, readCatalogueItems } from '../success/catalogue-items.ts';
import { LEFT_OUT, type LeftOut, type ReplayedShelf, replaySlate } from './replayed-shelves.ts';
import { type PolicyReward, policyLogRows, rewardsOf } from './slate-rewards.ts';

export interface ReplayOptions {
  readonly surface: string;
  /** Slates made in [from, to). */
  readonly from: EpochMs;
  readonly to: EpochMs;
  /** Newest slates that are looked at. */
  readonly limit: number;
  readonly reward: PolicyReward;
  readonly change: PolicyChange;
  readonly level: number;
  readonly resamples: number;
  readonly seed: number;
  /** Up to when events are known. */
  readonly now: EpochMs;
  /** What was learned of intents; null: the rules alone. */
  readonly intents: IntentModel | null;
}

export interface ReplaySlice {
  /** all, device or intent. */
  readonly by: 'all' | 'device' | 'intent';
  readonly value: string;
  readonly slates: number;
  /** Mean probability over shelves that the judged policy, going down the logged cards, places one the log never could. */
  readonly outside: number;
  /** Undefined when no shelf could be replayed. */
  readonly report: SlateReport | undefined;
}

export interface ReplayReport {
  readonly reward: string;
  readonly slates: number;
  /** Slates whose logged propensities come out of the logged candidates again, to the last bit but one: only these count. */
  readonly replayed: number;
  /** Why the others do not. */
  readonly leftOut: readonly { readonly reason: LeftOut; readonly slates: number }[];
  /** What the reward was read from: units credited, and those of unknown success, which earn nothing. */
  readonly units: number;
  readonly unknown: number;
  readonly slices: readonly ReplaySlice[];
  readonly sql: string;
}

/**
 * The unit is a shelf: its cards' weights are exact, given the cards above it as they were logged. A slate takes part when
 * the policy that made it, replayed, gives the probabilities it logged. Intervals take listeners for independent, not their
 * shelves. O(slates · candidates + estimators · resamples · shelves), and the reading of the listeners' logs for a success.
 */
export const replayPolicy = async (warehouse: WarehouseRows, options: ReplayOptions): Promise<ReplayReport> => {
  const { surface, from, to, limit, reward, change, now, intents } = options;
  const asked = { surface, since: toTimestamp(from), until: toTimestamp(to), limit };
  const rows = await policyLogRows(warehouse, asked);
  const rewards = await rewardsOf(rows, reward, { warehouse, now, intents });
  const itemOf = await itemsFor(warehouse, change);
  const shelves: ReplayedShelf[] = [];
  const leftOut = new Map<LeftOut, number>();
  // Without a single unit nothing says what a card earned, which is not the same as nothing.
  const isSilent = typeof reward !== 'string' && rewards.units === 0;
  const turn = createTurns();
  for (const row of rows) {
    await turn();
    const found = isSilent ? 'no_units' : replaySlate(row, change, rewards, itemOf);
    if (typeof found === 'string') leftOut.set(found, (leftOut.get(found) ?? 0) + 1);
    else shelves.push(...found);
  }
  return {
    reward: rewards.name,
    slates: rows.length,
    replayed: slatesOf(shelves),
    leftOut: LEFT_OUT.flatMap((reason) => (leftOut.has(reason) ? [{ reason, slates: leftOut.get(reason)! }] : [])),
    units: rewards.units,
    unknown: rewards.unknown,
    slices: await slicesOf(shelves, options),
    sql: queries.policyLog.sql,
  };
};

/** Of the catalogue as it is now; nothing when the change does not ask for it. */
const itemsFor = async (warehouse: WarehouseRows, { scoring }: PolicyChange): Promise<ItemOf> =>
  scoring?.tags === undefined && scoring?.perYear === undefined ? () => undefined : readCatalogueItems(warehouse);

const slatesOf = (shelves: readonly ReplayedShelf[]): number => new Set(shelves.map(({ slateId }) => slateId)).size;

const slicesOf = async (shelves: readonly ReplayedShelf[], options: ReplayOptions): Promise<readonly ReplaySlice[]> => {
  const turn = createTurns();
  const slices = [sliceOf('all', 'all', shelves, options)];
  for (const by of ['device', 'intent'] as const) {
    for (const value of [...new Set(shelves.map((shelf) => shelf[by]))].toSorted()) {
      await turn();
      const own = shelves.filter((shelf) => shelf[by] === value);
      slices.push(sliceOf(by, value, own, options));
    }
  }
  return slices;
};

const sliceOf = (
  by: ReplaySlice['by'],
  value: string,
  shelves: readonly ReplayedShelf[],
  { seed, level, resamples }: ReplayOptions,
): ReplaySlice => {
  const slates = slatesOf(shelves);
  if (shelves.length === 0) return { by, value, slates, outside: 0, report: undefined };
  const slots = shelves.reduce((most, { rewards }) => Math.max(most, rewards.length), 0);
  // A slot that a short shelf does not have earns nothing, and both policies leave it empty.
  const column = (of: (shelf: ReplayedShelf) => readonly number[], missing: number): Float64Array => {
    const values = new Float64Array(shelves.length * slots).fill(missing);
    for (const [n, shelf] of shelves.entries()) values.set(of(shelf), n * slots);
    return values;
  };
  const rounds = toSlateRounds({
    slots,
    rewards: column(({ rewards }) => rewards, 0),
    loggedProbabilities: column(({ logged }) => logged, 1),
    targetProbabilities: column(({ target }) => target, 1),
  });
  const listeners = new Map([...new Set(shelves.map(({ userId }) => userId))].map((userId, n) => [userId, n]));
  const groups = Uint32Array.from(shelves, ({ userId }) => listeners.get(userId)!);
  const outside = shelves.reduce((sum, shelf) => sum + shelf.outside, 0) / shelves.length;
  const report = evaluateSlates(rounds, createRng(seed).derive(by, value), { level, resamples, groups });
  return { by, value, slates, outside, report };
};
