/** A Brownian path looked at a few times: its density among paths that have not crossed, carried from look to look. */

import { normal } from '../distributions/normal.ts';

/** Where the integration is cut, in standard deviations: Φ(-9) ≈ 1e-19 lies beyond. */
const FAR = 9;
/** Width of the grid in standard deviations of the step to the next look, and the least number of points. */
const STEP = 0.08;
const LEAST = 160;

/**
 * Density of S(t) = B(t) + drift·t for paths that stayed inside all bounds so far [Armitage1969], on points of Simpson's
 * rule [Jennison2000, section 19.2]. Before the first look all paths are at 0.
 */
export interface Walk {
  readonly time: number;
  readonly points: Float64Array;
  /** Density times the weight of the rule at each point. */
  readonly mass: Float64Array;
}

export const START: Walk = { time: 0, points: Float64Array.of(0), mass: Float64Array.of(1) };

/** Probability that paths still inside are above `bound` (of S) at `time`. */
export const aboveAt = (walk: Walk, time: number, bound: number, drift: number): number => {
  const sd = Math.sqrt(time - walk.time);
  const shift = drift * (time - walk.time);
  let sum = 0;
  for (let i = 0; i < walk.points.length; i++) {
    sum += walk.mass[i]! * normal.tail((bound - walk.points[i]! - shift) / sd);
  }
  return sum;
};

/** The walk at `time` of paths with lower < S < upper there; `next` is the time of the look after it, for the grid. */
export const advance = (walk: Walk, time: number, lower: number, upper: number, drift: number, next: number): Walk => {
  const spread = FAR * Math.sqrt(time);
  const from = Math.max(lower, drift * time - spread);
  const to = Math.min(upper, drift * time + spread);
  const sd = Math.sqrt(time - walk.time);
  const finest = STEP * Math.min(sd, Math.sqrt(Math.max(next - time, 1e-12)) || sd) * 2;
  const intervals = 2 * Math.ceil(Math.min(4000, Math.max(LEAST, (to - from) / finest)) / 2);
  const width = (to - from) / intervals;
  const points = new Float64Array(intervals + 1);
  const mass = new Float64Array(intervals + 1);
  const shift = drift * (time - walk.time);
  const scale = 1 / (sd * Math.sqrt(2 * Math.PI));
  for (let i = 0; i <= intervals; i++) {
    const at = from + i * width;
    points[i] = at;
    const simpson = i === 0 || i === intervals ? 1 : i % 2 === 1 ? 4 : 2;
    mass[i] = (simpson * width * scale * densityAt(walk, at - shift, sd)) / 3;
  }
  return { time, points, mass };
};

const densityAt = (walk: Walk, at: number, sd: number): number => {
  const half = -0.5 / (sd * sd);
  let sum = 0;
  for (let i = 0; i < walk.points.length; i++) {
    const away = at - walk.points[i]!;
    sum += walk.mass[i]! * Math.exp(half * away * away);
  }
  return sum;
};
