/** The surrogate index from two files: people of the past with their outcome, and people of a test. */

import { EngineError, type Estimate } from '#domain';
import { fitSurrogateIndex, surrogateEffect } from '#experiments';
import { numberColumn, textColumn } from '../tables/columns.ts';
import { readTable, type Table } from '../tables/read-table.ts';

export interface SurrogateFilesOptions {
  readonly history: string;
  readonly test: string;
  readonly outcome: string;
  /** Columns of both files; `plays_day_*` stands for all of the history that begin so, the outcome left out. */
  readonly surrogates: readonly string[];
  readonly arm: string;
  /** The arm that is control. */
  readonly control: string;
  readonly level: number;
}

export interface SurrogateReport {
  readonly people: number;
  readonly rSquared: number;
  readonly weights: readonly { readonly surrogate: string; readonly weight: number }[];
  readonly effects: readonly { readonly arm: string; readonly effect: Estimate }[];
}

const matrixOf = (table: Table, names: readonly string[]): Float64Array => {
  const columns = names.map((name) => numberColumn(table, name));
  return Float64Array.from(
    { length: table.rows.length * names.length },
    (_, at) => columns[at % names.length]![Math.floor(at / names.length)]!,
  );
};

const expand = (name: string, table: Table, outcome: string): readonly string[] => {
  if (!name.endsWith('*')) return [name];
  const found = table.columns.filter((column) => column.startsWith(name.slice(0, -1)) && column !== outcome);
  if (found.length > 0) return found;
  throw new EngineError(
    'invalid_data',
    `${table.path} has no column like "${name}": it has ${table.columns.join(', ')}`,
  );
};

/** @throws {EngineError} unreadable_file, invalid_data */
export const surrogateFiles = async (options: SurrogateFilesOptions): Promise<SurrogateReport> => {
  const { outcome, arm, control, level } = options;
  const [past, test] = [await readTable(options.history), await readTable(options.test)];
  const surrogates = options.surrogates.flatMap((name) => expand(name, past, outcome));
  const p = surrogates.length;
  const index = fitSurrogateIndex({ surrogates: matrixOf(past, surrogates), p, outcomes: numberColumn(past, outcome) });
  if (index === undefined) {
    const reason = `expected more than ${p + 1} people, and surrogates that do not repeat each other`;
    throw new EngineError('invalid_data', `${options.history} cannot teach an index: ${reason}`);
  }
  const arms = textColumn(test, arm);
  const others = [...new Set(arms)].filter((name) => name !== control);
  if (others.length === new Set(arms).size) {
    throw new EngineError('invalid_data', `${options.test} has no arm "${control}": it has ${others.join(', ')}`);
  }
  const values = matrixOf(test, surrogates);
  return {
    people: index.n,
    rSquared: index.rSquared,
    weights: surrogates.map((surrogate, j) => ({ surrogate, weight: index.weights[j]! })),
    effects: others.map((name) => {
      const rows = arms.map((_, row) => row).filter((row) => arms[row] === name || arms[row] === control);
      const effect = surrogateEffect(
        index,
        {
          surrogates: rows.flatMap((row) => Array.from(values.subarray(row * p, (row + 1) * p))),
          p,
          treated: rows.map((row) => Number(arms[row] === name)),
        },
        { level },
      );
      return { arm: name, effect };
    }),
  };
};
