import { defineQuery } from '../define-query.ts';

export interface DiversityUserRow {
  readonly user_id: string;
  /** In the window. */
  readonly plays: number;
  readonly active_days: number;
  /** Days from the first play of all until the window ends. */
  readonly tenure_days: number;
  /** A play after the window, until `until`. */
  readonly came_back: boolean;
  /** A play before the window, back to `before`: what the window cannot have changed. */
  readonly was_there: boolean;
  /** Arm of the experiment, assigned before the window began; empty without one. */
  readonly arm: string;
}

export const diversityUsers = defineQuery<
  {
    readonly before: string;
    readonly from: string;
    readonly moment: string;
    readonly until: string;
    readonly experiment: string;
  },
  DiversityUserRow
>({
  name: 'diversity_users',
  description:
    'Users who played in a window: how much, on how many days, since when, whether they came back after it and were there ' +
    'before it, and their arm of an experiment that may have moved what they played.',
  grain: 'user',
  sql: `
WITH
assigned AS
(
    SELECT user_id, argMin(arm, at) AS first_arm, uniqExact(arm) AS arms
    FROM assignment
    WHERE experiment = {experiment:String} AND at < {moment:DateTime64(3, 'UTC')}
    GROUP BY user_id
)
SELECT
    play.user_id AS user_id,
    countIf(at >= {from:DateTime64(3, 'UTC')} AND at < {moment:DateTime64(3, 'UTC')}) AS plays,
    uniqExactIf(toDate(at), at >= {from:DateTime64(3, 'UTC')} AND at < {moment:DateTime64(3, 'UTC')}) AS active_days,
    dateDiff('second', min(at), {moment:DateTime64(3, 'UTC')}) / 86400 AS tenure_days,
    toBool(countIf(at >= {moment:DateTime64(3, 'UTC')}) > 0) AS came_back,
    toBool(countIf(at >= {before:DateTime64(3, 'UTC')} AND at < {from:DateTime64(3, 'UTC')}) > 0) AS was_there,
    if(any(assigned.arms) = 1, any(assigned.first_arm), '') AS arm
FROM play
LEFT JOIN assigned ON assigned.user_id = play.user_id
WHERE at < {until:DateTime64(3, 'UTC')}
GROUP BY user_id
HAVING plays > 0
ORDER BY user_id`,
  columns: {
    user_id: 'String',
    plays: 'UInt64',
    active_days: 'UInt64',
    tenure_days: 'Float64',
    came_back: 'Bool',
    was_there: 'Bool',
    arm: 'String',
  },
  example: {
    before: '2025-12-04 00:00:00.000',
    from: '2026-01-01 00:00:00.000',
    moment: '2026-01-29 00:00:00.000',
    until: '2026-02-26 00:00:00.000',
    experiment: 'x',
  },
});
