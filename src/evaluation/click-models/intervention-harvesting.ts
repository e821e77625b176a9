/** Examination from rankers that differ by themselves: no slot is ever randomized. */

import type { ClickSessions, EmOptions } from './click-sessions.ts';
import { type ExaminationFit, fitExamination } from './examination-em.ts';
import type { ExaminationRows } from './examination-rows.ts';

/**
 * Intervention harvesting, all pairs [Agarwal2019]: items that stood at both of two slots, by whatever ranker, are a set
 * whose mean attraction is the same at both, once each impression is weighted by 1 / how often its item stood there. Each
 * pair of slots is one "item" of the position-based model, so nothing is assumed of single items. The attraction of pair
 * {k, l}, k < l, stands at k · slots + l of the fit. Pairs without a common item are left out; `identifiability` says
 * when slots hang together by none. Which ranker answered must not depend on the items' attraction.
 */
export const harvestInterventions = (sessions: ClickSessions, options: EmOptions = {}): ExaminationFit => {
  const { size, slots, items, itemCount, clicks } = sessions;
  const shown = new Float64Array(slots * itemCount);
  const clicked = new Float64Array(slots * itemCount);
  for (let card = 0; card < size * slots; card++) {
    const place = (card % slots) * itemCount + items[card]!;
    shown[place]!++;
    clicked[place]! += clicks[card]!;
  }
  return fitExamination(pairRows({ slots, itemCount, shown, clicked }), options);
};

interface Counts {
  readonly slots: number;
  readonly itemCount: number;
  readonly shown: Float64Array;
  readonly clicked: Float64Array;
}

const pairRows = ({ slots, itemCount, shown, clicked }: Counts): ExaminationRows => {
  const rows = { cells: [] as number[], items: [] as number[], clicks: [] as number[], skips: [] as number[] };
  for (let upper = 0; upper < slots; upper++) {
    for (let lower = upper + 1; lower < slots; lower++) {
      for (const slot of [upper, lower]) {
        const summed = sumPair({ slots, itemCount, shown, clicked }, { slot, upper, lower });
        if (summed.items === 0) continue;
        rows.cells.push(slot);
        rows.items.push(upper * slots + lower);
        rows.clicks.push(summed.rate);
        rows.skips.push(summed.items - summed.rate);
      }
    }
  }
  const none = new Float64Array(rows.cells.length);
  return {
    cellCount: slots,
    itemCount: slots * slots,
    cells: Uint32Array.from(rows.cells),
    items: Uint32Array.from(rows.items),
    clicks: Float64Array.from(rows.clicks),
    skips: Float64Array.from(rows.skips),
    seenSkips: none,
    unseen: none,
  };
};

/**
 * Of the items that stood at both slots: how many, each as often as it stood at the rarer of the two, and their click rate
 * at `slot` times that. The weight is the same at both slots; the minimum keeps an item seen once from shouting.
 */
const sumPair = (
  { itemCount, shown, clicked }: Counts,
  { slot, upper, lower }: { slot: number; upper: number; lower: number },
): { items: number; rate: number } => {
  let items = 0;
  let rate = 0;
  for (let item = 0; item < itemCount; item++) {
    const weight = Math.min(shown[upper * itemCount + item]!, shown[lower * itemCount + item]!);
    if (weight === 0) continue;
    items += weight;
    rate += (weight * clicked[slot * itemCount + item]!) / shown[slot * itemCount + item]!;
  }
  return { items, rate };
};
