import { defineQuery } from '../define-query.ts';
import { SLATE_COLUMNS, type SlateRow } from './slate-columns.ts';

export const slateById = defineQuery<{ readonly slate_id: string }, SlateRow & { readonly candidates: string }>({
  name: 'slate_by_id',
  description: 'One slate with everything that was logged of it; no row when it is not known.',
  grain: 'slate',
  sql: `
SELECT
    event_id, user_id, at, received_at, utc_offset_min, time_zone, session_id, device, app, slate_id, surface, context,
    policy, model, seed, exploration, log_propensity, fallback, shelves, cards, filtered, extra, candidates
FROM slate
WHERE slate_id = {slate_id:String}
ORDER BY sequence
LIMIT 1`,
  columns: { ...SLATE_COLUMNS, candidates: 'String' },
  example: { slate_id: 's1' },
});
