/** What is put in comes out as it was, and what is at fault is refused. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EVENT_KINDS, toRow } from '#domain';
import { queries } from './queries/index.ts';
import { withSequence } from './tables.ts';
import {
  event,
  exported,
  insert,
  nextSequence,
  oneOfEach,
  type WarehouseHarness,
} from './warehouse-harness.contract.ts';

export const storedRowsContract = ({ open }: WarehouseHarness): void => {
  it('gives every kind of event back as it was, also after opening again', async () => {
    let warehouse = await open();
    const events = oneOfEach('u1');
    expect(new Set(events.map(({ kind }) => kind))).toEqual(new Set(EVENT_KINDS));
    await insert(warehouse, ...events);
    for (let round = 0; round < 2; round++) {
      const found = await exported(warehouse, 'u1');
      for (const one of events) {
        expect(found.find(({ eventId }) => eventId === one.eventId)).toMatchObject(one);
      }
      expect(found).toHaveLength(events.length);
      await warehouse.close();
      warehouse = await open();
    }
    await warehouse.close();
  });

  it('keeps unknown as unknown', async () => {
    const warehouse = await open();
    await insert(warehouse, event({ type: 'play', user_id: 'bare', item_id: 'track:a' }));
    const [play] = await warehouse.query(queries.userEvents, { user_id: 'bare', limit: 10 });
    expect(play).toMatchObject({ ms_played: null, skipped: null, source: null, slot: null, time_zone: null });
    await warehouse.close();
  });

  it('keeps any text, and binds values instead of reading them as SQL', async () => {
    const warehouse = await open();
    const texts = [
      ...fc.sample(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), { seed: 7, numRuns: 60 }),
      "it's",
      'a\\',
      '\\N',
      '\0',
      '{x:String}',
      'a\tb\nc',
    ];
    const distinct = [...new Set(texts)];
    const rows = distinct.map((text, index) =>
      withSequence(
        toRow(event({ type: 'play', user_id: text, item_id: 'track:a', event_id: `t${index}` })),
        nextSequence(),
      ),
    );
    await warehouse.insert('play', rows);
    for (const [index, text] of distinct.entries()) {
      const found = await warehouse.query(queries.userEvents, { user_id: text, limit: 10 });
      expect(found.map(({ event_id }) => event_id)).toEqual([`t${index}`]);
    }
    await warehouse.close();
  });

  it('takes half of a surrogate pair, which is legal JSON text', async () => {
    const warehouse = await open();
    await insert(warehouse, event({ type: 'play', user_id: 'half', item_id: 'track:a', note: '\ud800' }));
    expect(await warehouse.query(queries.userEvents, { user_id: 'half', limit: 10 })).toHaveLength(1);
    await warehouse.close();
  });

  it('refuses a row that is at fault, whole batch and all', async () => {
    const warehouse = await open();
    const good = toRow(event({ type: 'play', user_id: 'mixed', item_id: 'track:a' }));
    const bad = JSON.stringify({ ...JSON.parse(good), ms_played: 'long' });
    await expect(warehouse.insert('play', [withSequence(good, 1), withSequence(bad, 2)])).rejects.toMatchObject({
      code: 'invalid_data',
    });
    const odd = JSON.stringify({ ...JSON.parse(good), no_such_column: 1 });
    await expect(warehouse.insert('play', [withSequence(odd, 3)])).rejects.toMatchObject({ code: 'invalid_data' });
    expect(await warehouse.query(queries.userEvents, { user_id: 'mixed', limit: 10 })).toEqual([]);
    await warehouse.close();
  });

  it('takes a batch over all years there can be', async () => {
    const warehouse = await open();
    const rows = Array.from({ length: 27 }, (_, index) =>
      withSequence(
        toRow(event({ type: 'play', user_id: 'old', item_id: 'track:a', at: Date.UTC(2000 + index, 5, 1) })),
        nextSequence(),
      ),
    );
    await warehouse.insert('play', rows);
    expect(await warehouse.query(queries.userEvents, { user_id: 'old', limit: 100 })).toHaveLength(27);
    await warehouse.close();
  });

  it('tells which sequences of a range a table has', async () => {
    const warehouse = await open();
    const row = (): string => toRow(event({ type: 'play', user_id: 'seq', item_id: 'track:a' }));
    await warehouse.insert(
      'play',
      [900_001, 900_003, 900_009].map((at) => withSequence(row(), at)),
    );
    expect(await warehouse.query(queries.sequencesPresent, { table: 'play', from: 900_001, to: 900_009 })).toEqual([
      { sequence: 900_001 },
      { sequence: 900_003 },
    ]);
    await warehouse.close();
  });
};
