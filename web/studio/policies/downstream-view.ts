/** What cards led to → what is drawn. */

import type { DownstreamWire, EstimateWire } from '#api';
import { count, counted, unsnake } from '../../words.ts';
import { rowsCsv } from '../metrics/view.ts';
import { digits } from './view.ts';

export interface ActRow {
  readonly act: string;
  readonly lastTouch: number | null;
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/** Acts of which can be told what a card added. */
export const actRows = ({ acts }: DownstreamWire): readonly ActRow[] =>
  acts.flatMap(({ act, last_touch: touch, incremental }) => {
    if (!incremental.ok) return [];
    const { value, interval } = incremental;
    const lastTouch = touch.ok ? touch.value : null;
    return [{ act: unsnake(act), lastTouch, value, lower: interval.lower ?? value, upper: interval.upper ?? value }];
  });

/** The other acts, with the reason in words; one sentence when it is the same for all. */
export const untold = ({ acts }: DownstreamWire): readonly string[] => {
  const reasons = new Map<string, string[]>();
  for (const { act, incremental } of acts) {
    if (!incremental.ok) reasons.set(incremental.words, [...(reasons.get(incremental.words) ?? []), unsnake(act)]);
  }
  return [...reasons].map(([words, names]) =>
    names.length === acts.length ? `Nothing can be told yet: ${words}.` : `${names.join(', ')}: ${words}.`,
  );
};

/** What the figures rest on. */
export const restsOn = (answer: DownstreamWire): string => {
  const { slates, replayed, cards, looked_at: looked, listeners, passed_over: passed } = answer;
  const left = answer.left_out.map((each) => ` Left out: ${counted(each.slates, 'slate')}, because ${each.words}.`);
  return `${counted(slates, 'slate')}, of which ${count(replayed)} replay exactly; chance alone placed ${counted(cards, 'card')} for ${counted(listeners, 'listener')}, who looked at ${count(looked)}, and passed over ${counted(passed, 'item')}.${left.join('')}`;
};

const words = (estimate: EstimateWire): string => {
  if (!estimate.ok) return estimate.words;
  const { lower, upper } = estimate.interval;
  return `${digits(estimate.value)} (${digits(lower ?? estimate.value)} to ${digits(upper ?? estimate.value)})`;
};

/** Each act in words: credited to the last impression, shared by place, added. */
export const tableRows = ({ acts }: DownstreamWire): readonly (readonly [string, string, string, string])[] =>
  acts.map(({ act, last_touch, by_place, incremental }) => [
    unsnake(act),
    words(last_touch),
    words(by_place),
    words(incremental),
  ]);

export const downstreamCsv = ({ acts }: DownstreamWire): string => {
  const cells = (name: string, estimate: EstimateWire): Record<string, string | number> => ({
    [name]: estimate.ok ? estimate.value : '',
    [`${name}_lower`]: estimate.ok ? (estimate.interval.lower ?? '') : '',
    [`${name}_upper`]: estimate.ok ? (estimate.interval.upper ?? '') : '',
    [`${name}_reason`]: estimate.ok ? '' : estimate.reason,
  });
  return rowsCsv(
    acts.map(({ act, last_touch, by_place, placed, passed_over, incremental }) => ({
      act,
      ...cells('last_touch', last_touch),
      ...cells('by_place', by_place),
      ...cells('placed', placed),
      ...cells('passed_over', passed_over),
      ...cells('incremental', incremental),
    })),
  );
};
