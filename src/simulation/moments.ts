/** When and for what people listen: windows of the local day with their intents and devices (five dayparts of [Heggli2021]). */

import type { Device, Intent } from '#domain';
import type { Rng } from '#math';
import { createMixDraw, type Mix } from './weighted-draw.ts';

export type MomentName =
  | 'wake_up'
  | 'commute_in'
  | 'commute_out'
  | 'desk_morning'
  | 'desk_afternoon'
  | 'workout'
  | 'cooking'
  | 'evening'
  | 'night'
  | 'small_hours'
  | 'bedtime'
  | 'slow_weekend'
  | 'party';

type Days = 'weekday' | 'weekend' | 'any' | 'party_nights';

export interface Moment {
  readonly name: MomentName;
  readonly days: Days;
  /** Local hours in which it begins; from 24 on it is the next calendar day. */
  readonly from: number;
  readonly to: number;
  readonly drawIntent: (rng: Rng) => Intent;
  readonly drawDevice: (rng: Rng) => Device;
}

const moment = (
  name: MomentName,
  days: Days,
  hours: readonly [number, number],
  intents: Mix<Intent>,
  devices: Mix<Device>,
): Moment => ({
  name,
  days,
  from: hours[0],
  to: hours[1],
  drawIntent: createMixDraw(intents),
  drawDevice: createMixDraw(devices),
});

export const MOMENTS: readonly Moment[] = [
  moment('wake_up', 'any', [6.2, 8.8], { quick_access: 5, mood: 3, news: 2 }, { mobile: 5, speaker: 5 }),
  moment(
    'commute_in',
    'weekday',
    [7, 9.2],
    { quick_access: 5, background: 2, news: 2, learn: 1 },
    { car: 5, mobile: 5 },
  ),
  moment(
    'commute_out',
    'weekday',
    [16.4, 18.6],
    { quick_access: 4, mood: 3, discover_now: 2, learn: 1 },
    { car: 5, mobile: 5 },
  ),
  moment('desk_morning', 'weekday', [9, 12], { focus: 7, background: 3 }, { desktop: 7, web: 2, mobile: 1 }),
  moment(
    'desk_afternoon',
    'weekday',
    [13, 16.6],
    { focus: 5, background: 4, discover_now: 1 },
    { desktop: 7, web: 2, mobile: 1 },
  ),
  moment('workout', 'any', [16.8, 19.8], { workout: 1 }, { mobile: 7, watch: 3 }),
  moment('cooking', 'any', [17.6, 20], { background: 5, mood: 5 }, { speaker: 7, tablet: 2, mobile: 1 }),
  moment(
    'evening',
    'any',
    [19, 22],
    { mood: 4, discover_now: 2, known_item: 2, deep_explore: 1, discover_save: 1 },
    { mobile: 5, desktop: 2, speaker: 2, tv: 1 },
  ),
  moment(
    'night',
    'any',
    [21, 24],
    { mood: 4, deep_explore: 2, discover_save: 2, known_item: 2 },
    { mobile: 6, desktop: 3, speaker: 1 },
  ),
  moment(
    'small_hours',
    'any',
    [23.5, 27],
    { mood: 4, deep_explore: 3, discover_now: 2, focus: 1 },
    { mobile: 5, desktop: 5 },
  ),
  moment('bedtime', 'any', [21.4, 23.6], { sleep: 8, mood: 2 }, { mobile: 5, speaker: 5 }),
  moment(
    'slow_weekend',
    'weekend',
    [9.5, 16.5],
    { mood: 4, discover_save: 3, quick_access: 2, open_search: 1 },
    { speaker: 5, mobile: 4, tablet: 1 },
  ),
  moment('party', 'party_nights', [19.5, 25], { party: 1 }, { speaker: 7, mobile: 2, tv: 1 }),
];

/** Whether the moment can come on that ISO weekday (1 Monday … 7 Sunday). */
export const comesOn = (moment: Moment, weekday: number): boolean => {
  switch (moment.days) {
    case 'any':
      return true;
    case 'weekday':
      return weekday <= 5;
    case 'weekend':
      return weekday >= 6;
    case 'party_nights':
      return weekday === 5 || weekday === 6;
  }
};

/** What a listener is doing, and when on their clock: hour 0–23, ISO weekday. */
export interface Occasion {
  readonly intent: Intent;
  readonly hour: number;
  readonly weekday: number;
}

/** The energy an intent asks for; null where any will do. */
export const wantedEnergy = (intent: Intent): number | null => WANTED_ENERGY[intent] ?? null;

/** The energy that the hour asks for where the intent leaves it open: calm mornings and nights, driving evenings. */
export const energyOfHour = (hour: number, weekday: number): number => {
  if (hour < 5 || hour >= 23) return 0.25;
  if (hour < 11) return weekday >= 6 ? 0.2 : 0.3;
  if (hour < 17) return 0.5;
  return weekday === 5 || weekday === 6 ? 0.9 : 0.7;
};

const WANTED_ENERGY: Partial<Record<Intent, number>> = {
  sleep: 0.12,
  focus: 0.35,
  background: 0.48,
  workout: 0.85,
  party: 0.8,
};
