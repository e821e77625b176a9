/** A confidence sequence for bounded values that assumes nothing else. */

import type { Estimate } from '#domain';
import { type LevelOption, levelOf } from '../estimates/level.ts';

export interface SequenceOptions extends LevelOption {
  /** What values can be at all. */
  readonly range: readonly [lower: number, upper: number];
}

/**
 * Mean of bounded values, one at a time, with the predictable plug-in empirical Bernstein confidence sequence
 * [WaudbySmithRamdas2024, theorem 2]: with chance at least the level it holds the mean after every value at once, whatever
 * the distribution and however small the sample, for independent values or values of constant conditional mean. The
 * interval is the intersection of all so far. O(1) a value. @throws {RangeError} for a value outside the range.
 */
export class BernsteinSequence {
  #n = 0;
  #weights = 0;
  #weighted = 0;
  #penalty = 0;
  #sum = 0;
  #squares = 0;
  #lower = 0;
  #upper = 1;
  readonly #level: number;
  readonly #from: number;
  readonly #scale: number;

  constructor(options: SequenceOptions) {
    this.#level = levelOf(options);
    this.#from = options.range[0];
    this.#scale = options.range[1] - options.range[0];
    if (!(this.#scale > 0)) throw new RangeError(`range ${options.range.join(' to ')}: expected a rising one`);
  }

  add(value: number): void {
    const x = (value - this.#from) / this.#scale;
    if (!(x >= 0 && x <= 1)) throw new RangeError(`value ${value}: expected one inside the range`);
    const log = Math.log(2 / (1 - this.#level));
    // Mean and variance as known before this value: what makes the bet predictable. Half a unit of prior each.
    const mean = (0.5 + this.#sum) / (this.#n + 1);
    const variance = (0.25 + this.#squares) / (this.#n + 1);
    const t = this.#n + 1;
    const bet = Math.min(0.5, Math.sqrt((2 * log) / (variance * t * Math.log(1 + t))));
    this.#weights += bet;
    this.#weighted += bet * x;
    this.#penalty += 4 * (x - mean) ** 2 * ((-Math.log(1 - bet) - bet) / 4);
    const half = (log + this.#penalty) / this.#weights;
    const centre = this.#weighted / this.#weights;
    this.#lower = Math.max(this.#lower, centre - half);
    this.#upper = Math.min(this.#upper, centre + half);
    this.#n++;
    this.#sum += x;
    const after = (0.5 + this.#sum) / (this.#n + 1);
    this.#squares += (x - after) ** 2;
  }

  /** Reasons: `no_units`; `empty` when the values contradict a constant mean so far that no value is left. */
  estimate(): Estimate {
    if (this.#n === 0) return { ok: false, reason: 'no_units' };
    if (this.#lower > this.#upper) return { ok: false, reason: 'empty' };
    const at = (x: number): number => this.#from + this.#scale * x;
    return {
      ok: true,
      value: at(this.#sum / this.#n),
      interval: { lower: at(this.#lower), upper: at(this.#upper) },
      level: this.#level,
      n: this.#n,
      method: 'confidence sequence, empirical Bernstein',
    };
  }
}
