/**
 * Click-through in three readings: of cards delivered, of cards looked at, and of cards looked at under one law of
 * examination for all devices, so that a page that is scrolled and a page that is not can be compared.
 */

import type { Estimate } from '#domain';
import { exactProportionEstimate, type LevelOption } from '#stats';
import { jackknifeEstimate } from './group-jackknife.ts';

/** Cards of one group of users at one place of the page. */
export interface PlaceCounts {
  readonly group: number;
  /** Row and slot as one number; equal numbers are equal places. */
  readonly place: number;
  readonly delivered: number;
  /** Of these, on pages whose client tells what came into view. */
  readonly watched: number;
  readonly examined: number;
  readonly clicks: number;
  readonly examined_clicks: number;
}

export type ClickThroughForm = 'naive' | 'examined' | 'common';

/** θ(place): share of the delivered cards that were looked at, over all devices together: the law for all. */
export type ExaminationLaw = ReadonlyMap<number, number>;

interface Tally {
  watched: number;
  examined: number;
  examinedClicks: number;
}

const byPlace = (rows: readonly PlaceCounts[], without: number): Map<number, Tally> => {
  const places = new Map<number, Tally>();
  for (const row of rows) {
    if (row.group === without) continue;
    const tally = places.get(row.place) ?? { watched: 0, examined: 0, examinedClicks: 0 };
    tally.watched += row.watched;
    tally.examined += row.examined;
    tally.examinedClicks += row.examined_clicks;
    places.set(row.place, tally);
  }
  return places;
};

const NOBODY = -1;

/** The law of all rows given; `without` leaves one group of users out. Places that no client watched are not in it. */
export const examinationLaw = (rows: readonly PlaceCounts[], without: number = NOBODY): ExaminationLaw =>
  new Map(
    [...byPlace(rows, without)]
      .filter(([, { watched }]) => watched > 0)
      .map(([place, { watched, examined }]) => [place, examined / watched]),
  );

/**
 * U = Σ_k θ(k) a(k) / Σ_k θ(k) with a(k) = clicks / examined at place k, over the places that were looked at here: what
 * the click-through would be if these cards were looked at as the law says. Null when nothing was looked at.
 */
const underLaw = (places: ReadonlyMap<number, Tally>, law: ExaminationLaw): number | null => {
  let clicks = 0;
  let attention = 0;
  for (const [place, { examined, examinedClicks }] of places) {
    const theta = law.get(place) ?? 0;
    if (examined === 0 || theta === 0) continue;
    clicks += theta * (examinedClicks / examined);
    attention += theta;
  }
  return attention === 0 ? null : clicks / attention;
};

const sum = (rows: readonly PlaceCounts[], without: number, of: (row: PlaceCounts) => number): number =>
  rows.reduce((all, row) => (row.group === without ? all : all + of(row)), 0);

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

const readings: Readonly<
  Record<
    ClickThroughForm,
    (cell: readonly PlaceCounts[], all: readonly PlaceCounts[], without: number) => number | null
  >
> = {
  naive: (cell, _, without) =>
    share(
      sum(cell, without, (row) => row.clicks),
      sum(cell, without, (row) => row.delivered),
    ),
  examined: (cell, _, without) =>
    share(
      sum(cell, without, (row) => row.examined_clicks),
      sum(cell, without, (row) => row.examined),
    ),
  common: (cell, all, without) => underLaw(byPlace(cell, without), examinationLaw(all, without)),
};

/**
 * Click-through of a cell with a jackknife interval over groups of users; for `common` the law is estimated anew without
 * each group, so its uncertainty is in the interval. `all` are the rows of all cells of the report, the cell's included.
 * A share of 0 or 1 without every group has no variance, which is not certainty: its interval is the exact one for that
 * many groups. Reasons: `no_impressions`, `nothing_examined`, `few_groups`; `no_variation` where another share never moves.
 */
export const estimateClickThrough = (
  cell: readonly PlaceCounts[],
  all: readonly PlaceCounts[],
  form: ClickThroughForm,
  options: LevelOption = {},
): Estimate => {
  const delivered = sum(cell, NOBODY, (row) => row.delivered);
  if (delivered === 0) return { ok: false, reason: 'no_impressions' };
  const read = readings[form];
  const value = read(cell, all, NOBODY);
  if (value === null) return { ok: false, reason: 'nothing_examined' };
  const groups = [...new Set(cell.map(({ group }) => group))];
  const without = groups.flatMap((group) => read(cell, all, group) ?? []);
  const n = form === 'naive' ? delivered : sum(cell, NOBODY, (row) => row.examined);
  return asShare(jackknifeEstimate(value, without, n, options), without, options);
};

/** Shares under a law that differ by no more than this are the same: their sums round differently. */
const ROUNDING = 1e-12;

/** A share lies in [0, 1]: the rest of a symmetric interval says nothing. */
const asShare = (estimate: Estimate, without: readonly number[], options: LevelOption): Estimate => {
  if (!estimate.ok) return estimate;
  const { value } = estimate;
  if (without.every((one) => Math.abs(one - value) <= ROUNDING)) {
    if (value !== 0 && value !== 1) return { ok: false, reason: 'no_variation' };
    return exactProportionEstimate(value * without.length, without.length, options);
  }
  if (value > 1) return estimate;
  const { lower, upper } = estimate.interval;
  return { ...estimate, interval: { lower: Math.max(0, lower), upper: Math.min(1, upper) } };
};
