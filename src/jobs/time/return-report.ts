/** Who comes back, from the log or from a file of visits. */

import { DAY_MS, EngineError, type Estimate, toTimestamp } from '#domain';
import { type ActiveDays, cohortReturn, returnWithin } from '#stats';
import { queries, streamRows, type WarehouseRows } from '#warehouse';
import { labelColumn, momentColumn } from '../tables/columns.ts';
import { readTable } from '../tables/read-table.ts';

export type ReturnBy = 'cohort' | 'calendar' | 'tenure';

export interface ReturnRequest {
  readonly by: ReturnBy;
  /** In days; not used by cohort. */
  readonly horizon: number;
  /** First day and the day after the last, as 2026-01-31; all there is unless given. */
  readonly from?: string;
  readonly to?: string;
  readonly level: number;
}

export interface ReturnReport {
  readonly by: ReturnBy;
  readonly horizon: number;
  readonly users: number;
  readonly rows: readonly {
    /** Monday, as 2026-01-26; null by tenure. */
    readonly weekOf: string | null;
    /** Weeks since the first visit; null by calendar. */
    readonly week: number | null;
    readonly returned: Estimate;
  }[];
  readonly sql: string | null;
}

const dayOf = (text: string): number => Math.floor(Date.parse(`${text}T00:00:00Z`) / DAY_MS);
const toDate = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** From the plays in the warehouse. Users are counted from their first play in the period on. */
export const returnReport = async (warehouse: WarehouseRows, request: ReturnRequest): Promise<ReturnReport> => {
  const range = {
    since: toTimestamp(Date.parse(`${request.from ?? '1970-01-01'}T00:00:00Z`)),
    until: toTimestamp(Date.parse(`${request.to ?? '2100-01-01'}T00:00:00Z`)),
  };
  const places = new Map<string, number>();
  const [users, days]: [number[], number[]] = [[], []];
  for await (const rows of streamRows(warehouse, queries.activeDays, range)) {
    for (const { user_id, day } of rows) {
      const place = places.get(user_id) ?? places.size;
      places.set(user_id, place);
      users.push(place);
      days.push(day);
    }
  }
  return report({ users, days }, places.size, request, queries.activeDays.sql);
};

export interface ReturnFileOptions extends ReturnRequest {
  readonly file: string;
  readonly user: string;
  readonly time: string;
}

/** From a file with a line a visit. @throws {EngineError} unreadable_file, invalid_data */
export const returnFile = async (options: ReturnFileOptions): Promise<ReturnReport> => {
  const table = await readTable(options.file);
  const { names, of } = labelColumn(table, options.user);
  const all = momentColumn(table, options.time).map((moment) => Math.floor(moment / DAY_MS));
  const from = options.from === undefined ? Number.NEGATIVE_INFINITY : dayOf(options.from);
  const kept = Array.from(all, (_, i) => i).filter((i) => all[i]! >= from);
  const active = { users: kept.map((i) => of[i]!), days: kept.map((i) => all[i]!) };
  if (kept.length === 0) throw new EngineError('invalid_data', `${options.file} has no visits from ${options.from} on`);
  return report(active, names.length, options, null);
};

const report = (active: ActiveDays, users: number, request: ReturnRequest, sql: string | null): ReturnReport => {
  const { by, horizon, level, to } = request;
  // The day after the last visit of anybody is the last that is known to have been observed.
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < active.days.length; i++) last = Math.max(last, active.days[i]!);
  const until = Math.min(to === undefined ? Number.POSITIVE_INFINITY : dayOf(to), last + 1);
  const options = { until, level };
  const rows =
    active.days.length === 0
      ? []
      : by === 'cohort'
        ? cohortReturn(active, options).map(({ cohort, week, returned }) => ({
            weekOf: toDate(cohort),
            week,
            returned,
          }))
        : returnWithin(active, by, horizon, options).map(({ bucket, returned }) =>
            by === 'calendar'
              ? { weekOf: toDate(bucket), week: null, returned }
              : { weekOf: null, week: bucket, returned },
          );
  return { by, horizon, users, rows, sql };
};
