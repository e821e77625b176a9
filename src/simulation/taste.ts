/** How much a listener truly likes a track: what every behaviour in the world follows from. */

import type { Rng } from '#math';
import type { Track } from './catalogue.ts';
import { energyOfHour, type Occasion, wantedEnergy } from './moments.ts';
import { cosineAt, cosineOf, DIMENSIONS, directionNear } from './vectors.ts';
import { clamp, sigmoid } from './weighted-draw.ts';
import type { WorldRules } from './world-fields.ts';

/** One of the things a person likes: a direction in taste space. */
export interface Taste {
  /** Index into GENRES. */
  readonly genre: number;
  readonly centre: Float32Array;
  /** Share of the listening, all tastes of a person sum to 1. */
  readonly weight: number;
}

/** Cosine at which the general liking is even. */
const EVEN_COSINE = 0.58;
const STEEPNESS = 7;
const QUALITY_EFFECT = 0.35;

/** Cosine to the nearest taste, weaker tastes counting up to a tenth less. */
export const nearness = (tastes: readonly Taste[], vector: Float32Array): number => {
  let nearest = -1;
  for (const taste of tastes) {
    nearest = Math.max(nearest, cosineOf(taste.centre, vector) * (0.9 + 0.1 * taste.weight));
  }
  return nearest;
};

/** `nearness` of all tracks, whose vectors lie one after the other; O(tracks · tastes). */
export const nearnessOfAll = (tastes: readonly Taste[], vectors: Float64Array): Float64Array => {
  const nearest = new Float64Array(vectors.length / DIMENSIONS).fill(-1);
  for (const { centre, weight } of tastes) {
    const scale = 0.9 + 0.1 * weight;
    const direction = Float64Array.from(centre);
    for (let track = 0; track < nearest.length; track++) {
      const near = cosineAt(direction, vectors, track * DIMENSIONS) * scale;
      if (near > nearest[track]!) nearest[track] = near;
    }
  }
  return nearest;
};

export const likingAt = (near: number, quality: number): number => sigmoid(oddsOfLiking(near, quality));

/** Lasting utility in (0, 1): sigmoid of the nearness to the tastes and of the track's quality. */
export const lastingUtility = (tastes: readonly Taste[], track: Pick<Track, 'vector' | 'quality'>): number =>
  likingAt(nearness(tastes, track.vector), track.quality);

/** Log-odds of that liking. */
export const oddsOfLiking = (near: number, quality: number): number =>
  STEEPNESS * (near - EVEN_COSINE) + QUALITY_EFFECT * quality;

const THRILL = 0.3;
const THRILL_WIDTH = 0.14;

/**
 * Pleasure of what is heard for the first time, in [0, 0.3·strength]: an inverted U over the distance 1 − nearness whose
 * top lies farther off, and is higher, for those who are ready for it [Berlyne1970]. Beyond it the new is only strange.
 */
export const thrillOf = (near: number, readiness: number, strength: number): number => {
  const off = (1 - near - bestDistance(readiness)) / THRILL_WIDTH;
  return strength * THRILL * readiness * Math.exp(-0.5 * off * off);
};

/** Most that `thrillOf` can be for them. */
export const mostThrill = (readiness: number, strength: number): number => strength * THRILL * readiness;

/** Distance from one's tastes at which the new pleases most. */
export const bestDistance = (readiness: number): number => 0.18 + 0.3 * readiness;

/**
 * How well the track suits what the listener is doing, in (0, 1]: falls with the distance to the energy that the intent asks
 * for, or that the hour does where the intent leaves it open and the world says so.
 */
export const fitTo = (occasion: Occasion, track: Pick<Track, 'energy'>, rules: WorldRules): number =>
  fitAt(track.energy, neededEnergy(occasion), mindsEnergy(occasion, rules));

/** The energy that suits the occasion. */
export const neededEnergy = ({ intent, hour, weekday }: Occasion): number =>
  wantedEnergy(intent) ?? energyOfHour(hour, weekday);

/** How much another energy is minded there. */
export const mindsEnergy = ({ intent }: Occasion, rules: WorldRules): number =>
  rules[wantedEnergy(intent) === null ? 'effects.clock' : 'effects.context'];

export const fitAt = (energy: number, needed: number, minds: number): number =>
  minds === 0 ? 1 : 1 - clamp(Math.abs(energy - needed) * 0.6 * minds, 0, 0.95);

/** The tastes one period later: each centre has wandered, weights stay. */
export const drifted = (tastes: readonly Taste[], drift: number, rng: Rng): readonly Taste[] =>
  tastes.map((taste) => ({ ...taste, centre: directionNear(taste.centre, drift, rng) }));

/**
 * Generalist–specialist score: length of the weighted mean of the taste directions [Anderson2020], in [0, 1]. A
 * specialist has 1, the broader the lower.
 */
export const generalistSpecialist = (tastes: readonly Taste[]): number => {
  let squares = 0;
  for (let d = 0; d < DIMENSIONS; d++) {
    let mean = 0;
    for (const taste of tastes) mean += taste.weight * taste.centre[d]!;
    squares += mean * mean;
  }
  return Math.sqrt(squares);
};
