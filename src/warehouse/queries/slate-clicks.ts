import { defineQuery } from '../define-query.ts';
import { CARD_READINGS } from './card-readings.ts';

export interface SlateClicksRow {
  readonly user_id: string;
  readonly at_ms: number;
  readonly delivered: number;
  readonly examined: number;
  readonly clicks: number;
  readonly examined_clicks: number;
}

export const slateClicks = defineQuery<
  { readonly experiment: string; readonly from: string; readonly until: string },
  SlateClicksRow
>({
  name: 'slate_clicks',
  description:
    'Cards of each slate: delivered, looked at, and played from it, all before a moment; of the listeners of an experiment, ' +
    'or of everybody without one.',
  grain: 'slate',
  sql: `
WITH
card AS
(
    SELECT
        user_id,
        slate.at AS at,
        slate_id,
        arrayJoin(placed).item_id AS item_id
    FROM slate
    WHERE
        slate.at >= {from:DateTime64(3, 'UTC')}
        AND slate.at < {until:DateTime64(3, 'UTC')}
        AND (
            {experiment:String} = ''
            OR user_id IN (SELECT user_id FROM assignment WHERE experiment = {experiment:String})
        )
),
${CARD_READINGS},
met AS
(
    SELECT
        card.user_id AS user_id,
        card.slate_id AS slate_id,
        card.at AS at,
        seen.is_examined = 1 AND watched.is_watched = 1 AS is_examined,
        played.is_played = 1 AS is_played
    FROM card
    LEFT JOIN seen ON seen.user_id = card.user_id AND seen.slate_id = card.slate_id AND seen.item_id = card.item_id
    LEFT JOIN watched ON watched.user_id = card.user_id AND watched.slate_id = card.slate_id
    LEFT JOIN played ON played.user_id = card.user_id AND played.slate_id = card.slate_id AND played.item_id = card.item_id
)
SELECT
    user_id,
    toUnixTimestamp64Milli(any(at)) AS at_ms,
    count() AS delivered,
    countIf(is_examined) AS examined,
    countIf(is_played) AS clicks,
    countIf(is_examined AND is_played) AS examined_clicks
FROM met
GROUP BY user_id, slate_id
ORDER BY user_id, at_ms, slate_id`,
  columns: {
    user_id: 'String',
    at_ms: 'Int64',
    delivered: 'UInt64',
    examined: 'UInt64',
    clicks: 'UInt64',
    examined_clicks: 'UInt64',
  },
  example: { experiment: 'x', from: '2026-01-01 00:00:00.000', until: '2026-02-01 00:00:00.000' },
});
