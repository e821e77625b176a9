/** A query is a value: name, grain, SQL, and what comes back. One a file, in queries/. */

import type { Query, QueryParams } from './warehouse.ts';

/**
 * Declares a query. `Row` names the columns as they arrive in JavaScript: whole numbers and floats as `number`,
 * DateTime64 as `YYYY-MM-DD hh:mm:ss.SSS` (`fromTimestamp` of `#domain` reads it), Nullable as `| null`.
 */
export const defineQuery = <Params extends QueryParams, Row>(query: Query<Params, Row>): Query<Params, Row> => query;
