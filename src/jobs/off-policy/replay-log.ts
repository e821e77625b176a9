/** Another policy replayed against the engine's own slates: what would they have earned? */

import { type EventOf, fromRow } from '#domain';
import { evaluateSlates, type SlateReport, toSlateRounds } from '#evaluation';
import { createRng } from '#math';
import { type PolicyInput, propensitiesUnder } from '#policy';
import { loggedInput } from '#serving';
import { type Query, queries, type Warehouse } from '#warehouse';

/** What a card earns: that it was played, or that it was listened to for half a minute. */
export type PolicyReward = 'played' | 'listened_30s';

/** What a candidate policy does otherwise than the one that made the slates; all else stays as it was logged. */
export interface CandidatePolicy {
  /** Share of slots meant for exploration, in [0, 1], for every listener; undefined keeps what each had. */
  readonly exploration?: number | undefined;
  /** Multiplies each listener's own share, in place of one share for all; results above 1 count as 1. */
  readonly explorationFactor?: number | undefined;
  /** The plausible band: the best `bandFactor` times the slots; undefined keeps it. */
  readonly bandFactor?: number | undefined;
}

export interface ReplayOptions {
  readonly surface: string;
  /** Newest slates that are looked at. */
  readonly limit: number;
  readonly reward: PolicyReward;
  readonly policy: CandidatePolicy;
  readonly level: number;
  readonly resamples: number;
  readonly seed: number;
}

export interface ReplaySlice {
  /** all, device or intent. */
  readonly by: 'all' | 'device' | 'intent';
  readonly value: string;
  readonly slates: number;
  /** Undefined when no shelf could be replayed. */
  readonly report: SlateReport | undefined;
}

export interface ReplayReport {
  readonly slates: number;
  /** Slates whose logged propensities come out of the logged candidates again, to the last bit but one: only these count. */
  readonly replayed: number;
  readonly slices: readonly ReplaySlice[];
  readonly sql: string;
}

type Row = typeof queries.policyLog extends Query<infer _Params, infer Found> ? Found : never;

interface ReplayedShelf {
  readonly device: string;
  readonly intent: string;
  readonly slateId: string;
  readonly rewards: readonly number[];
  readonly logged: readonly number[];
  readonly target: readonly number[];
}

const LISTENED_MS = 30_000;

/**
 * The unit is a shelf: its cards' weights are exact, given the cards above it as they were logged. A slate takes part when
 * the policy that made it, replayed, gives the probabilities it logged. Shelves of one listener are not independent, so
 * intervals are somewhat narrow. O(slates · candidates + estimators · resamples · shelves).
 */
export const replayPolicy = async (warehouse: Warehouse, options: ReplayOptions): Promise<ReplayReport> => {
  const { surface, limit } = options;
  const rows = await warehouse.query(queries.policyLog, { surface, limit });
  const shelves = rows.flatMap((row) => replaySlate(row, options) ?? []);
  const slices: ReplaySlice[] = [sliceOf('all', 'all', shelves, options)];
  for (const by of ['device', 'intent'] as const) {
    const values = [...new Set(shelves.map((shelf) => shelf[by]))].toSorted();
    for (const value of values) {
      slices.push(
        sliceOf(
          by,
          value,
          shelves.filter((shelf) => shelf[by] === value),
          options,
        ),
      );
    }
  }
  const replayed = new Set(shelves.map(({ slateId }) => slateId)).size;
  return { slates: rows.length, replayed, slices, sql: queries.policyLog.sql };
};

const replaySlate = (row: Row, options: ReplayOptions): readonly ReplayedShelf[] | undefined => {
  const slate = fromRow('slate', { ...row }) as EventOf<'slate'>;
  const input = loggedInput(slate);
  if (input === null || slate.cards.length === 0) return undefined;
  const logged = propensitiesUnder(input, slate.cards);
  const exact = logged?.every((propensity, n) => Math.abs(propensity / slate.cards[n]!.propensity - 1) < 1e-9);
  const target = propensitiesUnder(applyPolicy(input, options.policy), slate.cards);
  if (logged === undefined || exact !== true || target === undefined) return undefined;
  const rewardOf = rewardsOf(row, options.reward);
  const byRow = rowsOf(slate.cards.map(({ row: of }) => of));
  return byRow.map((cards) => ({
    device: slate.device ?? 'unknown',
    intent: likeliest(slate.context.intents),
    slateId: row.slate_id,
    rewards: cards.map((n) => rewardOf(slate.cards[n]!.itemId)),
    logged: cards.map((n) => logged[n]!),
    target: cards.map((n) => target[n]!),
  }));
};

/** Places of the cards of each row. */
const rowsOf = (rows: readonly number[]): readonly (readonly number[])[] =>
  [...new Set(rows)].map((row) => rows.flatMap((of, place) => (of === row ? [place] : [])));

const applyPolicy = (input: PolicyInput, policy: CandidatePolicy): PolicyInput => ({
  ...input,
  exploration: policy.exploration ?? Math.min(1, input.exploration * (policy.explorationFactor ?? 1)),
  bandFactor: policy.bandFactor ?? input.bandFactor,
});

const rewardsOf = ({ items, ms_played }: Row, reward: PolicyReward): ((item: string) => number) => {
  const heard = new Map(items.map((item, n) => [item, ms_played[n]!]));
  return (item) => {
    const ms = heard.get(item);
    return ms !== undefined && (reward === 'played' || ms >= LISTENED_MS) ? 1 : 0;
  };
};

/** Unknown when the slate was made without an idea of the intent. */
const likeliest = (intents: Readonly<Record<string, number | undefined>>): string =>
  Object.entries(intents).toSorted(([, a], [, b]) => (b ?? 0) - (a ?? 0))[0]?.[0] ?? 'unknown';

const sliceOf = (
  by: ReplaySlice['by'],
  value: string,
  shelves: readonly ReplayedShelf[],
  { seed, level, resamples }: ReplayOptions,
): ReplaySlice => {
  const slates = new Set(shelves.map(({ slateId }) => slateId)).size;
  if (shelves.length === 0) return { by, value, slates, report: undefined };
  const slots = shelves.reduce((most, { rewards }) => Math.max(most, rewards.length), 0);
  // A slot that a short shelf does not have earns nothing, and both policies leave it empty.
  const column = (of: (shelf: ReplayedShelf) => readonly number[], missing: number): Float64Array =>
    Float64Array.from(
      shelves.flatMap((shelf) => Array.from({ length: slots }, (_, slot) => of(shelf)[slot] ?? missing)),
    );
  const rounds = toSlateRounds({
    slots,
    rewards: column(({ rewards }) => rewards, 0),
    loggedProbabilities: column(({ logged }) => logged, 1),
    targetProbabilities: column(({ target }) => target, 1),
  });
  return { by, value, slates, report: evaluateSlates(rounds, createRng(seed).derive(by, value), { level, resamples }) };
};
