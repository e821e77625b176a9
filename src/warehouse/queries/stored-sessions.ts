import { defineQuery } from '../define-query.ts';
import { TOUCHED } from './session-events.ts';

export const storedSessions = defineQuery<
  { readonly slices: number; readonly slice: number; readonly after: number },
  { readonly row: string }
>({
  name: 'stored_sessions',
  description:
    'Sessions as they stand, as JSON text without their sign, of the same users as the query sessions: what is taken ' +
    'back before they are derived again.',
  grain: 'user × session',
  sql: `
WITH${TOUCHED}
SELECT formatRowNoNewline('JSONEachRow', * EXCEPT (sign)) AS row
FROM session FINAL
WHERE cityHash64(user_id) % {slices:UInt32} = {slice:UInt32}
    AND ({after:UInt64} = 0 OR user_id IN (SELECT user_id FROM touched))`,
  columns: { row: 'String' },
  example: { slices: 1, slice: 0, after: 0 },
});
