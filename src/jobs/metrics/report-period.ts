/** The days of a report, and where observation ends. */

import { DAY_MS, EngineError, type EpochMs, fromTimestamp, toTimestamp } from '#domain';
import { queries, type WarehouseRows } from '#warehouse';

export interface ReportPeriod {
  /** Days in UTC, YYYY-MM-DD; `to` is not in it. */
  readonly from: string;
  readonly to: string;
  /** Whole days of it. */
  readonly days: number;
  /** Up to when it is known who came back: the newest end of a session, as a timestamp. */
  readonly until: string;
}

/** Days as they are asked for, YYYY-MM-DD. */
export interface PeriodRequest {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Days a report looks back when nothing else is asked. */
const USUAL_DAYS = 28;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export const dayOf = (at: EpochMs): string => new Date(at).toISOString().slice(0, 10);

const readDay = (text: string, field: string): EpochMs => {
  const at = Date.parse(`${text}T00:00:00Z`);
  if (DAY.test(text) && Number.isFinite(at) && dayOf(at) === text) return at;
  throw new EngineError('invalid_request', `${field} ${JSON.stringify(text)}: expected a day as YYYY-MM-DD`);
};

/**
 * The period asked for; without `to` it ends with the newest session, without `from` it holds four weeks. Null when
 * there is no session at all. @throws {EngineError} invalid_request
 */
export const reportPeriod = async (
  warehouse: WarehouseRows,
  { from, to }: PeriodRequest,
): Promise<ReportPeriod | null> => {
  const asked = [
    from === undefined ? null : readDay(from, 'from'),
    to === undefined ? null : readDay(to, 'to'),
  ] as const;
  if (asked[0] !== null && asked[1] !== null && asked[0] >= asked[1]) {
    throw new EngineError('invalid_request', `from ${from} to ${to}: expected a day before ${to}, which is not in it`);
  }
  const [span] = await warehouse.query(queries.sessionSpan, {});
  if (span === undefined || span.last_at === null) return null;
  const newest = fromTimestamp(span.last_at);
  const end = asked[1] ?? Math.floor(newest / DAY_MS) * DAY_MS + DAY_MS;
  const begin = asked[0] ?? end - USUAL_DAYS * DAY_MS;
  if (begin >= end) {
    throw new EngineError(
      'invalid_request',
      `from ${from}: the newest session is of ${dayOf(newest)}; name a to as well`,
    );
  }
  return { from: dayOf(begin), to: dayOf(end), days: Math.round((end - begin) / DAY_MS), until: toTimestamp(newest) };
};
