import { defineQuery } from '../define-query.ts';

const OF_ALL = ['event_id', 'user_id', 'at', 'received_at', 'utc_offset_min', 'time_zone', 'device'] as const;

/** What units are assembled from, in the order of a row's values. */
export const LOG_COLUMNS = {
  play: [
    ...OF_ALL,
    'item_id',
    'ms_played',
    'duration_ms',
    'reason_start',
    'reason_end',
    'skipped',
    'source',
    'slate_id',
    'shelf',
    'slot',
    'shuffle',
    'offline',
    'user_initiated',
    'seeks',
  ],
  action: [...OF_ALL, 'action', 'item_id', 'surface', 'slate_id', 'shelf', 'slot'],
  impression: [...OF_ALL, 'slate_id', 'shelf', 'slot', 'item_id', 'visible_ms', 'max_visible_fraction', 'scroll_depth'],
  search: [...OF_ALL, 'search_id', 'step', 'query', 'results', 'item_id', 'position'],
  dialogue: [...OF_ALL, 'dialogue_id', 'turn', 'speaker', 'utterance', 'act', 'confidence', 'repair', 'item_id'],
  slate: ['event_id', 'user_id', 'at', 'received_at', 'slate_id', 'surface', 'cards'],
} as const;

const WHERE =
  "WHERE user_id IN {user_ids:Array(String)} AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')}";

/** Values without their names: most of a row of names would be of columns that are null. */
const branch = (table: keyof typeof LOG_COLUMNS): string => `
    SELECT '${table}' AS kind, user_id, at, event_id, formatRowNoNewline('JSONCompactEachRow', ${LOG_COLUMNS[table].join(', ')}) AS row
    FROM ${table === 'slate' ? SLATE : table}
    ${WHERE}`;

/** Scores and claims of cards would be most of the log. */
const SLATE = `
    (
        SELECT event_id, user_id, at, received_at, slate_id, surface, toJSONString(placed) AS cards
        FROM slate
        ${WHERE}
    )`;

export const listenerLog = defineQuery<
  { readonly user_ids: readonly string[]; readonly since: string; readonly until: string },
  { readonly kind: keyof typeof LOG_COLUMNS; readonly user_id: string; readonly row: string }
>({
  name: 'listener_log',
  description:
    'What listeners did and saw in [since, until), the values of each row as JSON text in the order of LOG_COLUMNS; of ' +
    'slates where they and their cards stood, and which cards explored.',
  grain: 'event',
  sql: `
SELECT kind, user_id, row
FROM
(${(Object.keys(LOG_COLUMNS) as (keyof typeof LOG_COLUMNS)[]).map(branch).join('\n    UNION ALL')}
)
ORDER BY user_id, at, event_id`,
  columns: { kind: 'String', user_id: 'String', row: 'String' },
  example: { user_ids: ['u1', 'u2'], since: '2026-01-01 00:00:00.000', until: '2026-02-01 00:00:00.000' },
});
