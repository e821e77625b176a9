/** What a cut that was declared beforehand changed: a cut metric estimates another mean than the population's. */

import type { Estimate } from '#domain';
import { percent } from '../decision/sentence.ts';
import type { MetricResult } from './compare.ts';
import type { MetricSpec } from './metric-spec.ts';

export interface CutReport {
  /** Mean of the control without the cut and with it. */
  readonly controlUncut: number;
  readonly controlCut: number;
  /** By arm: the difference without the cut, in the looks and with the covariates of the metric itself. */
  readonly arms: readonly { readonly arm: string; readonly uncut: Estimate }[];
  /** All of it in words. */
  readonly says: string;
}

/** The same metric with nothing cut; undefined when nothing is cut anyway. */
export const uncutSpec = (spec: MetricSpec): MetricSpec | undefined =>
  spec.kind === 'winsorized' || spec.kind === 'trimmed' ? { kind: 'mean', column: spec.column } : undefined;

/** `cut` and `uncut` are of the same data. */
export const cutReport = (cut: MetricResult, uncut: MetricResult): CutReport => {
  const [controlCut, controlUncut] = [cut.controlValue, uncut.controlValue];
  const arms = uncut.changes.map(({ arm, absolute }) => ({ arm, uncut: absolute }));
  const moved = arms.map(({ arm, uncut: whole }, place) => moveWords(arm, cut.changes[place]!.absolute, whole));
  const shift = controlUncut === 0 ? '' : ` by ${percent(controlCut / controlUncut - 1)}`;
  const mean = `The cut of ${cut.name} changes the control's mean${shift}, from ${figure(controlUncut)} to ${figure(controlCut)}`;
  return { controlUncut, controlCut, arms, says: `${[mean, ...moved].join('; ')}.` };
};

const moveWords = (arm: string, cut: Estimate, uncut: Estimate): string => {
  if (!(cut.ok && uncut.ok)) return `the difference of ${arm} is unknown without it`;
  const { lower, upper } = uncut.interval;
  return (
    `the difference of ${arm} from ${figure(uncut.value)} (${figure(lower)} to ${figure(upper)}) without it ` +
    `to ${figure(cut.value)}`
  );
};

const figure = (value: number): string => String(Number(value.toPrecision(4)));
