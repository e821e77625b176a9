/** Reference policies: services simple enough to be understood whole, to hold others against. */

import type { Rng } from '#math';
import type { WorldFrame } from '../listener.ts';
import type { SlateRequest } from '../slate.ts';
import type { ServiceMemory } from './service-memory.ts';

export interface Choosing {
  readonly request: SlateRequest;
  readonly frame: WorldFrame;
  readonly service: ServiceMemory;
  /** Main genre of the listener as the service knows it. */
  readonly group: number;
  readonly rng: Rng;
}

/** Tracks by index in the order shown, each with its score and the probability of standing there given those before. */
export interface Picks {
  readonly tracks: number[];
  readonly scores: number[];
  readonly propensities: number[];
  readonly explored: boolean[];
}

export type Choose = (choosing: Choosing) => Picks;

export interface Policy {
  /** Share of slots that are explored. */
  readonly exploration: number;
  readonly choose: Choose;
}
