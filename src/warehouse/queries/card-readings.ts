import { EXAMINED_FRACTION, EXAMINED_MS } from '#units';

/**
 * CTEs over `card` (user_id, slate_id, item_id): `seen`, cards that came into view with whether they were looked at;
 * `watched`, slates whose client tells what came into view; `played`, cards that were played from their slate.
 */
export const CARD_READINGS = `seen AS
(
    SELECT
        user_id,
        slate_id,
        item_id,
        max(ifNull(visible_ms, 0) >= ${EXAMINED_MS} AND ifNull(max_visible_fraction, 1) >= ${EXAMINED_FRACTION}) AS is_examined
    FROM impression
    WHERE slate_id IN (SELECT slate_id FROM card)
    GROUP BY user_id, slate_id, item_id
),
watched AS
(
    SELECT DISTINCT user_id, slate_id, 1 AS is_watched
    FROM impression
    WHERE visible_ms IS NOT NULL AND slate_id IN (SELECT slate_id FROM card)
),
played AS
(
    SELECT DISTINCT user_id, assumeNotNull(play.slate_id) AS slate_id, item_id, 1 AS is_played
    FROM play
    WHERE play.slate_id IN (SELECT slate_id FROM card)
)`;
