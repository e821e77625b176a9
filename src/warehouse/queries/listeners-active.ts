import { defineQuery } from '../define-query.ts';

const SOURCES = ['play', 'action', 'impression', 'search', 'dialogue', 'slate'];

export const listenersActive = defineQuery<
  {
    readonly from: string;
    readonly to: string;
    readonly limit: number;
    /** Kinds of events that count. */
    readonly kinds: readonly string[];
    /** Surfaces of slates that count; with none, all of them. */
    readonly surfaces: readonly string[];
  },
  { readonly user_id: string }
>({
  name: 'listeners_active',
  description: 'Listeners of whom an event of some kinds happened in [from, to), those with the latest first.',
  grain: 'user',
  sql: `
SELECT user_id
FROM
(${SOURCES.map(
    (table) => `
    SELECT user_id, max(at) AS last_at
    FROM ${table}
    WHERE has({kinds:Array(String)}, '${table}') AND at >= {from:DateTime64(3, 'UTC')} AND at < {to:DateTime64(3, 'UTC')}${
      table === 'slate' ? ' AND (empty({surfaces:Array(String)}) OR has({surfaces:Array(String)}, surface))' : ''
    }
    GROUP BY user_id`,
  ).join('\n    UNION ALL')}
)
GROUP BY user_id
ORDER BY max(last_at) DESC, user_id
LIMIT {limit:UInt32}`,
  columns: { user_id: 'String' },
  example: {
    from: '2026-01-01 00:00:00.000',
    to: '2026-02-01 00:00:00.000',
    limit: 100,
    kinds: ['play', 'slate'],
    surfaces: ['weekly_discovery'],
  },
});
