import { type PlaceCounts, USER_GROUPS } from '#metrics';
import { defineQuery } from '../define-query.ts';
import { CARD_READINGS } from './card-readings.ts';
import { CELL_COLUMNS, CELLS, type CellParams, type CellRow } from './metric-cells.ts';

export type MetricPlaceRow = CellRow & PlaceCounts & { readonly users: number };

export const metricPlaces = defineQuery<CellParams & { readonly from: string; readonly to: string }, MetricPlaceRow>({
  name: 'metric_places',
  description:
    'Cards of slates by their place on the page (row and slot, both up to 20): delivered, on pages whose client tells ' +
    'what came into view (watched), looked at, and played from their slate. Intent is that of the session around it, and ' +
    'so is the device of a slate that names none.',
  grain: 'cell × group of users × place',
  sql: `
WITH
card AS
(
    SELECT
        user_id,
        slate.at AS at,
        toString(slate.surface) AS surface,
        toString(ifNull(slate.device, '')) AS own_device,
        slate_id,
        one.item_id AS item_id,
        least(one.row, 20) * 100 + least(one.slot, 20) AS place
    FROM slate
    ARRAY JOIN slate.placed AS one
    WHERE slate.at >= {from:Date} AND slate.at < {to:Date}
),
${CARD_READINGS},
met AS
(
    SELECT
        card.user_id AS user_id,
        card.surface AS surface,
        if(around.ended_at + toIntervalMinute(30) >= card.at, toString(around.intent), 'unknown') AS intent,
        if(card.own_device != '', card.own_device, toString(around.device)) AS device,
        card.place AS place,
        watched.is_watched = 1 AS is_watched,
        seen.is_examined = 1 AND watched.is_watched = 1 AS is_examined,
        played.is_played = 1 AS is_played
    FROM card
    ASOF LEFT JOIN
    (
        SELECT user_id, at, ended_at, intent, device
        FROM session FINAL
    ) AS around ON around.user_id = card.user_id AND around.at <= card.at
    LEFT JOIN seen ON seen.user_id = card.user_id AND seen.slate_id = card.slate_id AND seen.item_id = card.item_id
    LEFT JOIN watched ON watched.user_id = card.user_id AND watched.slate_id = card.slate_id
    LEFT JOIN played ON played.user_id = card.user_id AND played.slate_id = card.slate_id AND played.item_id = card.item_id
)
SELECT
    ${CELLS},
    cityHash64(user_id) % ${USER_GROUPS} AS \`group\`,
    place,
    uniqExact(user_id) AS users,
    count() AS delivered,
    countIf(is_watched) AS watched,
    countIf(is_examined) AS examined,
    countIf(is_played) AS clicks,
    countIf(is_examined AND is_played) AS examined_clicks
FROM met
GROUP BY cell_surface, cell_intent, cell_device, \`group\`, place
ORDER BY cell_surface, cell_intent, cell_device, \`group\`, place`,
  columns: {
    ...CELL_COLUMNS,
    group: 'UInt8',
    place: 'UInt64',
    users: 'UInt64',
    delivered: 'UInt64',
    watched: 'UInt64',
    examined: 'UInt64',
    clicks: 'UInt64',
    examined_clicks: 'UInt64',
  },
  example: { from: '2026-01-01', to: '2026-02-01', by_surface: false, by_intent: true, by_device: true },
});
