import { difference, effectTest, holm } from '#stats';
import { armEffect, armValues } from '../analysis/arm-values.ts';
import type { UnitData } from '../analysis/unit-data.ts';
import type { QualityCheck } from './checks.ts';

const ALARM = 0.01;

/**
 * Whether arms differed before they were treated: an A/A test of each covariate in each arm, p-values adjusted by Holm.
 * A covariate from before cannot be changed by the treatment, so a difference is chance, or a fault of assignment.
 */
export const checkPreExposure = (data: UnitData, covariates: readonly string[]): QualityCheck => {
  const check = 'pre_exposure';
  const found = covariates.flatMap((column) => {
    const values = armValues(data, { kind: 'mean', column });
    return data.arms.slice(1).map((arm, index) => ({
      column,
      arm,
      test: effectTest(difference(armEffect(data, values, index + 1), armEffect(data, values, 0))),
    }));
  });
  const tested = found.flatMap(({ column, arm, test }) => (test.ok ? [{ column, arm, pValue: test.pValue }] : []));
  if (tested.length === 0) {
    return {
      check,
      state: 'not_possible',
      says: `Whether arms differed before they were treated is unknown: ${
        covariates.length === 0 ? 'no covariate from before was given' : 'no covariate from before can be compared'
      }.`,
    };
  }
  const adjusted = holm(tested.map((test) => test.pValue));
  const pValue = Math.min(...adjusted);
  const worst = tested[adjusted.indexOf(pValue)]!;
  const p = `p = ${pValue.toFixed(4)}${tested.length > 1 ? `, adjusted for ${tested.length} tests` : ''}`;
  return pValue < ALARM
    ? {
        check,
        state: 'failed',
        pValue,
        says: `Arm ${worst.arm} differed in ${worst.column} before it was treated (${p}): assignment was not by chance alone.`,
      }
    : { check, state: 'passed', pValue, says: `Arms were alike before they were treated (${p}).` };
};
