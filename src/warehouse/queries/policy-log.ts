import { defineQuery } from '../define-query.ts';

export interface PolicyLogRow {
  readonly slate_id: string;
  readonly at: string;
  readonly received_at: string;
  readonly device: string | null;
  readonly context: string;
  readonly cards: string;
  readonly candidates: string;
  readonly items: readonly string[];
  readonly plays: readonly number[];
  readonly ms_played: readonly number[];
}

export const policyLog = defineQuery<{ readonly surface: string; readonly limit: number }, PolicyLogRow>({
  name: 'policy_log',
  description:
    'What the policy chose, from what, and what was played of it: the newest slates of a surface. items, plays and ms_played run in parallel.',
  grain: 'slate',
  sql: `
WITH
shown AS
(
    SELECT slate_id, at, received_at, device, context, cards, candidates
    FROM slate
    WHERE surface = {surface:String}
    ORDER BY at DESC, slate_id DESC
    LIMIT {limit:UInt32}
),
played AS
(
    SELECT slate_id, item_id, count() AS plays, sum(ifNull(play.ms_played, 0)) AS ms_played
    FROM play
    WHERE slate_id IN (SELECT slate_id FROM shown)
    GROUP BY slate_id, item_id
),
heard AS
(
    SELECT
        assumeNotNull(slate_id) AS slate_id,
        groupArray(item_id) AS items,
        groupArray(plays) AS plays,
        groupArray(ms_played) AS ms_played
    FROM played
    GROUP BY slate_id
)
SELECT
    shown.slate_id AS slate_id,
    shown.at AS at,
    shown.received_at AS received_at,
    shown.device AS device,
    shown.context AS context,
    shown.cards AS cards,
    shown.candidates AS candidates,
    heard.items AS items,
    heard.plays AS plays,
    heard.ms_played AS ms_played
FROM shown
LEFT JOIN heard ON heard.slate_id = shown.slate_id
ORDER BY at DESC, slate_id DESC`,
  columns: {
    slate_id: 'String',
    at: "DateTime64(3, 'UTC')",
    received_at: "DateTime64(3, 'UTC')",
    device: 'LowCardinality(Nullable(String))',
    context: 'String',
    cards: 'String',
    candidates: 'String',
    items: 'Array(String)',
    plays: 'Array(UInt64)',
    ms_played: 'Array(UInt64)',
  },
  example: { surface: 'home', limit: 100 },
});
