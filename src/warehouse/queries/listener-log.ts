import { defineQuery } from '../define-query.ts';

const KINDS = ['play', 'action', 'impression', 'search', 'dialogue'] as const;

const branch = (table: string): string => `
    SELECT '${table}' AS kind, user_id, at, event_id, formatRowNoNewline('JSONEachRow', * EXCEPT (sequence)) AS row
    FROM ${table}
    WHERE user_id IN {user_ids:Array(String)} AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')}`;

/** Of a card only this: scores and claims would be most of the log. */
const CARDS = 'Array(Tuple(shelf String, row UInt32, slot UInt32, item_id String, explored Bool))';

export const listenerLog = defineQuery<
  { readonly user_ids: readonly string[]; readonly since: string; readonly until: string },
  { readonly kind: string; readonly user_id: string; readonly row: string }
>({
  name: 'listener_log',
  description:
    'What listeners did and saw in [since, until), each row as JSON text; of slates where they and their cards stood, and ' +
    'which cards explored.',
  grain: 'event',
  // All columns are meant: what units are assembled from grows with the events.
  sql: `
SELECT kind, user_id, row
FROM
(${KINDS.map(branch).join('\n    UNION ALL')}
    UNION ALL
    SELECT 'slate' AS kind, user_id, at, event_id, formatRowNoNewline('JSONEachRow', event_id, user_id, at, received_at, slate_id, surface, cards) AS row
    FROM
    (
        SELECT event_id, user_id, at, received_at, slate_id, surface, toJSONString(JSONExtract(slate.cards, '${CARDS}')) AS cards
        FROM slate
        WHERE user_id IN {user_ids:Array(String)} AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')}
    )
)
ORDER BY user_id, at, event_id`,
  columns: { kind: 'String', user_id: 'String', row: 'String' },
  example: { user_ids: ['u1', 'u2'], since: '2026-01-01 00:00:00.000', until: '2026-02-01 00:00:00.000' },
});
