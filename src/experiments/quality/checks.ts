/** Whether the data of an experiment can be trusted at all. */

/** `failed` makes every number of the experiment suspect, `warning` some; `passed` is told, too. */
export interface QualityCheck {
  readonly check:
    | 'sample_ratio'
    | 'sample_ratio_exposed'
    | 'several_arms'
    | 'pre_exposure'
    | 'novelty'
    | 'interference'
    | 'carry_over'
    | 'heavy_tail';
  readonly state: 'passed' | 'warning' | 'failed' | 'not_possible';
  readonly statistic?: number;
  readonly pValue?: number;
  /** What was looked at and found, in words. */
  readonly says: string;
}
