import { defineQuery } from '../define-query.ts';

export interface BrowsingVisitRow {
  readonly device: string;
  readonly deepest: number;
  readonly at_end: boolean;
  readonly visits: number;
}

const source = (place: string, unit: string): string => `
WITH
shown AS
(
    SELECT slate_id, device, placed
    FROM slate
    WHERE surface = {surface:String} AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')}
),
card AS
(
    SELECT
        slate_id,
        device,
        one.row AS row,
        one.slot AS slot,
        one.item_id AS item_id
    FROM shown
    ARRAY JOIN placed AS one
),
looked AS
(
    SELECT slate_id, item_id, min(device) AS device
    FROM impression
    WHERE slate_id IN (SELECT slate_id FROM shown)
        AND (visible_ms IS NULL OR (visible_ms >= {examined_ms:UInt32} AND ifNull(max_visible_fraction, 1) >= {examined_fraction:Float64}))
    GROUP BY slate_id, item_id
),
visit AS
(
    SELECT
        coalesce(min(looked.device), min(card.device), 'unknown') AS device,
        maxIf(${place}, looked.slate_id != '') AS deepest,
        CAST(deepest = max(${place}), 'Bool') AS at_end
    FROM card
    LEFT JOIN looked ON looked.slate_id = card.slate_id AND looked.item_id = card.item_id
    GROUP BY ${unit}
    HAVING deepest > 0
)
SELECT device, deepest, at_end, count() AS visits
FROM visit
GROUP BY device, deepest, at_end
ORDER BY device, deepest, at_end`;

const EXAMPLE = {
  surface: 'home',
  since: '2026-01-01 00:00:00.000',
  until: '2026-02-01 00:00:00.000',
  examined_ms: 1000,
  examined_fraction: 0.5,
};
const COLUMNS = { device: 'String', deepest: 'UInt64', at_end: 'Bool', visits: 'UInt64' } as const;

type BrowsingParams = Readonly<Record<'surface' | 'since' | 'until', string>> &
  Readonly<Record<'examined_ms' | 'examined_fraction', number>>;

/** Visits of which no card was looked at are left out: nothing tells how far they went. */
export const browsingAlongShelves = defineQuery<BrowsingParams, BrowsingVisitRow>({
  name: 'browsing_along_shelves',
  description:
    'How far listeners looked along the shelves of slates: visits by device and by the deepest slot (from 1) that was looked at, apart for those where it was the last one.',
  grain: 'device × deepest × at_end',
  sql: source('card.slot + 1', 'card.slate_id, card.row'),
  columns: COLUMNS,
  example: EXAMPLE,
});

export const browsingDownPages = defineQuery<BrowsingParams, BrowsingVisitRow>({
  name: 'browsing_down_pages',
  description:
    'How far listeners looked down the pages of slates: visits by device and by the deepest shelf (from 1) that was looked at, apart for those where it was the last one.',
  grain: 'device × deepest × at_end',
  sql: source('card.row + 1', 'card.slate_id'),
  columns: COLUMNS,
  example: EXAMPLE,
});
