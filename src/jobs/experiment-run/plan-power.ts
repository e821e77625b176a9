/** What an experiment will be able to see, from the variance that the warehouse has. */

import { type EpochMs, type ExperimentDocument, toTimestamp } from '#domain';
import { allocate, metricVariance, type UnitData } from '#experiments';
import { detectableEffect, powerOf, unitsNeeded } from '#stats';
import { queries, type WarehouseRows } from '#warehouse';
import { adviceFor } from './analyze-running.ts';
import { covariatesOf, metricPlan } from './document-plan.ts';
import { type Followed, figuresOf } from './unit-figures.ts';
import { type Measure, plannedMetrics, windowOf } from './unit-measures.ts';
import type { Judges } from './unit-outcomes.ts';
import { BEFORE_MS, type WindowSums, windowsFor } from './unit-windows.ts';

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
  warehouse: WarehouseRows,
  document: ExperimentDocument,
  { definitions, intents }: Judges,
  now: EpochMs,
): Promise<PowerPlan> => {
  const planned = plannedMetrics(document, definitions);
  const measures = planned.map(({ measure }) => measure);
  const from = now - Math.max(...measures.map(lengthOf));
  const asked = windowsFor(measures);
  const rows = byUser(
    await warehouse.query(queries.populationUnits, {
      from: toTimestamp(from),
      until: toTimestamp(now),
      starts: asked.starts,
      ends: asked.ends,
      return_ms: asked.return_ms,
      absences: asked.absences,
    }),
  );
  const followed = rows.map(({ userId, windows }, unit): Followed => {
    const stay = { userId, before: from - BEFORE_MS, from, to: from + windowOf(document) };
    return { unit, stay, windows, knownMs: Number.POSITIVE_INFINITY };
  });
  const reading = { warehouse, experiment: '', asked, since: from, until: now, intents };
  const data: UnitData = {
    arms: ['everybody'],
    armOf: new Uint8Array(rows.length),
    unitOf: Uint32Array.from(rows, (_, unit) => unit),
    words: new Map(),
    ...(await figuresOf(reading, measures, followed)),
  };
  const allocation = allocate(planned.map(metricPlan), document.alpha, 1 - document.power, document.arms.length - 1);
  const metrics: MetricPower[] = [];
  const unknown: { metric: string; reason: string }[] = [];
  for (const plan of planned.map(metricPlan)) {
    const found = metricVariance(data, plan.spec, covariatesOf(planned));
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

/** Until everything of a unit is known. */
const lengthOf = ({ windowMs, measured }: Measure): number => {
  if (measured.kind === 'return') return windowMs + measured.returnMs;
  return measured.kind === 'outcome' ? windowMs + measured.definition.horizonMs : windowMs;
};

const powerOfMetric = (
  document: ExperimentDocument,
  plan: ReturnType<typeof metricPlan>,
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

interface UserWindows {
  readonly userId: string;
  readonly windows: readonly WindowSums[];
}

const byUser = (rows: readonly (WindowSums & { user_id: string; place: number })[]): readonly UserWindows[] => {
  const found: { userId: string; windows: WindowSums[] }[] = [];
  for (const row of rows) {
    if (row.place === 1) found.push({ userId: row.user_id, windows: [] });
    found.at(-1)!.windows.push(row);
  }
  return found;
};
