import { expect, it } from 'vitest';
import { receiptsSchema } from '#api';
import { toReceipts } from './receipts.ts';

it('gives each entry its result in the order sent, whoever refused it', () => {
  const refused = new Map([[1, [{ field: '', reason: 'the line is not JSON' }]]]);
  const entries = { count: 4, good: [{}, {}, {}], goodAt: [0, 2, 3], refused };
  const receipts = toReceipts(entries, [
    { outcome: 'accepted' },
    { outcome: 'refused', fields: [{ field: 'at', reason: 'too old' }] },
    { outcome: 'repeated' },
  ]);
  expect(receipts).toEqual({
    accepted: 1,
    repeated: 1,
    refused: 2,
    results: [
      { index: 0, outcome: 'accepted' },
      { index: 1, outcome: 'refused', errors: [{ field: '', reason: 'the line is not JSON' }] },
      { index: 2, outcome: 'refused', errors: [{ field: 'at', reason: 'too old' }] },
      { index: 3, outcome: 'repeated' },
    ],
  });
  expect(receiptsSchema.parse(receipts)).toEqual(receipts);
});
