/** What an experiment will be able to see, from the variance that the warehouse has. */

import { DAY_MS, type EpochMs, type ExperimentDocument, toTimestamp } from '#domain';
import { allocate, metricVariance, type UnitData } from '#experiments';
import { detectableEffect, powerOf, unitsNeeded } from '#stats';
import { queries, type Warehouse } from '#warehouse';
import { adviceFor } from './analyze-running.ts';
import { COVARIATES, metricPlans } from './document-plan.ts';
import { windowOf } from './warehouse-units.ts';

export interface MetricPower {
  readonly metric: string;
  readonly role: 'success' | 'guardrail' | 'watch';
  /** Mean in the population; relative changes are of it. */
  readonly mean: number;
  /** Between units, before and after what was known of them is taken into account. */
  readonly variance: number;
  readonly varianceLeft: number;
  /** Least relative change seen with the power asked for, at the planned units. */
  readonly detectable: number;
  /** Units for the target (success) or the margin (guardrail), where there is one. */
  readonly needed: number | null;
  /** Chance of seeing a relative change, at the planned units. */
  readonly curve: readonly { readonly change: number; readonly power: number }[];
}

export interface PowerPlan {
  /** Users who were active in the 28 days before the window that was looked at. */
  readonly users: number;
  readonly metrics: readonly MetricPower[];
  /** Metrics whose variance cannot be told, with the reason. */
  readonly unknown: readonly { readonly metric: string; readonly reason: string }[];
  readonly advice: string | null;
  readonly sql: string;
}

const CHANGES = [0.0025, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5];

/**
 * Looks at the last whole window in the log as if the experiment had begun at its start. Two-sided for success, one-sided
 * at half of alpha for guardrails, as the verdict has it; sequential looks cost more (docs/concepts/sequential.md).
 */
export const planPower = async (
  warehouse: Warehouse,
  document: ExperimentDocument,
  now: EpochMs,
): Promise<PowerPlan> => {
  const window = windowOf(document);
  const rows = await warehouse.query(queries.populationUnits, {
    from: toTimestamp(now - Math.max(window, 14 * DAY_MS)),
    window_ms: window,
  });
  const data = populationData(rows);
  const plans = metricPlans(document);
  const allocation = allocate(plans, document.alpha, 1 - document.power);
  const metrics: MetricPower[] = [];
  const unknown: { metric: string; reason: string }[] = [];
  for (const plan of plans) {
    const found = metricVariance(data, plan.spec, COVARIATES);
    if (!found.ok) {
      unknown.push({ metric: found.metric, reason: found.reason });
      continue;
    }
    const alpha = plan.role === 'success' ? allocation.alphaSuccess : allocation.alphaGuardrail;
    metrics.push(powerOfMetric(document, plan, found, alpha, 1 - allocation.betaEach));
  }
  return {
    users: rows.length,
    metrics,
    unknown,
    advice: adviceFor(document, rows.length),
    sql: queries.populationUnits.sql,
  };
};

const powerOfMetric = (
  document: ExperimentDocument,
  plan: ReturnType<typeof metricPlans>[number],
  found: Extract<ReturnType<typeof metricVariance>, { ok: true }>,
  alpha: number,
  power: number,
): MetricPower => {
  const whole = document.arms.reduce((sum, arm) => sum + arm.weight, 0);
  const [control, first] = document.arms.map((arm) => arm.weight / whole) as [number, number];
  const design = {
    variance: found.variance * found.varianceLeft,
    shares: [first, control] as const,
    alpha,
    sides: 2 as const,
  };
  const base = Math.abs(found.mean);
  const target = plan.role === 'guardrail' ? plan.margin : document.target;
  return {
    metric: found.metric,
    role: plan.role,
    mean: found.mean,
    variance: found.variance,
    varianceLeft: found.varianceLeft,
    detectable: detectableEffect(design, document.planned_units, power) / base,
    needed: target === undefined ? null : unitsNeeded(design, target * base, power),
    curve: CHANGES.map((change) => ({ change, power: powerOf(design, change * base, document.planned_units) })),
  };
};

type Row = {
  readonly user_id: string;
  readonly plays: number;
  readonly minutes: number;
  readonly skips: number;
  readonly active_days: number;
  readonly returned: number;
  readonly plays_before: number;
  readonly minutes_before: number;
  readonly active_days_before: number;
};

const populationData = (rows: readonly Row[]): UnitData => {
  const column = (read: (row: Row) => number): Float64Array => Float64Array.from(rows, read);
  return {
    arms: ['everybody'],
    armOf: new Uint8Array(rows.length),
    unitOf: Uint32Array.from(rows, (_, index) => index),
    numbers: new Map([
      ['minutes', column((row) => row.minutes)],
      ['plays', column((row) => row.plays)],
      ['skips', column((row) => row.skips)],
      ['active_days', column((row) => row.active_days)],
      ['returned', column((row) => row.returned)],
      ['minutes_before', column((row) => row.minutes_before)],
      ['plays_before', column((row) => row.plays_before)],
      ['active_days_before', column((row) => row.active_days_before)],
    ]),
    words: new Map(),
  };
};
