/** Diversity and return on the wire. */

import type { DiversityWire } from '#api';
import type { DiversityReport } from '#jobs';
import { toTime } from '#wire';
import { toEstimate } from './metrics.ts';

const REASONS: Readonly<Record<NonNullable<DiversityReport['reason']>, string>> = {
  no_model: 'no als model has been learned yet, and without vectors of items no taste has a breadth: ritornello train',
  few_users: 'fewer than ten listeners played ten times in the 28 days what the model knows',
  not_over: 'the time for a return is not over yet: 28 days of plays and the horizon after them must have passed',
};

export const toDiversity = (report: DiversityReport): DiversityWire => ({
  moment: toTime(report.moment),
  horizon: report.horizon,
  experiment: report.experiment,
  users: report.users,
  too_few_plays: report.tooFewPlays,
  parts: report.parts.map(({ diversity, users, returned }) => ({ diversity, users, returned: toEstimate(returned) })),
  claim: report.claim && claimOf(report.claim),
  reason: report.reason && REASONS[report.reason],
  sql: report.sql,
});

const claimOf = (claim: NonNullable<DiversityReport['claim']>): DiversityWire['claim'] => ({
  status: claim.status,
  says: claim.says,
  plain: toEstimate(claim.plain),
  adjusted: toEstimate(claim.adjusted),
  instrument: claim.instrument && toEstimate(claim.instrument.effect),
  first_stage_f: claim.instrument?.firstStageF ?? null,
  e_value: claim.eValue && { value: claim.eValue.value, interval: claim.eValue.interval },
  negative_control: claim.negativeControl && toEstimate(claim.negativeControl),
});
