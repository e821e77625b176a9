/**
 * Whether and when a track is skipped, and why. Calibrated to [Lamere2014] over the whole world: 24.1 % of plays are
 * skipped in the first 5 s, 35.05 % in 30 s, 48.6 % before the end.
 */

import type { Device, Intent } from '#domain';
import type { Rng } from '#math';
import { createMixDraw, type Mix, sigmoid } from './weighted-draw.ts';

/** none: heard to the end. Sampling is no rejection: the listener looks around. */
export type SkipClass = 'none' | 'rejection' | 'sampling' | 'satiation' | 'context_switch';

export interface SkipSituation {
  /** Utility now, with fit and satiation, in about [-0.5, 1.1]. */
  readonly utility: number;
  /** Part of it that repetition takes away; negative when worn out. */
  readonly satiation: number;
  readonly intent: Intent;
  readonly device: Device;
  /** The listener's own log-odds. */
  readonly skips: number;
  readonly isWeekend: boolean;
  /** Skips in a row just before. */
  readonly streak: number;
  /** How much the listener feels like taking part, in [0, 1]. */
  readonly zest: number;
  /** Who has fallen asleep skips nothing. */
  readonly isAsleep: boolean;
  readonly durationMs: number;
}

export interface Heard {
  readonly skipClass: SkipClass;
  readonly msPlayed: number;
}

/** Sets the level of the whole curve. */
const LEVEL = 0.15;
const UTILITY_EFFECT = 3.2;
const STREAK_EFFECT = 0.22;
const WEEKEND_EFFECT = 0.12;
/** At a party taking part is the pleasure: who likes it plays the DJ. */
const PARTY_EFFECT = 2.5;

const INTENT_EFFECT: Partial<Record<Intent, number>> = {
  sleep: -1.8,
  focus: -0.7,
  background: -0.6,
  party: 0.5,
  workout: 0.2,
  discover_now: 0.4,
  discover_save: 0.3,
  quick_access: 0.15,
};

const DEVICE_EFFECT: Partial<Record<Device, number>> = { speaker: -0.5, tv: -0.3, car: -0.1, mobile: 0.15, watch: 0.2 };

export const hear = (situation: SkipSituation, rng: Rng): Heard => {
  const isParty = situation.intent === 'party';
  const odds =
    LEVEL +
    UTILITY_EFFECT * (0.6 - situation.utility) +
    (INTENT_EFFECT[situation.intent] ?? 0) +
    (DEVICE_EFFECT[situation.device] ?? 0) +
    situation.skips +
    STREAK_EFFECT * Math.min(3, situation.streak) +
    (situation.isWeekend ? WEEKEND_EFFECT : 0) +
    (isParty ? PARTY_EFFECT * (situation.zest - 0.5) : 0);
  if (rng.next() >= sigmoid(odds) || situation.isAsleep) return { skipClass: 'none', msPlayed: situation.durationMs };
  const skipClass = drawClass(situation, rng);
  return { skipClass, msPlayed: Math.round(skipTime(skipClass, situation.durationMs, rng)) };
};

const drawClass = (situation: SkipSituation, rng: Rng): Exclude<SkipClass, 'none'> => {
  const looksAround = situation.intent === 'party' || situation.intent.startsWith('discover');
  const weights = {
    rejection: 0.25 + Math.max(0, 0.9 - situation.utility),
    sampling: (looksAround ? 0.9 : 0.12) + (situation.intent === 'party' ? 2 * situation.zest : 0),
    satiation: Math.max(0, -situation.satiation) * 10,
    context_switch: 0.25,
  };
  let left = rng.next() * (weights.rejection + weights.sampling + weights.satiation + weights.context_switch);
  for (const name of ['rejection', 'sampling', 'satiation'] as const) {
    left -= weights[name];
    if (left < 0) return name;
  }
  return 'context_switch';
};

type Band = 'at_once' | 'early' | 'late';

/** When each class skips: within 5 s, within 30 s, or later. */
const BANDS: Readonly<Record<Exclude<SkipClass, 'none'>, Mix<Band>>> = {
  rejection: { at_once: 0.6, early: 0.25, late: 0.15 },
  sampling: { at_once: 0.55, early: 0.27, late: 0.18 },
  satiation: { at_once: 0.5, early: 0.2, late: 0.3 },
  context_switch: { at_once: 0.25, early: 0.14, late: 0.61 },
};

const drawBand = {
  rejection: createMixDraw(BANDS.rejection),
  sampling: createMixDraw(BANDS.sampling),
  satiation: createMixDraw(BANDS.satiation),
  context_switch: createMixDraw(BANDS.context_switch),
};

const LN_6 = Math.log(6);

/** u^1.25, without a power: engines differ in the last bit of it. */
const skewed = (u: number): number => u * Math.sqrt(Math.sqrt(u));

/** Milliseconds until the skip; within a band earlier is likelier. */
const skipTime = (skipClass: Exclude<SkipClass, 'none'>, durationMs: number, rng: Rng): number => {
  switch (drawBand[skipClass](rng)) {
    case 'at_once':
      return 300 + 4600 * rng.next();
    case 'early':
      // Log-uniform in 5–30 s: two of five within 10 s, as measured.
      return 5000 * Math.exp(LN_6 * rng.next());
    case 'late':
      return 30_000 + (0.96 * durationMs - 30_000) * skewed(rng.next());
  }
};
