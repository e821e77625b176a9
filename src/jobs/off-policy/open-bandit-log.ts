/** Raw logs in the format of the Open Bandit Dataset [Saito2021]. */

import { EngineError } from '#domain';
import { readTable, type Table, type TableRow } from './read-table.ts';

/** One array a field, one place a round. */
export interface BanditLog {
  readonly rounds: number;
  /** Items are numbered from 0. */
  readonly actions: Uint32Array;
  readonly actionCount: number;
  /** From 0; in the file from 1. */
  readonly positions: Uint32Array;
  readonly positionCount: number;
  readonly rewards: Float64Array;
  readonly loggedProbabilities: Float64Array;
  /** One array a user feature: index of the value among those of the log. */
  readonly userFeatures: readonly Uint32Array[];
  readonly userFeatureSizes: readonly number[];
  /** rounds × actions, row-major: affinity of the user and each item; undefined when the log has none. */
  readonly affinities: Float32Array | undefined;
}

const REQUIRED = ['item_id', 'position', 'click', 'propensity_score'] as const;

/**
 * Columns item_id (0 …), position (1 …), click, propensity_score, any number of user_feature_… (categories) and
 * user-item_affinity_… (one an item); others are not looked at.
 * @throws {EngineError} unreadable_file, invalid_data.
 */
export const readOpenBanditLog = async (path: string): Promise<BanditLog> => {
  const table = await readTable(path, REQUIRED);
  const categories = starting(table, 'user_feature_').map((column) => ({ column, known: new Map<string, number>() }));
  const affinityColumns = starting(table, 'user-item_affinity_');
  const read = {
    actions: [] as number[],
    positions: [] as number[],
    rewards: [] as number[],
    logged: [] as number[],
    features: categories.map((): number[] => []),
    affinities: [] as number[],
  };
  for await (const row of table.rows) {
    read.actions.push(indexAt(row, 'item_id', 0, table.path));
    read.positions.push(indexAt(row, 'position', 1, table.path));
    read.rewards.push(row.amount('click'));
    read.logged.push(row.amount('propensity_score'));
    categories.forEach(({ column, known }, at) => {
      const name = row.text(column);
      if (!known.has(name)) known.set(name, known.size);
      read.features[at]!.push(known.get(name)!);
    });
    for (const column of affinityColumns) read.affinities.push(row.amount(column));
  }
  const actionCount = read.actions.reduce((most, action) => Math.max(most, action + 1), affinityColumns.length);
  if (affinityColumns.length > 0 && affinityColumns.length < actionCount) {
    throw new EngineError(
      'invalid_data',
      `${path} has ${affinityColumns.length} columns user-item_affinity_… and items up to ${actionCount - 1}: expected one an item`,
    );
  }
  return {
    rounds: read.actions.length,
    actions: Uint32Array.from(read.actions),
    actionCount,
    positions: Uint32Array.from(read.positions),
    positionCount: read.positions.reduce((most, position) => Math.max(most, position + 1), 0),
    rewards: Float64Array.from(read.rewards),
    loggedProbabilities: Float64Array.from(read.logged),
    userFeatures: read.features.map((values) => Uint32Array.from(values)),
    userFeatureSizes: categories.map(({ known }) => known.size),
    affinities: affinityColumns.length === 0 ? undefined : Float32Array.from(read.affinities),
  };
};

const starting = (table: Table, prefix: string): readonly string[] =>
  table.header.filter((name) => name.startsWith(prefix));

const indexAt = (row: TableRow, column: string, from: number, path: string): number => {
  const value = row.amount(column);
  if (Number.isInteger(value) && value >= from && value < 2 ** 24) return value - from;
  throw new EngineError(
    'invalid_data',
    `${path}, row ${row.number}, ${column}: ${value}, expected a whole number from ${from} on`,
  );
};
