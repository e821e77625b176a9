/** How much of a slate is given to exploration: 10 % on average, more for those who take to new things. */

/** Mean share of slots over all listeners. */
export const MEAN_EXPLORATION = 0.1;
const LEAST_EXPLORATION = 0.02;
const MOST_EXPLORATION = 0.25;
/** After so many rejections of new things in one session there are no more of them until the next. */
const REJECTIONS_TO_STOP = 2;
/** A new listener is credited with 20 plays of an average one. */
const PRIOR: number = Math.log1p(20);

/** Learned from all listeners; applied to each. */
export interface Readiness {
  /** Mean novelty rate of the population: what is assumed of someone unknown. In [0, 1]. */
  readonly meanNovelty: number;
  /** Exploration share per unit of squared novelty rate, such that the population's mean share is `MEAN_EXPLORATION`. */
  readonly sharePerNovelty: number;
}

/** Of a listener's plays with a known artist. */
export interface Breadth {
  readonly plays: number;
  readonly artists: number;
}

/** Before anything has been learned: everyone gets about the mean. */
const USUAL_NOVELTY = 0.7;
export const UNLEARNED_READINESS: Readiness = {
  meanNovelty: USUAL_NOVELTY,
  sharePerNovelty: MEAN_EXPLORATION / USUAL_NOVELTY ** 2,
};

/**
 * ln(1 + artists) / ln(1 + plays): the exponent β of Heaps' law, artists ≈ plays^β, for this listener; a plain ratio
 * would call everyone a specialist who has listened for long. Drawn towards the population's mean while there are few
 * plays. In [0, 1].
 */
export const noveltyRate = ({ plays, artists }: Breadth, meanNovelty: number): number =>
  (Math.log1p(artists) + PRIOR * meanNovelty) / (Math.log1p(plays) + PRIOR);

/** Readiness from the whole population; without listeners, nothing is learned. O(listeners · 50). */
export const learnReadiness = (population: readonly Breadth[]): Readiness => {
  const active = population.filter(({ plays }) => plays > 0);
  if (active.length === 0) return UNLEARNED_READINESS;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanNovelty = mean(active.map(({ plays, artists }) => Math.log1p(artists) / Math.log1p(plays)));
  const rates = active.map((breadth) => noveltyRate(breadth, meanNovelty) ** 2);
  // The mean share grows with the factor, so bisection finds the one whose mean, after the bounds, is as meant.
  let low = 0;
  let high =
    MOST_EXPLORATION /
    Math.max(
      0.01,
      rates.reduce((least, rate) => Math.min(least, rate), 1),
    );
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (mean(rates.map((rate) => bounded(rate * middle))) < MEAN_EXPLORATION) low = middle;
    else high = middle;
  }
  return { meanNovelty, sharePerNovelty: high };
};

/** Share of slots given to exploration; squared, since people's rates lie close together. In {0} ∪ [0.02, 0.25]. */
export const explorationShare = (breadth: Breadth, readiness: Readiness, rejections: number): number => {
  if (rejections >= REJECTIONS_TO_STOP) return 0;
  return bounded(readiness.sharePerNovelty * noveltyRate(breadth, readiness.meanNovelty) ** 2);
};

const bounded = (share: number): number => Math.min(MOST_EXPLORATION, Math.max(LEAST_EXPLORATION, share));
