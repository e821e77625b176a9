/** What is told by experiment: its slices depend on each other, and intervals have to know. */

import type { Estimate } from '#domain';
import { createRng } from '#math';
import { bootstrapEstimate, type LevelOption, meanEstimate, proportionEstimate } from '#stats';

export interface OfExperiment {
  readonly experiment: string;
}

/** Experiments among these, each once whatever it was sliced into. */
export const countExperiments = (rows: readonly OfExperiment[]): number =>
  new Set(rows.map(({ experiment }) => experiment)).size;

interface Cluster {
  readonly n: number;
  readonly sum: number;
}

const clustersOf = <Row extends OfExperiment>(rows: readonly Row[], tell: (row: Row) => number): readonly Cluster[] => {
  const clusters = new Map<string, Cluster>();
  for (const row of rows) {
    const { n, sum } = clusters.get(row.experiment) ?? { n: 0, sum: 0 };
    clusters.set(row.experiment, { n: n + 1, sum: sum + tell(row) });
  }
  return [...clusters.values()];
};

/** Fewer experiments are too few to draw from. */
const FEWEST = 10;
const RESAMPLES = 1000;

/**
 * Share of rows: Wilson's interval where each experiment has one; else the bootstrap over experiments. Below ten of these,
 * and where all have the same share, the interval is that of as many independent rows as there are experiments.
 */
export const shareByExperiment = <Row extends OfExperiment>(
  rows: readonly Row[],
  holds: (row: Row) => boolean,
  options: LevelOption = {},
): Estimate => {
  const held = rows.filter(holds).length;
  const clusters = clustersOf(rows, (row) => Number(holds(row)));
  if (clusters.length === rows.length) return proportionEstimate(held, rows.length, options);
  const isAlike = clusters.every(({ n, sum }) => sum * rows.length === held * n);
  if (isAlike || clusters.length < FEWEST) {
    return proportionEstimate((held / rows.length) * clusters.length, clusters.length, options);
  }
  return drawExperiments(clusters, options);
};

/** Mean over rows: t interval where each experiment has one; else the bootstrap over experiments. */
export const meanByExperiment = <Row extends OfExperiment>(
  rows: readonly Row[],
  tell: (row: Row) => number,
  options: LevelOption = {},
): Estimate => {
  const clusters = clustersOf(rows, tell);
  return clusters.length === rows.length ? meanEstimate(rows.map(tell), options) : drawExperiments(clusters, options);
};

const drawExperiments = (clusters: readonly Cluster[], options: LevelOption): Estimate => {
  const estimate = bootstrapEstimate(
    clusters.length,
    (indices) => {
      let [n, sum] = [0, 0];
      for (const at of indices) {
        n += clusters[at]!.n;
        sum += clusters[at]!.sum;
      }
      return sum / n;
    },
    createRng('decisions of experiments'),
    { ...options, interval: 'percentile', resamples: RESAMPLES },
  );
  return estimate.ok ? { ...estimate, method: `bootstrap over experiments, ${RESAMPLES} resamples` } : estimate;
};
