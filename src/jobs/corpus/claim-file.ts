/** An observational claim examined on a file: one line a person. */

import { type Claim, examineClaim } from '#experiments';
import { numberColumn } from '../tables/columns.ts';
import { readTable } from '../tables/read-table.ts';

export interface ClaimFileOptions {
  readonly data: string;
  readonly exposure: string;
  readonly outcome: string;
  readonly covariates: readonly string[];
  readonly instrument?: string;
  readonly negativeControl?: string;
  readonly level: number;
}

/** @throws {EngineError} unreadable_file, invalid_data */
export const claimFile = async (options: ClaimFileOptions): Promise<Claim> => {
  const table = await readTable(options.data);
  const columns = options.covariates.map((name) => numberColumn(table, name));
  const { instrument, negativeControl } = options;
  return examineClaim(
    {
      outcome: numberColumn(table, options.outcome),
      exposure: numberColumn(table, options.exposure),
      covariates: {
        values: table.rows.flatMap((_, row) => columns.map((column) => column[row]!)),
        p: columns.length,
      },
      ...(instrument !== undefined && { instrument: numberColumn(table, instrument) }),
      ...(negativeControl !== undefined && { negativeControl: numberColumn(table, negativeControl) }),
    },
    { level: options.level },
  );
};
