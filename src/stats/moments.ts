/** Mean and variance in one pass, merged from parts. */

/**
 * Count, mean and sum of squared deviations of a stream of numbers [Welford1962], merged as in [Chan1983]: no difference
 * of large sums, so nothing cancels. Every part sums up to the same as one pass, to rounding.
 */
export class Moments {
  n = 0;
  /** Mean of what was added; NaN before the first value. */
  mean = Number.NaN;
  /** Sum of squared deviations from the mean. */
  squares = 0;

  static of(values: Iterable<number>): Moments {
    const moments = new Moments();
    for (const value of values) moments.add(value);
    return moments;
  }

  add(value: number): void {
    this.n++;
    if (this.n === 1) {
      this.mean = value;
      return;
    }
    const difference = value - this.mean;
    this.mean += difference / this.n;
    this.squares += difference * (value - this.mean);
  }

  merge(other: Moments): void {
    if (other.n === 0) return;
    if (this.n === 0) {
      this.n = other.n;
      this.mean = other.mean;
      this.squares = other.squares;
      return;
    }
    const n = this.n + other.n;
    const difference = other.mean - this.mean;
    this.mean += (difference * other.n) / n;
    this.squares += other.squares + (difference * difference * this.n * other.n) / n;
    this.n = n;
  }

  /** Sample variance, divided by n - 1; NaN for fewer than two values. */
  get variance(): number {
    return this.n > 1 ? this.squares / (this.n - 1) : Number.NaN;
  }

  /** Squared standard error of the mean; NaN for fewer than two values. */
  get meanVariance(): number {
    return this.variance / this.n;
  }
}
