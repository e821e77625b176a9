/** How long the units of an experiment stayed away, with what was not over yet. */

import { HOUR_MS, toTimestamp } from '#domain';
import type { UnitTimes } from '#experiments';
import { activeClock } from '#stats';
import type { WarehouseRows } from '#warehouse';
import { hourWeightsUntil } from '../sessions/hour-weights.ts';
import type { WindowSums } from './unit-windows.ts';

/** Hours between two moments of the listener's own clock. */
type Clock = (from: number, to: number) => number;

/** Hours as they are, or as people were about in all sessions before a moment: the arms cannot have moved that clock. */
export const absenceClock = async (
  warehouse: WarehouseRows,
  clock: 'plain' | 'active',
  before: number,
): Promise<Clock> => {
  if (clock === 'plain') return (from, to) => (to - from) / HOUR_MS;
  return activeClock(await hourWeightsUntil(warehouse, toTimestamp(before)));
};

/** The absences that begin in a window, in the order of the units. */
export const timesIn = (windows: readonly WindowSums[], unitOf: ArrayLike<number>, hoursBetween: Clock): UnitTimes => {
  const units: number[] = [];
  const durations: number[] = [];
  const ended: number[] = [];
  for (const [row, { gaps }] of windows.entries()) {
    for (const [from, ms, cameBack] of gaps) {
      units.push(unitOf[row]!);
      durations.push(hoursBetween(from, from + ms));
      ended.push(cameBack);
    }
  }
  return { unitOf: Uint32Array.from(units), durations: Float64Array.from(durations), ended: Uint8Array.from(ended) };
};

/** Mean of the absences that were over before the exposure: a listener's habit. NaN without one. */
export const habitOf = ({ gaps }: WindowSums, hoursBetween: Clock): number => {
  const over = gaps.filter(([, , cameBack]) => cameBack === 1);
  return over.reduce((sum, [from, ms]) => sum + hoursBetween(from, from + ms), 0) / over.length;
};
