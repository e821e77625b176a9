import { defineQuery } from '../define-query.ts';
import { TOUCHED, USER_RANGE } from './session-events.ts';

export const storedSessions = defineQuery<
  { readonly from_user: string; readonly to_user: string; readonly after: number; readonly ended_from: number },
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
WHERE ${USER_RANGE}
    AND ({after:UInt64} = 0 OR user_id IN (SELECT user_id FROM touched))`,
  columns: { row: 'String' },
  example: { from_user: '', to_user: '', after: 0, ended_from: 0 },
});
