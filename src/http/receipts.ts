/** What became of each entry of a body, as JSON text. */

import type { Receipts } from '#api';
import type { Receipt } from '#ingest';
import type { Entries } from './entries.ts';

/** Joins what was refused at the door with what the engine said of the rest; one result per entry, in order. */
export const toReceipts = (entries: Entries, answered: readonly Receipt[]): Receipts => {
  const results: Receipts['results'] = new Array(entries.count);
  const counts = { accepted: 0, repeated: 0, refused: entries.refused.size };
  for (const [index, fields] of entries.refused) {
    results[index] = { index, outcome: 'refused', errors: fields.map(({ field, reason }) => ({ field, reason })) };
  }
  answered.forEach((receipt, position) => {
    const index = entries.goodAt[position]!;
    counts[receipt.outcome] += 1;
    results[index] =
      receipt.outcome === 'refused'
        ? {
            index,
            outcome: 'refused',
            errors: receipt.fields.map(({ field, reason }) => ({ field, reason })),
          }
        : { index, outcome: receipt.outcome };
  });
  return { ...counts, results };
};
