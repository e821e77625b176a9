/** Metrics of a unit before and after a moment, over rows of `unit` (with user_id and from) joined with their plays. */
export const UNIT_METRICS_SQL = `
    countIf(play.at >= from AND play.at < to) AS plays,
    sumIf(ifNull(play.ms_played, 0), play.at >= from AND play.at < to) / 60000 AS minutes,
    countIf(play.at >= from AND play.at < to AND ifNull(play.skipped, false)) AS skips,
    uniqExactIf(toDate(play.at), play.at >= from AND play.at < to) AS active_days,
    countIf(play.at >= from + INTERVAL 7 DAY AND play.at < from + INTERVAL 14 DAY) > 0 AS returned,
    countIf(play.at < from AND play.at >= from - INTERVAL 28 DAY) AS plays_before,
    sumIf(ifNull(play.ms_played, 0), play.at < from AND play.at >= from - INTERVAL 28 DAY) / 60000 AS minutes_before,
    uniqExactIf(toDate(play.at), play.at < from AND play.at >= from - INTERVAL 28 DAY) AS active_days_before`;

/** Columns of the metrics, as the engine describes them. */
export const UNIT_METRIC_COLUMNS = {
  plays: 'UInt64',
  minutes: 'Float64',
  skips: 'UInt64',
  active_days: 'UInt64',
  returned: 'UInt8',
  plays_before: 'UInt64',
  minutes_before: 'Float64',
  active_days_before: 'UInt64',
} as const;

export interface UnitMetricsRow {
  readonly plays: number;
  readonly minutes: number;
  readonly skips: number;
  readonly active_days: number;
  readonly returned: number;
  readonly plays_before: number;
  readonly minutes_before: number;
  readonly active_days_before: number;
}
