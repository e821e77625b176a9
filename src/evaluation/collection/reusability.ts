/** Whether a collection judges fairly a system that did not help to make it. */

import { type Correlation, kendallTau } from '#stats';

/** A team's run, judged with all judgments and without those that only the team's own runs brought in. */
export interface LeftOutRun {
  readonly team: string;
  readonly run: string;
  readonly withTeam: number;
  readonly withoutTeam: number;
  /** Places it falls (above 0) or climbs when it is judged as a stranger among the others. */
  readonly places: number;
}

export interface ReusabilityReport {
  readonly measure: string;
  readonly runs: readonly LeftOutRun[];
  /** Relevant documents of the pool that one team alone brought in, and all relevant ones. */
  readonly unique: number;
  readonly relevant: number;
  /** Largest and mean loss of a run, as shares of its value; undefined where no run has a value above 0. */
  readonly largestLoss: number | undefined;
  readonly meanLoss: number | undefined;
  /** Kendall's τ between the order of all runs and the order in which each run stands as a stranger. */
  readonly tau: Correlation;
}

export interface MeasuredRun {
  readonly team: string;
  readonly run: string;
  readonly value: number;
  /** The same run judged without what its team alone brought into the pool. */
  readonly asStranger: number;
}

/**
 * Leave-one-team-out [Zobel1998]: each team's runs are judged again without the judgments of documents that no other team
 * brought in, as if the team came later. Runs that fall far say that the pool is too shallow for new systems.
 */
export const reusability = (
  measure: string,
  runs: readonly MeasuredRun[],
  { unique, relevant }: { readonly unique: number; readonly relevant: number },
): ReusabilityReport => {
  const left = runs.map((run) => ({
    team: run.team,
    run: run.run,
    withTeam: run.value,
    withoutTeam: run.asStranger,
    places: placeAmong(runs, run, run.asStranger) - placeAmong(runs, run, run.value),
  }));
  const losses = runs.filter(({ value }) => value > 0).map(({ value, asStranger }) => (value - asStranger) / value);
  const mean = losses.length === 0 ? undefined : losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  return {
    measure,
    runs: left,
    unique,
    relevant,
    largestLoss: losses.length === 0 ? undefined : Math.max(...losses),
    meanLoss: mean,
    tau: kendallTau(
      runs.map(({ value }) => value),
      runs.map(({ asStranger }) => asStranger),
    ),
  };
};

/** Rank of a value among the other runs as they are. */
const placeAmong = (runs: readonly MeasuredRun[], self: MeasuredRun, value: number): number =>
  runs.filter((other) => other !== self && other.value > value).length;
