import { type PairedTestOptions, pairedTest } from './paired-test.ts';

/** How often a measure tells two systems apart. */
export interface DiscriminativePower {
  /** Pairs of systems for which the test says p < level, out of those it says anything about. */
  readonly apart: number;
  readonly pairs: number;
  /** p-values by pair, in the order (1, 0), (2, 0), (2, 1), …; undefined where the test says nothing. */
  readonly pValues: readonly (number | undefined)[];
}

/**
 * Discriminative power [Sakai2006]: the share of pairs of systems that a measure tells apart at a level, with the same
 * topics and test for all measures that are compared. `values` has one list a system, over the same topics. The pairs
 * are not corrected for their number: it is measures that are compared, not systems. O(systems²) tests.
 */
export const discriminativePower = (
  values: readonly ArrayLike<number>[],
  options: PairedTestOptions & { readonly level: number },
): DiscriminativePower => {
  const pValues: (number | undefined)[] = [];
  for (let of = 1; of < values.length; of++) {
    for (let against = 0; against < of; against++) {
      const result = pairedTest(values[of]!, values[against]!, options);
      pValues.push(result.ok ? result.pValue : undefined);
    }
  }
  const known = pValues.filter((p) => p !== undefined);
  return { apart: known.filter((p) => p < options.level).length, pairs: known.length, pValues };
};
