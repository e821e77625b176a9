import { defineQuery } from '../define-query.ts';

export interface SlateOutcomeRow {
  readonly item_id: string;
  readonly impressions: number;
  readonly visible_ms: number | null;
  readonly plays: number;
  readonly ms_played: number | null;
  readonly actions: readonly string[];
}

export const slateOutcomes = defineQuery<{ readonly slate_id: string }, SlateOutcomeRow>({
  name: 'slate_outcomes',
  description:
    'What the listener did with each card of a slate, in the order of the cards. Times are null where no event tells them.',
  grain: 'slate × item',
  sql: `
WITH
card AS
(
    SELECT
        one.item_id AS item_id,
        min(place) AS first_place
    FROM
    (
        SELECT placed
        FROM slate
        WHERE slate_id = {slate_id:String}
        ORDER BY sequence
        LIMIT 1
    )
    ARRAY JOIN placed AS one, arrayEnumerate(placed) AS place
    GROUP BY item_id
),
trace AS
(
    SELECT item_id, 1 AS impression, visible_ms, 0 AS play, CAST(NULL, 'Nullable(UInt32)') AS ms_played, '' AS action, at
    FROM impression
    WHERE slate_id = {slate_id:String}
    UNION ALL
    SELECT item_id, 0, CAST(NULL, 'Nullable(UInt32)'), 1, ms_played, '', at
    FROM play
    WHERE slate_id = {slate_id:String}
    UNION ALL
    SELECT assumeNotNull(item_id), 0, CAST(NULL, 'Nullable(UInt32)'), 0, CAST(NULL, 'Nullable(UInt32)'), action, at
    FROM action
    WHERE slate_id = {slate_id:String} AND item_id IS NOT NULL
),
outcome AS
(
    SELECT
        item_id,
        sum(impression) AS impressions,
        sumOrNull(trace.visible_ms) AS visible_ms,
        sum(play) AS plays,
        sumOrNull(trace.ms_played) AS ms_played,
        arrayMap(pair -> pair.2, arraySort(groupArrayIf((at, action), action != ''))) AS actions
    FROM trace
    GROUP BY item_id
)
SELECT
    card.item_id AS item_id,
    outcome.impressions AS impressions,
    outcome.visible_ms AS visible_ms,
    outcome.plays AS plays,
    outcome.ms_played AS ms_played,
    outcome.actions AS actions
FROM card
LEFT JOIN outcome ON outcome.item_id = card.item_id
ORDER BY card.first_place`,
  columns: {
    item_id: 'String',
    impressions: 'UInt64',
    visible_ms: 'Nullable(UInt64)',
    plays: 'UInt64',
    ms_played: 'Nullable(UInt64)',
    actions: 'Array(String)',
  },
  example: { slate_id: 's1' },
});
