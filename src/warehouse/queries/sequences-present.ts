import { defineQuery } from '../define-query.ts';
import type { TableName } from '../warehouse.ts';

export const sequencesPresent = defineQuery<
  { readonly table: TableName; readonly from: number; readonly to: number },
  { readonly sequence: number }
>({
  name: 'sequences_present',
  description: 'Journal sequences in [from, to) that a table already has: what the writer must not insert again.',
  grain: 'row of the table',
  sql: `
SELECT sequence
FROM {table:Identifier}
WHERE sequence >= {from:UInt64} AND sequence < {to:UInt64}
ORDER BY sequence`,
  columns: { sequence: 'UInt64' },
  example: { table: 'play', from: 1, to: 100 },
});
