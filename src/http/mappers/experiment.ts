/** Experiments on the wire. */

import type { Arm, ExperimentAnalysis, ExperimentPower, ExperimentEntry as WireEntry } from '#api';
import type { EpochMs, ExperimentDocument } from '#domain';
import type { ExperimentReport } from '#experiments';
import type { PowerPlan, RunningReport } from '#jobs';
import { toTime, toTimeOrNull } from '#wire';
import type { ArmAnswer, ExperimentEntry } from '../answers.ts';

export const toEntry = ({ document, state, createdAt, startedAt, stoppedAt }: ExperimentEntry): WireEntry => ({
  document,
  state,
  created_at: toTime(createdAt),
  started_at: toTimeOrNull(startedAt),
  stopped_at: toTimeOrNull(stoppedAt),
});

export const toPower = ({ users, metrics, unknown, advice, sql }: PowerPlan): ExperimentPower => ({
  users,
  metrics: metrics.map(({ varianceLeft, curve, ...metric }) => ({
    ...metric,
    variance_left: varianceLeft,
    curve: curve.map((point) => ({ ...point })),
  })),
  unknown: [...unknown],
  advice,
  sql,
});

export const toAnalysis = (
  document: ExperimentDocument,
  {
    until,
    users,
    assigned,
    exposed,
    report,
    checks,
    path,
    randomization,
    advice,
    sql,
  }: RunningReport & { readonly until: EpochMs; readonly sql: string },
): ExperimentAnalysis => ({
  until: toTime(until),
  users,
  arms: document.arms.map(({ name }, arm) => ({ arm: name, assigned: assigned[arm]!, exposed: exposed[arm]! })),
  planned_units: document.planned_units,
  allocation: report && allocationOf(report),
  checks: (report?.checks ?? checks).map(({ check, state, pValue, says }) => ({
    check,
    state,
    p_value: pValue ?? null,
    says,
  })),
  metrics: report?.metrics.map(metricOf) ?? [],
  slices: report?.slices.map(sliceOf) ?? [],
  path: path.map(({ metric, arm, looks }) => ({
    metric,
    arm,
    looks: looks.map(({ units, at, relative }) => ({ units, at: toTime(at), relative })),
  })),
  randomization: randomization.map(({ pValue, ...test }) => ({ ...test, p_value: pValue })),
  verdicts: report?.verdicts.map(({ arm, decision, sentence }) => ({ arm, decision, sentence })) ?? [],
  advice,
  sql,
});

const sliceOf = ({
  heterogeneity,
  tooSmall,
  slices,
  ...of
}: ExperimentReport['slices'][number]): ExperimentAnalysis['slices'][number] => ({
  ...of,
  heterogeneity: heterogeneity ?? null,
  slices: slices.map(({ pValue, ...slice }) => ({ ...slice, p_value: pValue ?? null })),
  too_small: [...tooSmall],
});

const allocationOf = ({ allocation }: ExperimentReport): ExperimentAnalysis['allocation'] => ({
  alpha: allocation.alpha,
  alpha_success: allocation.alphaSuccess,
  alpha_guardrail: allocation.alphaGuardrail,
  beta: allocation.beta,
  beta_each: allocation.betaEach,
});

const metricOf = ({
  name,
  plan,
  alpha,
  varianceLeft,
  arms,
  changes,
  cut,
}: ExperimentReport['metrics'][number]): ExperimentAnalysis['metrics'][number] => ({
  metric: name,
  role: plan.role,
  better: plan.better,
  margin: plan.margin ?? null,
  alpha,
  variance_left: varianceLeft,
  arms: arms.map(({ arm, estimate }) => ({ arm, estimate })),
  changes: changes.map(({ arm, absolute, relativeUnadjusted, relative, test }) => ({
    arm,
    absolute,
    // A guardrail is judged by the unadjusted interval.
    relative: plan.role === 'success' ? relative : relativeUnadjusted,
    p_value: test.ok ? test.pValue : null,
  })),
  cut: cut === undefined ? null : cutOf(cut),
});

const cutOf = ({
  controlUncut,
  controlCut,
  arms,
  says,
}: NonNullable<ExperimentReport['metrics'][number]['cut']>): ExperimentAnalysis['metrics'][number]['cut'] => ({
  control_uncut: finite(controlUncut),
  control_cut: finite(controlCut),
  arms: arms.map(({ arm, uncut }) => ({ arm, uncut })),
  says,
});

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

export const toArm = ({ experiment, assignment }: ArmAnswer): Arm =>
  assignment.ok
    ? { experiment, arm: assignment.arm.name, value: assignment.arm.value, unit: assignment.unit, reason: null }
    : { experiment, arm: null, unit: null, reason: assignment.reason };
