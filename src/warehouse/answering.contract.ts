/** How a warehouse answers: in blocks, within bounds, in words when it cannot, with the columns declared. */

import { expect, it } from 'vitest';
import { toRow } from '#domain';
import { queries } from './queries/index.ts';
import { streamRows } from './stream-rows.ts';
import { withSequence } from './tables.ts';
import { event, nextSequence, type WarehouseHarness } from './warehouse-harness.contract.ts';

/** The engine lays out long types over several lines. */
const oneLine = (type: string): string => type.replace(/\(\n\s+/g, '(').replace(/,\n\s+/g, ', ');

export const answeringContract = ({ open }: WarehouseHarness): void => {
  it('streams what it answers, block after block', async () => {
    const warehouse = await open();
    const rows = Array.from({ length: 3000 }, (_, index) =>
      withSequence(
        toRow(event({ type: 'play', user_id: `many${index % 7}`, item_id: `track:${index}`, ms_played: 40_000 })),
        nextSequence(),
      ),
    );
    await warehouse.insert('play', rows);
    const whole = await warehouse.query(queries.interactions, { sample_permille: 1000 });
    const streamed = [];
    for await (const block of streamRows(warehouse, queries.interactions, { sample_permille: 1000 }))
      streamed.push(...block);
    expect(streamed).toEqual(whole);
    expect(whole.filter(({ user_id }) => user_id.startsWith('many'))).toHaveLength(3000);

    // Left in the middle, it lets go; two at once do not meet.
    for await (const _ of streamRows(warehouse, queries.interactions, { sample_permille: 1000 })) break;
    const both = await Promise.all(
      [1, 2].map(async () => {
        let count = 0;
        for await (const block of streamRows(warehouse, queries.interactions, { sample_permille: 1000 }))
          count += block.length;
        return count;
      }),
    );
    expect(both).toEqual([whole.length, whole.length]);
    await warehouse.close();
  });

  it('stops a query that would cost too much, and answers the next one', async () => {
    const warehouse = await open();
    const endless = { ...queries.overview, sql: 'SELECT max(sipHash64(number)) FROM numbers(1000000000000)' };
    await expect(warehouse.query(endless, {})).rejects.toMatchObject({
      code: 'warehouse_unavailable',
      message: expect.stringContaining('overview'),
    });
    await expect(
      (async () => {
        for await (const _ of streamRows(warehouse, endless, {})) break;
      })(),
    ).rejects.toMatchObject({ code: 'warehouse_unavailable' });
    await warehouse.query(queries.overview, {});
    await warehouse.close();
  });

  it('says which query was wrong when one is', async () => {
    const warehouse = await open();
    const wrong = { ...queries.overview, name: 'wrong_one', sql: 'SELECT no_such_column FROM play' };
    await expect(warehouse.query(wrong, {})).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringMatching(/wrong_one.*no_such_column/s),
    });
    await warehouse.close();
  });

  it('answers a ping while it is open, and says when it is not', async () => {
    const warehouse = await open();
    await warehouse.ping();
    await warehouse.close();
    await warehouse.close();
    for (const call of [() => warehouse.ping(), () => warehouse.query(queries.overview, {})]) {
      await expect((async () => call())()).rejects.toMatchObject({ code: 'warehouse_unavailable' });
    }
  });

  it('knows the queries of the catalogue by example, with the columns they declare', async () => {
    const warehouse = await open();
    expect(Object.values(queries).length).toBeGreaterThan(15);
    for (const query of Object.values(queries)) {
      const asked = query as unknown as typeof queries.overview;
      await warehouse.query(asked, query.example as Record<string, never>);
      const described = await warehouse.query(
        { ...asked, sql: `DESCRIBE (${query.sql}\n)` },
        query.example as Record<string, never>,
      );
      const found = (described as unknown as { name: string; type: string }[]).map(({ name, type }) => [
        name,
        oneLine(type),
      ]);
      expect(found, query.name).toEqual(Object.entries(query.columns));
    }
    await warehouse.close();
  });
};
