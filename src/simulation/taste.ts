/** How much a listener truly likes a track: what every behaviour in the world follows from. */

import type { Intent } from '#domain';
import type { Track } from './catalogue.ts';
import { wantedEnergy } from './moments.ts';
import { DIMENSIONS } from './vectors.ts';
import { clamp, sigmoid } from './weighted-draw.ts';

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

/**
 * Lasting utility in (0, 1): sigmoid of the cosine to the nearest taste, weaker tastes counting up to a tenth less, and
 * of the track's quality.
 */
export const lastingUtility = (tastes: readonly Taste[], track: Pick<Track, 'vector' | 'quality'>): number => {
  let nearest = -1;
  for (const taste of tastes) {
    let cosine = 0;
    for (let d = 0; d < DIMENSIONS; d++) cosine += taste.centre[d]! * track.vector[d]!;
    nearest = Math.max(nearest, cosine * (0.9 + 0.1 * taste.weight));
  }
  return sigmoid(STEEPNESS * (nearest - EVEN_COSINE) + QUALITY_EFFECT * track.quality);
};

/** How well the track suits what the listener is doing, in [0.4, 1]: falls with the distance to the wanted energy. */
export const fitTo = (intent: Intent, track: Pick<Track, 'energy'>): number => {
  const wanted = wantedEnergy(intent);
  return wanted === null ? 1 : 1 - clamp(Math.abs(track.energy - wanted), 0, 1) * 0.6;
};

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
