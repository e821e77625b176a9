/** The tables by name, and the one column that rows get on their way in. */

import { EVENT_KINDS } from '#domain';
import type { DerivedTable, TableName } from './warehouse.ts';

export const TABLES: readonly TableName[] = [...EVENT_KINDS, 'item', 'unit'];

/** What can be made again from the events, and holds listeners' rows all the same. */
export const DERIVED_TABLES: readonly DerivedTable[] = ['session', 'user_day'];

/** The journal's row (a JSON object without `sequence`) with its place in the journal. */
export const withSequence = (row: string, sequence: number): string => `{"sequence":${sequence},${row.slice(1)}`;
