/** A running or ended experiment, judged by what the warehouse knows. */

import type { EpochMs, ExperimentDocument } from '#domain';
import {
  analyze,
  checkCarryOver,
  checkNovelty,
  checkSampleRatio,
  type ExperimentReport,
  type QualityCheck,
  type SwitchbackTest,
  switchbackTest,
  type UnitData,
} from '#experiments';
import type { WarehouseRows } from '#warehouse';
import { planOf } from './document-plan.ts';
import { judgedUnits, type LookPath, pathOf } from './look-path.ts';
import { periodsOf } from './switchback-periods.ts';
import { type Measure, type PlannedMetric, plannedMetrics } from './unit-measures.ts';
import type { Judges } from './unit-outcomes.ts';
import { halfColumns, halvesOf, type RunningUnits, readUnits } from './warehouse-units.ts';

export interface RunningReport {
  readonly assigned: readonly number[];
  readonly exposed: readonly number[];
  readonly users: number;
  /** Null before there are two exposed units in every arm. */
  readonly report: ExperimentReport | null;
  readonly checks: readonly QualityCheck[];
  /** Of a switchback: each metric by the test over the draws of arms that could have been made. */
  readonly randomization: readonly (SwitchbackTest & { readonly metric: string })[];
  /** Success metrics as they stood at each look, where looking is part of the plan. */
  readonly path: readonly LookPath[];
  /** What to do instead, when the world is too small for comparing users. */
  readonly advice: string | null;
}

export interface Judged extends Judges {
  readonly since: EpochMs;
  readonly until: EpochMs;
}

/** Analyses what was logged from `since` until `until`. */
export const analyzeRunning = async (
  warehouse: WarehouseRows,
  document: ExperimentDocument,
  { since, until, ...judges }: Judged,
): Promise<RunningReport> => {
  const metrics = plannedMetrics(document, judges.definitions);
  const measures = metrics.map(({ measure }) => measure);
  const units = await readUnits(warehouse, document, measures, { ...judges, since, until });
  const checks = checksOf(document, measures, units);
  const judged = judgedUnits(document, units.data);
  const enough = judged.arms.every((_, arm) => judged.armOf.filter((own) => own === arm).length >= 2);
  return {
    assigned: units.assigned,
    exposed: units.exposed,
    users: units.users,
    report: enough ? analyze(judged, planOf(document, metrics, judged), checks) : null,
    checks,
    randomization: document.unit === 'switchback' ? randomizationOf(document, metrics, judged) : [],
    path: enough ? pathOf(document, metrics, judged) : [],
    advice: adviceFor(document, units.users),
  };
};

const randomizationOf = (
  document: ExperimentDocument,
  metrics: readonly PlannedMetric[],
  data: UnitData,
): RunningReport['randomization'] =>
  metrics.flatMap(({ measure }) => {
    const { numbers, words, armOf } = periodsOf(data, measure);
    const values = numbers.get('followed')!;
    const users = words.get('user')!;
    const periods = [...values.keys()]
      .filter((unit) => !Number.isNaN(values[unit]!))
      .map((unit) => ({ user: users[unit]!, arm: armOf[unit]!, value: values[unit]! }));
    const options = { weights: document.arms.map(({ weight }) => weight), alpha: document.alpha };
    return data.arms.slice(1).map((_, n) => ({
      metric: measure.metric.name,
      ...switchbackTest(periods, data.arms, n + 1, options),
    }));
  });

const checksOf = (document: ExperimentDocument, measures: readonly Measure[], units: RunningUnits): QualityCheck[] => {
  const arms = document.arms.map((arm) => arm.name);
  const shares = document.arms.map((arm) => arm.weight);
  const sequential = document.looks !== 'fixed';
  const checks = [checkSampleRatio(arms, units.exposed, shares, { sequential, exposed: true })];
  // Only where a client logs assignment apart from exposure are these two questions.
  if (units.assigned.some((count, arm) => count !== units.exposed[arm])) {
    checks.push(checkSampleRatio(arms, units.assigned, shares, { sequential, exposed: false }));
  }
  checks.push(severalArms(units));
  if (document.unit === 'switchback') {
    checks.push(checkCarryOver(periodsOf(units.data, measures[0]!), 'user', 'period', 'followed'));
  }
  for (const half of halvesOf(document, measures)) checks.push(noveltyOf(half.metric.name, units.data));
  return checks.filter(({ check }) => document.checks.some((wanted) => check.replace('_exposed', '') === wanted));
};

const severalArms = ({ unitsInSeveralArms: several, assigned }: RunningUnits): QualityCheck => {
  if (several === 0) return { check: 'several_arms', state: 'passed', says: 'Every unit was in one arm alone.' };
  const all = several + assigned.reduce((sum, count) => sum + count, 0);
  return {
    check: 'several_arms',
    state: several / all > 0.01 ? 'failed' : 'warning',
    statistic: several / all,
    says: `${several} of ${all} units were in more than one arm and are left out.`,
  };
};

/** Two rows a unit: the first half of its window and the second. */
const noveltyOf = (name: string, data: UnitData): QualityCheck => {
  const { early, late } = halfColumns(name);
  const rows = data.unitOf.length;
  const both = (first: Float64Array, second: Float64Array) => Float64Array.from([...first, ...second]);
  const halves: UnitData = {
    ...data,
    unitOf: Uint32Array.from([...data.unitOf, ...data.unitOf]),
    numbers: new Map([
      [name, both(data.numbers.get(early)!, data.numbers.get(late)!)],
      ['half', both(new Float64Array(rows), new Float64Array(rows).fill(1))],
    ]),
  };
  return checkNovelty(halves, { kind: 'mean', column: name }, 'half');
};

/** Users below which arms of users cannot be compared. */
export const SMALL_WORLD = 10;

export const adviceFor = (document: ExperimentDocument, users: number): string | null => {
  // Before anybody is there the size of the world is not known.
  if (users === 0 || users > SMALL_WORLD || document.unit === 'switchback') return null;
  return (
    `With ${users === 1 ? 'one user' : `${users} users`} an A/B test between users would be powerless, whatever it runs. ` +
    'Switch back and forth within each user instead (unit: switchback, period_hours: 24), interleave two rankings in ' +
    'one list, or judge the new policy on the logged slates of the old one (ritornello evaluate policy).'
  );
};
