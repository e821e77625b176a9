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
