import { defineQuery } from '../define-query.ts';

export interface PolicyLogRow {
  readonly slate_id: string;
  readonly user_id: string;
  readonly at: string;
  readonly received_at: string;
  readonly device: string | null;
  readonly context: string;
  readonly cards: string;
  readonly candidates: string;
  readonly items: readonly string[];
  readonly plays: readonly number[];
  readonly ms_played: readonly number[];
  readonly impressions: readonly string[];
  readonly seen: readonly string[];
}

export const policyLog = defineQuery<
  { readonly surface: string; readonly since: string; readonly until: string; readonly limit: number },
  PolicyLogRow
>({
  name: 'policy_log',
  description:
    'What the policy chose, from what, and what was played and looked at of it: the newest slates of a surface in [since, until). items, plays and ms_played run in parallel, impressions (event ids) and seen (items) too. The device is that of the slate or, where it has none, of an event that names it.',
  grain: 'slate',
  sql: `
WITH
shown AS
(
    SELECT slate_id, user_id, at, received_at, device, context, cards, candidates
    FROM slate
    WHERE surface = {surface:String} AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')}
    ORDER BY at DESC, slate_id DESC
    LIMIT {limit:UInt32}
),
played AS
(
    SELECT slate_id, item_id, count() AS plays, sum(ifNull(play.ms_played, 0)) AS ms_played, min(device) AS device
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
        groupArray(ms_played) AS ms_played,
        min(device) AS device
    FROM played
    GROUP BY slate_id
),
looked AS
(
    SELECT
        slate_id,
        groupArray(event_id) AS impressions,
        groupArray(item_id) AS seen,
        min(device) AS device
    FROM impression
    WHERE slate_id IN (SELECT slate_id FROM shown)
    GROUP BY slate_id
)
SELECT
    shown.slate_id AS slate_id,
    shown.user_id AS user_id,
    shown.at AS at,
    shown.received_at AS received_at,
    coalesce(shown.device, heard.device, looked.device) AS device,
    shown.context AS context,
    shown.cards AS cards,
    shown.candidates AS candidates,
    heard.items AS items,
    heard.plays AS plays,
    heard.ms_played AS ms_played,
    looked.impressions AS impressions,
    looked.seen AS seen
FROM shown
LEFT JOIN heard ON heard.slate_id = shown.slate_id
LEFT JOIN looked ON looked.slate_id = shown.slate_id
ORDER BY at DESC, slate_id DESC`,
  columns: {
    slate_id: 'String',
    user_id: 'String',
    at: "DateTime64(3, 'UTC')",
    received_at: "DateTime64(3, 'UTC')",
    device: 'Nullable(String)',
    context: 'String',
    cards: 'String',
    candidates: 'String',
    items: 'Array(String)',
    plays: 'Array(UInt64)',
    ms_played: 'Array(UInt64)',
    impressions: 'Array(String)',
    seen: 'Array(String)',
  },
  example: { surface: 'home', since: '2026-01-01 00:00:00.000', until: '2026-02-01 00:00:00.000', limit: 100 },
});
