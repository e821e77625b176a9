/** Evidence as numbers, for the model that learns from answers. */

import { DAYPARTS, DEVICES, SURFACES } from '#domain';
import type { IntentEvidence } from './evidence.ts';

const PURPOSES = ['sleep', 'focus', 'party', 'workout', 'background', 'news', 'learn'] as const;

export const FEATURE_NAMES: readonly string[] = [
  'constant',
  ...SURFACES.map((name) => `surface_${name}`),
  ...DEVICES.map((name) => `device_${name}`),
  ...DAYPARTS.map((name) => `daypart_${name}`),
  ...PURPOSES.map((name) => `purpose_${name}`),
  'weekend',
  'early_plays',
  'early_skip_share',
  'early_chosen_share',
  'searched',
  'sleep_timer',
  'shuffled',
];

const places = new Map(FEATURE_NAMES.map((name, n) => [name, n]));

/** One number a name of FEATURE_NAMES, each within [0, 1]. */
export const featuresOf = (evidence: IntentEvidence): Float64Array => {
  const features = new Float64Array(FEATURE_NAMES.length);
  const put = (name: string, value: number): void => {
    const place = places.get(name);
    if (place !== undefined) features[place] = value;
  };
  const { earlyPlays } = evidence;
  put('constant', 1);
  put(`surface_${evidence.surface}`, 1);
  put(`device_${evidence.device}`, 1);
  put(`daypart_${evidence.daypart}`, 1);
  put(`purpose_${evidence.purpose}`, 1);
  put('weekend', evidence.weekday >= 6 ? 1 : 0);
  put('early_plays', earlyPlays / 5);
  put('early_skip_share', earlyPlays === 0 ? 0 : evidence.earlySkips / earlyPlays);
  put('early_chosen_share', earlyPlays === 0 ? 0 : evidence.earlyChosen / earlyPlays);
  put('searched', evidence.searched ? 1 : 0);
  put('sleep_timer', evidence.sleepTimer ? 1 : 0);
  put('shuffled', evidence.shuffled ? 1 : 0);
  return features;
};
