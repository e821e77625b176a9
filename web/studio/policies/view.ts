/** From a replayed policy to what is drawn: one forest of estimates, one row a slice. */

import type { PolicyReplayWire, PolicySliceWire } from '#api';
import { unsnake } from '../../words.ts';

/** One line of the forest. */
export interface ForestRow {
  readonly label: string;
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  /** What the log's own policy earned, drawn apart. */
  readonly isLogged: boolean;
}

export interface PolicyView {
  readonly rows: readonly ForestRow[];
  /** Estimators without a number, with the reason. */
  readonly missing: readonly string[];
  readonly said: string;
}

const LOGGED = 'as logged';

type Report = NonNullable<PolicySliceWire['report']>;

export const viewReport = (report: Report): PolicyView => {
  const entries = [
    { title: LOGGED, estimate: report.logged },
    ...report.estimates.map(({ title, estimate }) => ({ title, estimate })),
  ];
  const rows = entries.flatMap(({ title, estimate }): ForestRow[] => {
    if (!estimate.ok) return [];
    const { lower, upper } = estimate.interval;
    const isLogged = title === LOGGED;
    return [
      { label: title, value: estimate.value, lower: lower ?? estimate.value, upper: upper ?? estimate.value, isLogged },
    ];
  });
  const missing = entries.flatMap(({ title, estimate }) => (estimate.ok ? [] : [`${title}: ${estimate.words}`]));
  const told = rows.map(
    ({ label, value, lower, upper }) => `${label} ${digits(value)} (${digits(lower)} to ${digits(upper)})`,
  );
  return { rows, missing, said: `Rewards a shelf: ${told.join('; ')}.` };
};

export const digits = (value: number): string => value.toFixed(3);

/** How much of the log could be used, why not more, and what the reward was read from. */
export const replayedWords = ({ slates, replayed, left_out, reward, units, unknown }: PolicyReplayWire): string[] => {
  const used = replayed === slates ? `All ${slates} slates replay exactly.` : `${replayed} of ${slates} slates replay.`;
  const others = left_out.map((each) => `${each.slates} left out: ${each.words}.`);
  const read = `A card earns the value of ${reward}: ${units} units come from these slates, ${unknown} of them of unknown success, which earn nothing.`;
  return [[used, ...others].join(' '), ...(reward.includes('@') ? [read] : [])];
};

/** From this share of shelves on it is worth a sentence. */
const SOME = 0.005;

/** What of the policy the log cannot speak of. */
export const outsideWords = ({ outside }: Report): string[] =>
  outside < SOME
    ? []
    : [
        `On ${(100 * outside).toFixed(1)} % of the shelves it would place a card where the log's policy never could (a slot that is not explored, a card outside the band): what these would earn the log does not tell.`,
      ];

export const sliceName = ({ by, value }: Pick<PolicySliceWire, 'by' | 'value'>): string =>
  by === 'all' ? 'all' : `${by}: ${unsnake(value)}`;

/** The estimate of a slice that tables show: prefix weights, normalised. */
export const ripsOf = (report: Report): Report['logged'] | undefined =>
  report.estimates.find(({ name }) => name === 'rips')?.estimate;
