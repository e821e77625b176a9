import { defineQuery } from '../define-query.ts';
import { IS_LISTEN } from './listen-rule.ts';

export const diversityPlays = defineQuery<
  { readonly from: string; readonly moment: string },
  { readonly user_id: string; readonly item_id: string; readonly listens: number }
>({
  name: 'diversity_plays',
  description: 'What each user listened to in a window, and how often: what the diversity of their taste is made of.',
  grain: 'user × item',
  sql: `
SELECT user_id, item_id, sum(${IS_LISTEN}) AS listens
FROM play
WHERE at >= {from:DateTime64(3, 'UTC')} AND at < {moment:DateTime64(3, 'UTC')}
GROUP BY user_id, item_id
HAVING listens > 0
ORDER BY user_id, item_id`,
  columns: { user_id: 'String', item_id: 'String', listens: 'UInt64' },
  example: { from: '2026-01-01 00:00:00.000', moment: '2026-01-29 00:00:00.000' },
});
