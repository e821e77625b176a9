import type { Query } from '#warehouse';

/** A question that only a test asks. */
export const defineTestQuery = <Row>(sql: string): Query<Record<string, never>, Row> =>
  ({ name: 'test', description: 'asked by a test', grain: 'row', sql, columns: {}, example: {} }) as unknown as Query<
    Record<string, never>,
    Row
  >;
