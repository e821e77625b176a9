/** What is in here and what was decided, for those who run it. Every number names its query. */

import {
  type Clock,
  DAY_MS,
  EngineError,
  fromTimestamp,
  type ItemId,
  type SlateId,
  type Surface,
  toTimestamp,
  type UserId,
} from '#domain';
import type { Answers, StudioFace } from '#http';
import type { ModelBundle, Serving } from '#serving';
import { type Query, queries, type Warehouse } from '#warehouse';

export interface StudioDeps {
  readonly warehouse: Warehouse;
  readonly serving: Pick<Serving, 'loggedSlate'>;
  readonly clock: Clock;
  readonly status: () => Promise<Answers.Status>;
  readonly bundle: () => ModelBundle | null;
  /** Records acknowledged but not yet in the warehouse. */
  readonly lag: () => number;
  readonly deadLetters: () => number;
}

const DAYS_SHOWN = 90;

export const createStudio = (deps: StudioDeps): StudioFace => ({
  status: deps.status,
  overview: () => overviewOf(deps),
  users: async (query, limit) => {
    const rows = await deps.warehouse.query(queries.usersSearch, { prefix: query, limit });
    return rows.map((row) => ({ userId: row.user_id as UserId, plays: row.plays, lastAt: timeOf(row.last_at) }));
  },
  slates: async ({ userId, surface, before, limit }) => {
    const rows = await deps.warehouse.query(queries.slatesRecent, {
      user_id: userId ?? '',
      surface: surface ?? '',
      // Client clocks may run ahead by a day.
      before: toTimestamp(before ?? deps.clock.now() + DAY_MS),
      limit,
    });
    return { slates: rows.map(entryOf), sql: queries.slatesRecent.sql };
  },
  decision: (slateId) => decisionOf(deps, slateId),
});

const timeOf = (text: string | null): number | null => (text === null ? null : fromTimestamp(text));

type RowOf<Asked> = Asked extends Query<infer _Params, infer Row> ? Row : never;

const entryOf = (row: RowOf<typeof queries.slatesRecent>): Answers.SlateEntry => ({
  slateId: row.slate_id as SlateId,
  userId: row.user_id as UserId,
  surface: row.surface as Surface,
  at: fromTimestamp(row.at),
  cards: row.cards,
  explored: row.explored,
  fallback: row.fallback,
  model: row.model,
});

const overviewOf = async (deps: StudioDeps): Promise<Answers.Overview> => {
  const { warehouse, clock } = deps;
  const lag = deps.lag();
  const since = toTimestamp(Math.floor(clock.now() / DAY_MS) * DAY_MS - DAYS_SHOWN * DAY_MS);
  const [tables, population] = await Promise.all([
    warehouse.query(queries.overview, {}),
    warehouse.query(queries.population, {}),
  ]);
  const perDay = await warehouse.query(queries.eventsPerDay, { since });
  const events = tables.map((row) => ({ kind: row.kind, rows: row.row_count, lastAt: timeOf(row.last_at) }));
  const [counted] = population;
  if (counted === undefined) throw new EngineError('internal', 'the population is one row, and none came');
  return {
    listeners: counted.listeners,
    items: counted.items,
    events,
    perDay,
    freshness: { lagRecords: lag, lastEventAt: latest(events), warehouse: 'ok' },
    deadLetters: deps.deadLetters(),
    model: modelInfo(deps.bundle()),
    sql: { events: queries.overview.sql, listeners: queries.population.sql, per_day: queries.eventsPerDay.sql },
  };
};

const latest = (events: Answers.Overview['events']): number | null => {
  const times = events.flatMap(({ kind, lastAt }) => (kind === 'item' || lastAt === null ? [] : [lastAt]));
  return times.length === 0 ? null : Math.max(...times);
};

const modelInfo = (bundle: ModelBundle | null): Answers.ModelInfo | null =>
  bundle === null ? null : { ...bundle, models: Object.keys(bundle.models), items: bundle.items.length };

const decisionOf = async ({ warehouse, serving }: StudioDeps, slateId: SlateId): Promise<Answers.Decision> => {
  const { slate, filtered, replays } = await serving.loggedSlate(slateId);
  const rows = await warehouse.query(queries.slateOutcomes, { slate_id: slateId });
  const outcomes = rows.map((row) => ({
    itemId: row.item_id as ItemId,
    impressions: row.impressions,
    plays: row.plays,
    msPlayed: row.ms_played,
    actions: row.actions,
  }));
  return { slate, filtered, outcomes, replays, sql: queries.slateOutcomes.sql };
};
