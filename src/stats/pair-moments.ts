/** Means, variances and covariance of pairs in one pass, merged from parts. */

/** As `Moments`, for pairs (x, y): what covariances, slopes, ratios and variance reduction are made of. */
export class PairMoments {
  n = 0;
  meanX = Number.NaN;
  meanY = Number.NaN;
  squaresX = 0;
  squaresY = 0;
  /** Sum of products of deviations. */
  products = 0;

  add(x: number, y: number): void {
    this.n++;
    if (this.n === 1) {
      this.meanX = x;
      this.meanY = y;
      return;
    }
    const differenceX = x - this.meanX;
    const differenceY = y - this.meanY;
    this.meanX += differenceX / this.n;
    this.meanY += differenceY / this.n;
    this.squaresX += differenceX * (x - this.meanX);
    this.squaresY += differenceY * (y - this.meanY);
    this.products += differenceX * (y - this.meanY);
  }

  merge(other: PairMoments): void {
    if (other.n === 0) return;
    if (this.n === 0) {
      Object.assign(this, other);
      return;
    }
    const n = this.n + other.n;
    const share = (this.n * other.n) / n;
    const differenceX = other.meanX - this.meanX;
    const differenceY = other.meanY - this.meanY;
    this.squaresX += other.squaresX + differenceX * differenceX * share;
    this.squaresY += other.squaresY + differenceY * differenceY * share;
    this.products += other.products + differenceX * differenceY * share;
    this.meanX += (differenceX * other.n) / n;
    this.meanY += (differenceY * other.n) / n;
    this.n = n;
  }

  get varianceX(): number {
    return this.n > 1 ? this.squaresX / (this.n - 1) : Number.NaN;
  }

  get varianceY(): number {
    return this.n > 1 ? this.squaresY / (this.n - 1) : Number.NaN;
  }

  get covariance(): number {
    return this.n > 1 ? this.products / (this.n - 1) : Number.NaN;
  }

  /** Pearson's correlation, in [-1, 1]; NaN when x or y does not vary. */
  get correlation(): number {
    const scale = Math.sqrt(this.squaresX) * Math.sqrt(this.squaresY);
    return scale > 0 ? Math.max(-1, Math.min(1, this.products / scale)) : Number.NaN;
  }
}
