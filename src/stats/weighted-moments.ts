/** Mean and variance of values that do not count alike. */

/**
 * Weighted mean and variance in one pass [West1979]. Weights are importances (inverse probabilities), not counts: the
 * variance of the mean is Σw²(x - mean)² / (Σw)², which knows nothing of their scale, times n / (n - 1) as with equal
 * weights. Weights are finite and not negative; @throws {RangeError} otherwise. A weight of zero adds nothing.
 */
export class WeightedMoments {
  /** Values of positive weight. */
  n = 0;
  weight = 0;
  mean = Number.NaN;
  /** Σ w (x - mean)². */
  squares = 0;
  #weight2 = 0;
  #weight2Value = 0;
  #weight2Square = 0;
  #origin = 0;

  add(value: number, weight: number): void {
    if (!(weight >= 0 && Number.isFinite(weight))) {
      throw new RangeError(`weight ${weight}: expected a finite number that is not negative`);
    }
    if (weight === 0) return;
    if (this.n === 0) {
      this.mean = value;
      this.#origin = value;
    }
    this.n++;
    this.weight += weight;
    const difference = value - this.mean;
    this.mean += (weight / this.weight) * difference;
    this.squares += weight * difference * (value - this.mean);
    // Around the first value, near the mean, so that large values of little spread do not cancel.
    const away = value - this.#origin;
    const weight2 = weight * weight;
    this.#weight2 += weight2;
    this.#weight2Value += weight2 * away;
    this.#weight2Square += weight2 * away * away;
  }

  /** Kish's effective sample size (Σw)² / Σw², in [1, n]; 0 before the first value. */
  get effectiveN(): number {
    return this.n === 0 ? 0 : (this.weight * this.weight) / this.#weight2;
  }

  /** Variance of the values under the weights, divided by Σw (1 - 1/effectiveN); NaN for fewer than two values. */
  get variance(): number {
    return this.n > 1 ? this.squares / (this.weight * (1 - 1 / this.effectiveN)) : Number.NaN;
  }

  /** Squared standard error of the weighted mean; NaN for fewer than two values. */
  get meanVariance(): number {
    if (this.n < 2) return Number.NaN;
    const shift = this.mean - this.#origin;
    const sum = this.#weight2Square - 2 * shift * this.#weight2Value + shift * shift * this.#weight2;
    return ((Math.max(0, sum) / (this.weight * this.weight)) * this.n) / (this.n - 1);
  }
}
