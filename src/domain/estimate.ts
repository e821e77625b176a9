/** A number that was estimated, or the reason why there is none. No number ever stands for "could not compute". */

export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

export type Estimate =
  | {
      readonly ok: true;
      readonly value: number;
      readonly interval: Interval;
      /** Coverage the interval aims at, in (0, 1). */
      readonly level: number;
      /** Units the estimate rests on. */
      readonly n: number;
      readonly method: string;
    }
  | { readonly ok: false; readonly reason: string };

const REASONS: Readonly<Record<string, string>> = {
  no_units: 'nobody has it yet',
  one_unit: 'one unit alone, and how much others differ cannot be told',
  no_variance: 'it is the same for every unit',
  zero_variance: 'it is the same for every unit',
  zero_mean: 'it is zero, and nothing can be relative to that',
  zero_denominator: 'nothing happened that it could be a share of',
  not_finite: 'too few units have it',
  too_early_to_look: 'the first planned look is not reached',
  not_reached: 'too few have come back yet to read it from the curve',
  one_arm_a_user: 'nobody had a period of each arm yet',
};

/** Why there is no estimate of an effect, for a person. */
export const effectReason = (reason: string): string => REASONS[reason] ?? reason.replaceAll('_', ' ');
