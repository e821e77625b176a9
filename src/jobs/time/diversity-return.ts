/** Whether listeners of diverse taste come back: an association, unless an experiment moved what they played. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import { DAY_MS, type EpochMs, type Estimate, IdTable, type ItemId, type PackedIds, toTimestamp } from '#domain';
import { generalistSpecialistScore } from '#evaluation';
import { type Claim, examineClaim } from '#experiments';
import type { Matrix } from '#math';
import { proportionEstimate } from '#stats';
import { queries, streamRows, type WarehouseRows } from '#warehouse';

/** Plays of what the model knows, below which a taste has no breadth to speak of. */
const LEAST_PLAYS = 10;
const WINDOW_MS = 28 * DAY_MS;
const PARTS = 5;
/** Items that are looked at in one turn of the event loop: about two milliseconds. */
const ITEMS_A_TURN = 4000;
/** The claim is about a tenth more of 1 − GS: nobody moves by the whole of it. */
const STEP = 0.1;

/** A vector for each item: of the als model. */
export interface ItemVectors {
  readonly items: PackedIds<ItemId>;
  /** Items × F, in the order of the ids. */
  readonly factors: Matrix;
}

export interface DiversityRequest {
  /** Days after the window within which a play counts as a return. */
  readonly horizon: number;
  readonly level: number;
  /** An experiment whose arms moved what was played, e.g. more or less exploration: its arm is the instrument. */
  readonly encouragement?: { readonly experiment: string; readonly control: string; readonly startedAt: EpochMs };
}

export interface DiversityPart {
  /** Mean of 1 − GS. */
  readonly diversity: number;
  readonly users: number;
  readonly returned: Estimate;
}

export interface DiversityReport {
  /** End of the window of plays, beginning of the time for a return. */
  readonly moment: EpochMs;
  readonly horizon: number;
  readonly experiment: string | null;
  /** Judged; and those with too few plays of what the model knows. */
  readonly users: number;
  readonly tooFewPlays: number;
  /** Users in fifths by diversity, the least diverse first. */
  readonly parts: readonly DiversityPart[];
  /** Of a tenth more of diversity on the share that returns; null with the reason. */
  readonly claim: Claim | null;
  readonly reason: 'no_model' | 'few_users' | 'not_over' | null;
  readonly sql: string;
}

/**
 * Diversity is 1 − GS of what a listener played in 28 days [Anderson2020], by the item vectors of the stored als model; the
 * outcome whether they played again within the horizon. Adjusted for plays, active days and tenure; presence in the 28 days
 * before the window is the negative control. The window ends a horizon before `now`; with an encouragement it is the 28 days
 * from its start. O(plays of the window).
 */
export const diversityReturn = async (
  warehouse: WarehouseRows,
  vectors: ItemVectors | null,
  request: DiversityRequest,
  now: EpochMs,
): Promise<DiversityReport> => {
  const { horizon, level, encouragement } = request;
  const from = encouragement?.startedAt ?? now - horizon * DAY_MS - WINDOW_MS;
  const moment = from + WINDOW_MS;
  const until = moment + horizon * DAY_MS;
  const experiment = encouragement?.experiment ?? null;
  const empty = { moment, horizon, experiment, users: 0, tooFewPlays: 0, parts: [], claim: null };
  const { sql } = queries.diversityUsers;
  if (until > now) return { ...empty, reason: 'not_over', sql };
  const scores = vectors && (await scoresOf(warehouse, vectors, { from, moment }));
  if (scores === null) return { ...empty, reason: 'no_model', sql };
  const rows = await warehouse.query(queries.diversityUsers, {
    before: toTimestamp(from - WINDOW_MS),
    from: toTimestamp(from),
    moment: toTimestamp(moment),
    until: toTimestamp(until),
    experiment: experiment ?? '',
  });
  const asked = encouragement === undefined ? rows : rows.filter(({ arm }) => arm !== '');
  const judged = asked.flatMap((row) => {
    const score = scores.get(row.user_id);
    return score === undefined ? [] : [{ ...row, diversity: 1 - score }];
  });
  const claim = judged.length < 2 * PARTS ? null : claimOf(judged, level, encouragement?.control);
  return {
    ...empty,
    users: judged.length,
    tooFewPlays: asked.length - judged.length,
    parts: partsOf(judged, level),
    claim,
    reason: claim === null ? 'few_users' : null,
    sql,
  };
};

/** GS by listener. */
const scoresOf = async (
  warehouse: WarehouseRows,
  { items, factors }: ItemVectors,
  { from, moment }: { readonly from: EpochMs; readonly moment: EpochMs },
): Promise<ReadonlyMap<string, number>> => {
  const indices = await indicesOf(items);
  const vectorOf = (item: string): Float64Array | undefined => {
    const index = indices.find(item as ItemId);
    if (index === undefined) return undefined;
    const row = Float64Array.from(factors.values.subarray(index * factors.cols, (index + 1) * factors.cols));
    const length = Math.hypot(...row);
    return length > 0 ? row.map((value) => value / length) : undefined;
  };
  const scores = new Map<string, number>();
  let [user, vectors, plays]: [string | null, Float64Array[], number[]] = [null, [], []];
  const close = (): void => {
    const score = generalistSpecialistScore(vectors, plays);
    const enough = plays.reduce((sum, count) => sum + count, 0) >= LEAST_PLAYS;
    if (user !== null && enough && score !== undefined) scores.set(user, score);
    [vectors, plays] = [[], []];
  };
  const asked = { from: toTimestamp(from), moment: toTimestamp(moment) };
  for await (const rows of streamRows(warehouse, queries.diversityPlays, asked)) {
    for (const { user_id, item_id, listens } of rows) {
      if (user_id !== user) close();
      user = user_id;
      const vector = vectorOf(item_id);
      if (vector === undefined) continue;
      vectors.push(vector);
      plays.push(listens);
    }
  }
  close();
  return scores;
};

/** Some thousand items at a time, with room for others between them. */
const indicesOf = async (items: PackedIds<ItemId>): Promise<IdTable<ItemId>> => {
  const indices = new IdTable<ItemId>();
  for (const item of items) {
    if (indices.size % ITEMS_A_TURN === 0) await nextTurn();
    indices.numberOf(item);
  }
  return indices;
};

interface Judged {
  readonly diversity: number;
  readonly plays: number;
  readonly active_days: number;
  readonly tenure_days: number;
  readonly came_back: boolean;
  readonly was_there: boolean;
  readonly arm: string;
}

const claimOf = (judged: readonly Judged[], level: number, control: string | undefined): Claim => {
  const columns = [
    ({ plays }: Judged) => Math.log1p(plays),
    ({ active_days }: Judged) => active_days,
    ({ tenure_days }: Judged) => Math.log1p(tenure_days),
  ];
  // Who listens a lot may do so in another way than one line tells: the square of it too.
  const values = judged.flatMap((one) => [...columns.map((read) => read(one)), columns[0]!(one) ** 2]);
  return examineClaim(
    {
      outcome: judged.map(({ came_back }) => Number(came_back)),
      exposure: judged.map(({ diversity }) => diversity / STEP),
      covariates: { values, p: columns.length + 1 },
      negativeControl: judged.map(({ was_there }) => Number(was_there)),
      ...(control !== undefined && { instrument: judged.map(({ arm }) => Number(arm !== control)) }),
    },
    { level },
  );
};

const partsOf = (judged: readonly Judged[], level: number): readonly DiversityPart[] => {
  const ordered = judged.toSorted((a, b) => a.diversity - b.diversity);
  return Array.from({ length: PARTS }, (_, part) => {
    const [first, next] = [part, part + 1].map((at) => Math.round((at * ordered.length) / PARTS)) as [number, number];
    const users = ordered.slice(first, next);
    const sum = users.reduce((total, { diversity }) => total + diversity, 0);
    return {
      diversity: sum / users.length,
      users: users.length,
      returned: proportionEstimate(users.filter(({ came_back }) => came_back).length, users.length, { level }),
    };
  }).filter(({ users }) => users > 0);
};
