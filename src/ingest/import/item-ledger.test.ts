import { describe, expect, it } from 'vitest';
import { ItemLedger } from './item-ledger.ts';

describe('the ledger of items', () => {
  it('sends each item once, with all that its rows knew', () => {
    const ledger = new ItemLedger();
    ledger.see({ item_id: 'track:a', title: 'A', album: 'First', external_ids: ['u:1'] });
    ledger.see({ item_id: 'track:b', title: 'B' });
    ledger.see({ item_id: 'track:a', title: 'a', album: 'Second', duration_ms: 5, external_ids: ['u:2', 'u:1'] });
    ledger.see({ item_id: 'track:a', title: 'A' });
    expect(ledger.size).toBe(2);
    expect([...ledger.settle()]).toEqual([
      { item_id: 'track:a', title: 'A', album: 'First', duration_ms: 5, external_ids: ['u:1', 'u:2'] },
      { item_id: 'track:b', title: 'B' },
    ]);
    expect([...ledger.settle()]).toEqual([]);
    expect(ledger.size).toBe(2);
  });

  it('takes no field for known because a title reads like one', () => {
    const ledger = new ItemLedger();
    ledger.see({ item_id: 'track:a', title: '"album": "x"' });
    ledger.see({ item_id: 'track:a', title: 'A', album: 'Low Water' });
    expect([...ledger.settle()][0]).toMatchObject({ album: 'Low Water' });
  });

  it('bounds what one item may hold', () => {
    const ledger = new ItemLedger();
    expect(ledger.see({ item_id: 'track:a', title: 'x'.repeat(5_000_000) })).toBe(false);
    for (let i = 0; i < 500; i++) ledger.see({ item_id: 'track:b', title: 'B', external_ids: [`u:${i}`] });
    const [item] = [...ledger.settle()];
    expect(item?.external_ids).toHaveLength(100);
    expect(item?.external_ids?.at(-1)).toBe('u:99');
  });

  it('says when it is full', () => {
    const ledger = new ItemLedger({ maxItems: 2 });
    ledger.see({ item_id: 'track:a', title: 'A' });
    expect(ledger.isFull).toBe(false);
    ledger.see({ item_id: 'track:b', title: 'B' });
    expect(ledger.isFull).toBe(true);
  });
});
