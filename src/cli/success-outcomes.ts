/** Outcomes as the command line tells them. */

import type { OutcomeSummary } from '#jobs';
import type { UnitOutcome } from '#success';

export const toOutcomeJson = ({ unit_id, user_id, label, value, effort, mature, evidence }: UnitOutcome): object => ({
  unit_id,
  user_id,
  label,
  value,
  effort,
  mature,
  evidence,
});

export const shownNumber = (value: number | null): string =>
  value === null ? 'unknown' : String(Number(value.toPrecision(4)));

/** An estimate here or over the wire, where an open end is null. */
type Told =
  | {
      readonly ok: true;
      readonly value: number;
      readonly interval: { readonly lower: number | null; readonly upper: number | null };
      readonly level: number;
      readonly n: number;
    }
  | { readonly ok: false; readonly reason: string };

const shownEstimate = (estimate: Told): string => {
  if (!estimate.ok) return `cannot be told (${estimate.reason})`;
  const { value, interval, level, n } = estimate;
  const [lower, upper] = [interval.lower, interval.upper].map((end) => (end === null ? 'open' : shownNumber(end)));
  return `${shownNumber(value)}, ${level * 100} % interval ${lower} to ${upper}, ${n} users`;
};

interface Summary extends Omit<OutcomeSummary, 'success_rate' | 'value'> {
  readonly success_rate: Told;
  readonly value: Told;
}

export const summaryLines = (title: string, { units, labels, immature, success_rate, value }: Summary): string =>
  [
    title,
    `${units} units: ${labels.achieved} achieved, ${labels.failed} failed, ${labels.unknown} unknown, ${immature} not yet mature`,
    `success rate: ${shownEstimate(success_rate)}`,
    `value: ${shownEstimate(value)}`,
  ].join('\n');
