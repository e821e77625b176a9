/** The parts that a report is broken into: SQL shared by the queries of metrics. */

export type CellParams = {
  readonly by_surface: boolean;
  readonly by_intent: boolean;
  readonly by_device: boolean;
};

export interface CellRow {
  /** Empty where the report is not by it. */
  readonly cell_surface: string;
  readonly cell_intent: string;
  readonly cell_device: string;
}

export const CELL_COLUMNS = { cell_surface: 'String', cell_intent: 'String', cell_device: 'String' } as const;

const dimension = (name: string): string =>
  `if({by_${name}:Bool}, if(${name} = '', 'unknown', toString(${name})), '') AS cell_${name}`;

/** The three columns of a cell, from columns surface, intent and device. */
export const CELLS = ['surface', 'intent', 'device'].map(dimension).join(',\n        ');

/** Moments over users of the pair x (denominator) and y (numerator). */
export const MOMENTS = `
    count() AS users,
    avg(x) AS mean_x,
    avg(y) AS mean_y,
    varSampStable(x) AS variance_x,
    varSampStable(y) AS variance_y,
    covarSampStable(x, y) AS covariance,
    countIf(x > 0) AS ratio_users,
    avgIf(y / x, x > 0) AS ratio_mean,
    varSampStableIf(y / x, x > 0) AS ratio_variance,
    sum(x) AS events`;

export const MOMENT_COLUMNS = {
  users: 'UInt64',
  mean_x: 'Float64',
  mean_y: 'Float64',
  variance_x: 'Float64',
  variance_y: 'Float64',
  covariance: 'Float64',
  ratio_users: 'UInt64',
  ratio_mean: 'Float64',
  ratio_variance: 'Float64',
} as const;

/** Sessions of all users, each with when the user's next one begins; `has_next` is 0 where there is none before the end of observation. */
export const SESSION_LIVES = `
life AS
(
    SELECT
        user_id,
        at,
        ended_at,
        local_day,
        local_hour,
        surface,
        intent,
        device,
        leadInFrame(at) OVER later AS next_at,
        count() OVER later > 1 AS has_next
    FROM session FINAL
    WHERE at < {until:DateTime64(3, 'UTC')}
    WINDOW later AS (PARTITION BY user_id ORDER BY at ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
)`;
