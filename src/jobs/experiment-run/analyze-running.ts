/** A running or ended experiment, judged by what the warehouse knows. */

import type { EpochMs, ExperimentDocument } from '#domain';
import { analyze, checkCarryOver, checkSampleRatio, type ExperimentReport, type QualityCheck } from '#experiments';
import type { Warehouse } from '#warehouse';
import { planOf } from './document-plan.ts';
import { type RunningUnits, readUnits } from './warehouse-units.ts';

export interface RunningReport {
  readonly assigned: readonly number[];
  readonly exposed: readonly number[];
  readonly users: number;
  /** Null before there are two exposed units in every arm. */
  readonly report: ExperimentReport | null;
  readonly checks: readonly QualityCheck[];
  /** What to do instead, when the world is too small for comparing users. */
  readonly advice: string | null;
}

/** Analyses all that was logged from `since` until `until`. */
export const analyzeRunning = async (
  warehouse: Warehouse,
  document: ExperimentDocument,
  since: EpochMs,
  until: EpochMs,
): Promise<RunningReport> => {
  const units = await readUnits(warehouse, document, since, until);
  const checks = checksOf(document, units);
  const exposed = units.exposed.reduce((sum, count) => sum + count, 0);
  const enough = units.exposed.every((count) => count >= 2);
  return {
    assigned: units.assigned,
    exposed: units.exposed,
    users: units.users,
    report: enough ? analyze(units.data, planOf(document, exposed), checks) : null,
    checks,
    advice: adviceFor(document, units.users),
  };
};

const checksOf = (document: ExperimentDocument, units: RunningUnits): QualityCheck[] => {
  const arms = document.arms.map((arm) => arm.name);
  const shares = document.arms.map((arm) => arm.weight);
  const sequential = document.looks !== 'fixed';
  const checks = [checkSampleRatio(arms, units.exposed, shares, { sequential, exposed: true })];
  // Only where a client logs assignment apart from exposure are these two questions.
  if (units.assigned.some((count, arm) => count !== units.exposed[arm])) {
    checks.push(checkSampleRatio(arms, units.assigned, shares, { sequential, exposed: false }));
  }
  const several = units.unitsInSeveralArms;
  const all = several + units.assigned.reduce((sum, count) => sum + count, 0);
  checks.push(
    several === 0
      ? { check: 'several_arms', state: 'passed', says: 'Every unit was in one arm alone.' }
      : {
          check: 'several_arms',
          state: several / all > 0.01 ? 'failed' : 'warning',
          statistic: several / all,
          says: `${several} of ${all} units were in more than one arm and are left out.`,
        },
  );
  if (document.unit === 'switchback') checks.push(checkCarryOver(units.data, 'user', 'exposed_at', 'minutes'));
  return checks;
};

/** Users below which arms of users cannot be compared. */
export const SMALL_WORLD = 10;

export const adviceFor = (document: ExperimentDocument, users: number): string | null => {
  if (users > SMALL_WORLD || document.unit === 'switchback') return null;
  return (
    `With ${users === 1 ? 'one user' : `${users} users`} an A/B test between users would be powerless, whatever it runs. ` +
    'Switch back and forth within each user instead (unit: switchback, period_hours: 24), interleave two rankings in ' +
    'one list, or judge the new policy on the logged slates of the old one (ritornello evaluate policy).'
  );
};
