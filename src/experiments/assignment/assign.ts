/** Which arm a unit is in: a pure function of the document and the asking context. */

import type { Device, EpochMs, ExperimentArm, ExperimentDocument, Surface } from '#domain';
import { fractionOf } from './hash.ts';

/** Who asks, where and when. */
export interface AssignmentContext {
  readonly userId: string;
  readonly sessionId?: string;
  readonly device?: Device;
  readonly surface?: Surface;
  readonly at: EpochMs;
  readonly attributes?: Readonly<Record<string, string>>;
}

export type NoArm = 'held_out' | 'other_part_of_layer' | 'not_eligible' | 'no_unit';

export type Assignment =
  | { readonly ok: true; readonly arm: ExperimentArm; readonly unit: string }
  | { readonly ok: false; readonly reason: NoArm };

/** Of all units, kept out of every experiment for good, so that the sum of what was shipped can be told. */
export const HOLDOUT_SHARE = 0.02;

const HOUR_MS = 3_600_000;

/**
 * Deterministic: the same unit gets the same arm as long as arms and weights stand. The long-term holdout is cut off
 * first, by user; then the layer's part; then eligibility; then the arm by a hash of the experiment's own. Sizes of arms
 * before eligibility do not depend on other experiments. Some microseconds.
 */
export const assign = (document: ExperimentDocument, context: AssignmentContext): Assignment => {
  const unit = unitOf(document, context);
  if (unit === undefined) return { ok: false, reason: 'no_unit' };
  if (fractionOf('holdout', context.userId) < HOLDOUT_SHARE) return { ok: false, reason: 'held_out' };
  const place = fractionOf(`layer ${document.layer}`, unit);
  if (place < document.part[0] || place >= document.part[1]) return { ok: false, reason: 'other_part_of_layer' };
  if (!isEligible(document, context)) return { ok: false, reason: 'not_eligible' };
  return { ok: true, arm: armAt(document.arms, fractionOf(`experiment ${document.name}`, unit)), unit };
};

const unitOf = (document: ExperimentDocument, context: AssignmentContext): string | undefined => {
  const cluster = document.cluster_by === undefined ? undefined : context.attributes?.[document.cluster_by];
  switch (document.unit) {
    case 'user':
      return context.userId;
    case 'session':
      return context.sessionId;
    case 'cluster':
      return cluster;
    case 'switchback': {
      // Without an attribute each user is switched on their own: an experiment that one user suffices for.
      const within = document.cluster_by === undefined ? context.userId : cluster;
      const period = Math.floor(context.at / (document.period_hours! * HOUR_MS));
      return within === undefined ? undefined : `${within}@${period}`;
    }
  }
};

const isEligible = ({ eligible }: ExperimentDocument, context: AssignmentContext): boolean => {
  const among = (allowed: readonly string[] | undefined, value: string | undefined): boolean =>
    allowed === undefined || (value !== undefined && allowed.includes(value));
  if (!among(eligible.device, context.device) || !among(eligible.surface, context.surface)) return false;
  for (const [name, values] of Object.entries(eligible.attributes ?? {})) {
    if (!among(values, context.attributes?.[name])) return false;
  }
  return true;
};

const armAt = (arms: readonly ExperimentArm[], fraction: number): ExperimentArm => {
  const whole = arms.reduce((sum, arm) => sum + arm.weight, 0);
  let end = 0;
  for (const arm of arms) {
    end += arm.weight / whole;
    if (fraction < end) return arm;
  }
  return arms.at(-1)!;
};
