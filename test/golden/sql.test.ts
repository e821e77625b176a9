import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openChdbWarehouse, type Query, type QueryParams, queries, type Warehouse } from '#warehouse';

/** Each query as the engine's own formatter lays it out, so that a change of SQL is read as SQL. */
const FORMAT: Query<{ readonly sql: string }, { readonly text: string }> = {
  name: 'format_query',
  description: 'A query laid out by the engine.',
  grain: 'query',
  sql: 'SELECT formatQuery({sql:String}) AS text',
  columns: { text: 'String' },
  example: { sql: 'SELECT 1' },
};

const all = Object.values(queries) as unknown as readonly Query<QueryParams, unknown>[];
const folder = mkdtempSync(join(tmpdir(), 'golden-sql-'));
let warehouse: Warehouse;

beforeAll(async () => {
  warehouse = await openChdbWarehouse({ path: folder });
});

afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

it.each(all)('$name', async ({ name, description, grain, sql }) => {
  const [row] = await warehouse.query(FORMAT, { sql });
  const text = `-- ${description}\n-- One row is: ${grain}\n${row!.text}\n`;
  await expect(text).toMatchFileSnapshot(`sql/${name}.sql`);
});

it('has no file of a query that is gone', () => {
  const files = readdirSync(new URL('./sql/', import.meta.url)).sort();
  expect(files).toEqual(all.map(({ name }) => `${name}.sql`).sort());
});
